// The ids that the manifest and the code share. Imports nothing, so that a test can compare it with package.json.

/** The container in the activity bar. */
export const containerId = 'agentrq';

export const viewIds = {
  /** *Needs You*. */
  inbox: 'agentrq.inbox',
  tasks: 'agentrq.tasks',
  agents: 'agentrq.agents',
} as const;
export type ViewId = (typeof viewIds)[keyof typeof viewIds];

export const commandIds = {
  answerNextRequest: 'agentrq.answerNextRequest',
  answerRequest: 'agentrq.answerRequest',
  openRequest: 'agentrq.openRequest',
  dismissRequest: 'agentrq.dismissRequest',
  openTask: 'agentrq.openTask',
  openTaskAsText: 'agentrq.openTaskAsText',
  copyTaskLink: 'agentrq.copyTaskLink',
  replyToTask: 'agentrq.replyToTask',
  attachToTask: 'agentrq.attachToTask',
  changeTaskStatus: 'agentrq.changeTaskStatus',
  moveTaskUp: 'agentrq.moveTaskUp',
  moveTaskDown: 'agentrq.moveTaskDown',
  moveTaskTo: 'agentrq.moveTaskTo',
  archiveTask: 'agentrq.archiveTask',
  restoreTask: 'agentrq.restoreTask',
  deleteTask: 'agentrq.deleteTask',
  stopTask: 'agentrq.stopTask',
  assignTask: 'agentrq.assignTask',
  editTask: 'agentrq.editTask',
  undo: 'agentrq.undo',
  showMoreTasks: 'agentrq.showMoreTasks',
  groupTasks: 'agentrq.groupTasks',
  sortTasks: 'agentrq.sortTasks',
  filterTasks: 'agentrq.filterTasks',
  clearTaskFilter: 'agentrq.clearTaskFilter',
  showAgentTasks: 'agentrq.showAgentTasks',
  showAgentTerminal: 'agentrq.showAgentTerminal',
  muteAgent: 'agentrq.muteAgent',
  unmuteAgent: 'agentrq.unmuteAgent',
  removeAgent: 'agentrq.removeAgent',
  openKanban: 'agentrq.openKanban',
  newTask: 'agentrq.newTask',
  takeBackAnswer: 'agentrq.takeBackAnswer',
  manageAnswers: 'agentrq.manageAnswers',
  sendToAgent: 'agentrq.sendToAgent',
  replyInCode: 'agentrq.replyInCode',
  chooseInCode: 'agentrq.chooseInCode',
  approveInCode: 'agentrq.approveInCode',
  sendBackInCode: 'agentrq.sendBackInCode',
  showDecisions: 'agentrq.showDecisions',
  exportDecisions: 'agentrq.exportDecisions',
  importDecisions: 'agentrq.importDecisions',
  manageRules: 'agentrq.manageRules',
  connectAgent: 'agentrq.connectAgent',
  writeChanges: 'agentrq.writeChanges',
  discardChanges: 'agentrq.discardChanges',
  checkConnection: 'agentrq.checkConnection',
  disconnectAgent: 'agentrq.disconnectAgent',
  replaceToken: 'agentrq.replaceToken',
  startPracticeAgent: 'agentrq.startPracticeAgent',
  toggleDoNotDisturb: 'agentrq.toggleDoNotDisturb',
  snoozeNotifications: 'agentrq.snoozeNotifications',
  showLog: 'agentrq.showLog',
  restartHub: 'agentrq.restartHub',
  useAnotherPort: 'agentrq.useAnotherPort',
} as const;
export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** Commands that need an argument, so they are hidden in the palette. */
export const commandsWithArgument: readonly CommandId[] = [
  commandIds.answerRequest,
  commandIds.openRequest,
  commandIds.dismissRequest,
  commandIds.replyInCode,
  commandIds.chooseInCode,
  commandIds.approveInCode,
  commandIds.sendBackInCode,
  commandIds.moveTaskUp,
  commandIds.moveTaskDown,
  commandIds.restoreTask,
  commandIds.showMoreTasks,
  commandIds.showAgentTasks,
  commandIds.showAgentTerminal,
  commandIds.muteAgent,
  commandIds.unmuteAgent,
  commandIds.removeAgent,
];

/** The values of the context keys, by key. */
export interface ContextValues {
  /** `LinkState.kind`. */
  'agentrq.link': 'starting' | 'connecting' | 'live' | 'waiting' | 'failed';
  /** At least one request needs the user. */
  'agentrq.pending': boolean;
  /** At least one agent apart from the editor's own and the practice agent has connected, and is not removed. */
  'agentrq.hasOwnAgents': boolean;
  /** The user has answered a request in this window. */
  'agentrq.hasAnswered': boolean;
  /** There is at least one task. */
  'agentrq.hasTasks': boolean;
  /** The tasks are filtered. */
  'agentrq.tasksFiltered': boolean;
  /** The user looks at what would be written into an agent's files. */
  'agentrq.reviewing': boolean;
}
export type ContextKey = keyof ContextValues;

// A key that is added to the type and missing here does not compile.
const everyContextKey: { readonly [K in ContextKey]: null } = {
  'agentrq.link': null,
  'agentrq.pending': null,
  'agentrq.hasOwnAgents': null,
  'agentrq.hasAnswered': null,
  'agentrq.hasTasks': null,
  'agentrq.tasksFiltered': null,
  'agentrq.reviewing': null,
};
export const contextKeys: readonly string[] = Object.keys(everyContextKey);

/** Which toasts are shown: of every folder, of the folders open in this window, or none. */
export type ToastLevel = 'all' | 'ownFolders' | 'off';

/** The settings by id, with their defaults. */
export const settingDefaults: {
  readonly 'agentrq.hub.port': number;
  readonly 'agentrq.hub.home': string;
  readonly 'agentrq.hub.durability': 'process' | 'full';
  readonly 'agentrq.agents.waitSeconds': Readonly<Record<string, number>>;
  readonly 'agentrq.agents.wake': boolean;
  readonly 'agentrq.notifications.questions': ToastLevel;
  readonly 'agentrq.notifications.messages': ToastLevel;
  readonly 'agentrq.notifications.kinds': Readonly<Record<string, unknown>>;
  readonly 'agentrq.notifications.agents': Readonly<Record<string, unknown>>;
  readonly 'agentrq.attention.command': readonly string[];
  readonly 'agentrq.attention.soundCommand': readonly string[];
} = {
  'agentrq.hub.port': 23_837,
  'agentrq.hub.home': '',
  'agentrq.hub.durability': 'process',
  'agentrq.agents.waitSeconds': {},
  'agentrq.agents.wake': true,
  'agentrq.notifications.questions': 'all',
  'agentrq.notifications.messages': 'all',
  'agentrq.notifications.kinds': {},
  'agentrq.notifications.agents': {},
  'agentrq.attention.command': [],
  'agentrq.attention.soundCommand': [],
};
export type SettingId = keyof typeof settingDefaults;

/** The provider that registers the hub with the editor's own MCP client. */
export const mcpProviderId = 'agentrq.hub';

/** The walkthrough, as the editor's command names it. */
export const tourId = 'agentrq.agentrq#firstMinute';

/** The type of the panels that show a task. */
export const panelType = 'agentrq.task';

/** The type of the panels that show a single request. */
export const requestType = 'agentrq.request';

/** The scheme of the pages in text. */
export const pageScheme = 'agentrq-task';

/** The scheme of the words of a task, which the user can edit. */
export const taskFileScheme = 'agentrq-edit';

/** The MIME type of dragged task rows. */
export const taskMime = 'application/vnd.code.tree.agentrq.tasks';

/** The type of the panel with the Kanban board. */
export const kanbanType = 'agentrq.kanban';
