import * as vscode from 'vscode';
import type { BoardStore } from '../client/boardStore.ts';
import type { HubAddress } from '../client/hubAddress.ts';
import type { HubApi } from '../client/hubApi.ts';
import type { Workspace } from '../protocol/model.ts';
import type { Clock } from '../util/clock.ts';
import type { Listen } from '../util/emitter.ts';
import { describeError } from '../util/errors.ts';
import { lazy } from '../util/lazy.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { createAgentsTree } from './agentsView/agentsTree.ts';
import { loadAnswering } from './answer/api.ts';
import { loadThreads } from './code/api.ts';
import { loadConnect } from './connect/api.ts';
import { registerMcpProvider } from './connect/mcpProvider.ts';
import { loadDecisions } from './decisions/api.ts';
import { commandIds, viewIds } from './ids.ts';
import { createLateKanban } from './kanban/register.ts';
import { followLink } from './link/linkStatus.ts';
import { offerPort } from './link/offerPort.ts';
import { createNeedsYouTree } from './needsYou/needsYouTree.ts';
import { loadNotices } from './notices/api.ts';
import { loadAttention } from './notifications/api.ts';
import { createQuiet, untilTurnedOff } from './notifications/doNotDisturb.ts';
import { watchPerson } from './notifications/userActivity.ts';
import { createLatePages } from './panel/register.ts';
import { loadSend } from './send/api.ts';
import { registerCodeActions } from './send/codeActions.ts';
import type { ReplyFlow } from './send/replyFlow.ts';
import type { SettingsSource } from './settings.ts';
import type { CommandDeps } from './shell/command.ts';
import { ContextKeyHolder } from './shell/contextKeys.ts';
import { readPickedFile, savePickedFile } from './shell/fileDialogs.ts';
import { followContext } from './shell/followContext.ts';
import type { Memory } from './shell/memory.ts';
import { registerCommands } from './shell/registerCommands.ts';
import { createReporter } from './shell/reporter.ts';
import { type ShownWork, showProgress } from './shell/showProgress.ts';
import { vscodePrompts } from './shell/vscodePrompts.ts';
import { createStatusBar } from './statusBar/statusBar.ts';
import { createTasksTree } from './tasks/tasksTree.ts';
import { formatTime } from './text/formatTime.ts';

/** What the views and commands are made of. */
export interface UiDeps {
  board: BoardStore;
  api: HubApi;
  log: Logger;
  settings: SettingsSource;
  showLog(): void;
  restartHub(): Promise<void>;
  /** Lets the hub listen somewhere else from now on. */
  useAnotherPort(): Promise<void>;
  /** Lets the practice agent work in this workspace. */
  startPractice(workspaceId: string): void;
  address(): Promise<HubAddress>;
  onDidChangeAddress: Listen<void>;
  /** The hub's workspaces of this window's folders, the default first; empty until they are known. */
  workspaces(): readonly Workspace[];
  clock: Clock;
  randomId(): string;
  /** Runs a program with its arguments, without a shell; fails if it doesn't end well. */
  runCommand(argv: readonly string[]): Promise<void>;
  /** What the editor keeps over a reload: for the folder that is open, and for all of them. */
  memory: { workspace: Memory; global: Memory };
  extensionVersion: string;
  /** The folder with the scripts that agents start. */
  scripts: string;
  /** Brings those in AgentRQ's folder up to date. @returns whether agents were connected */
  keepScripts(): boolean;
  /** AgentRQ's own folder. */
  home(): string;
}

/** The address that the window was last told of. */
const addressKey = 'agentrq.hubAddress';

/** Puts the views, the status bar item, the toasts, the pages and the commands into the editor, until it is disposed. */
export function registerUi(deps: UiDeps): Disposable {
  const { board, api, clock, log } = deps;
  const { l10n } = vscode;
  const prompts = vscodePrompts;
  const store = new DisposableStore();
  const workspaceIds = (): readonly string[] => deps.workspaces().map(({ id }) => id);
  const report = createReporter({ prompts, log: log.child('ui'), showLog: () => deps.showLog(), l10n });

  const pages = store.add(
    createLatePages({
      board,
      api,
      prompts,
      clock,
      log: log.child('panel'),
      dist: deps.scripts,
      answered: (request, draft) => void answers.offerSame(request, draft).catch(report),
    }),
  );
  const answers = store.add(
    loadAnswering({
      board,
      api,
      prompts,
      pages,
      clock,
      memory: deps.memory,
      workspaceIds,
      isTrusted: () => vscode.workspace.isTrusted,
      paste: async () => vscode.env.clipboard.readText(),
      readFile: () => readPickedFile(['json']),
      formatTime,
      l10n,
    }),
  );
  const send = lazy(() =>
    loadSend({
      board,
      api,
      prompts,
      memory: deps.memory.workspace,
      clock,
      workspaceIds,
      randomId: () => deps.randomId(),
      platform: process.platform,
      l10n,
    }),
  );
  const replies: ReplyFlow = { ask: async (taskId) => (await send()).reply(taskId) };

  const keys = new ContextKeyHolder((key, value) => void setContext(key, value, log));
  store.add(followContext(board, keys, vscode.env.appName));
  const needsYou = store.add(createNeedsYouTree({ board, clock }));
  const tasks = createTasksTree({ board, api, prompts, clock, keys, memory: deps.memory.workspace, report });
  store.add(tasks.tree);
  const kanban = store.add(
    createLateKanban({
      board,
      clock,
      log: log.child('kanban'),
      dist: deps.scripts,
      tasks: tasks.load,
      openTask: (taskId) => void vscode.commands.executeCommand(commandIds.openTask, { taskId }),
      report,
    }),
  );
  store.add(createAgentsTree({ board, clock }));
  store.add(followLink(board, { needsYou, tasks: tasks.tree }));
  const quiet = store.add(createQuiet(deps.memory.global, clock, report));
  store.add(createStatusBar(board, quiet));
  const person = store.add(watchPerson());
  store.add(offerPort({ board, prompts, person, useAnotherPort: () => deps.useAnotherPort(), report, l10n }));
  const attention = loadAttention({
    board,
    api,
    prompts,
    answers,
    replies,
    pages,
    clock,
    settings: deps.settings,
    person,
    quiet,
    memory: deps.memory.global,
    workspaceIds,
    onDidChangeWorkspaces: deps.onDidChangeAddress,
    windowId: deps.randomId(),
    runCommand: (argv) => deps.runCommand(argv),
    platform: process.platform,
    showNeeds: async () => vscode.commands.executeCommand(`${viewIds.needsYou}.focus`),
    log: log.child('attention'),
    report,
    l10n,
  });
  void attention.then((loaded) => store.add(loaded), report);
  const notices = loadNotices({
    board,
    api,
    prompts,
    memory: deps.memory.global,
    workspaces: () => deps.workspaces(),
    onDidChangeWorkspaces: deps.onDidChangeAddress,
    manageRules: () => answers.manageRules(),
    log: log.child('notices'),
    report,
    l10n,
  });
  void notices.then((loaded) => store.add(loaded), report);
  const connect = lazy(async () =>
    store.add(
      await loadConnect({
        board,
        api,
        prompts,
        clock,
        log: log.child('connect'),
        l10n,
        address: () => deps.address(),
        workspaceIds,
        home: () => deps.settings.value.hub.home,
        scripts: deps.scripts,
        formatTime,
      }),
    ),
  );
  /** The user is asked about what is gone, and told of another address once. */
  async function lookAfterAgents(): Promise<void> {
    if (!deps.keepScripts()) return;
    const { url } = await deps.address();
    const { tellMoved, lookAgain } = await connect();
    if (deps.memory.global.get(addressKey) !== url) {
      await deps.memory.global.update(addressKey, url);
      await tellMoved(url);
    }
    await lookAgain();
  }
  const closing = new AbortController();
  store.add({ dispose: () => closing.abort() });
  const logging = {
    board,
    api,
    prompts,
    pages,
    workspaceIds,
    copy: async (text: string) => vscode.env.clipboard.writeText(text),
    readFile: () => readPickedFile(['jsonl', 'json']),
    saveFile: savePickedFile,
    progress: (...what: [title: string, run: ShownWork]) => showProgress(...what, closing.signal),
    now: () => clock.now(),
    formatTime,
    l10n,
  };
  store.add(deps.onDidChangeAddress(() => void lookAfterAgents().catch(report)));
  store.add(registerCodeActions());
  const commandDeps: CommandDeps = {
    board,
    api,
    prompts,
    pages,
    answers,
    replies,
    workspaceIds,
    randomId: () => deps.randomId(),
    startPractice: (workspaceId) => deps.startPractice(workspaceId),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    decisions: lazy(() => loadDecisions(logging)),
    connect,
    send,
    threads: store.add(loadThreads({ board, prompts, answers, clock, report, l10n })),
    tasks: tasks.load,
    openKanban: kanban.open,
    toggleQuiet: () => quiet.set(quiet.until > 0 ? 0 : untilTurnedOff),
    snooze: async () => (await attention).snooze(),
    l10n,
  };
  store.add(registerCommands(commandDeps, { showLog: () => deps.showLog(), restartHub: () => deps.restartHub(), report }));
  store.add(
    registerMcpProvider({
      onDidChangeWorkspaces: deps.onDidChangeAddress,
      workspaces: () => deps.workspaces(),
      bridge: `${deps.scripts}/bridge.cjs`,
      home: () => deps.home(),
      version: deps.extensionVersion,
    }),
  );
  return store;
}

async function setContext(key: string, value: string | boolean, log: Logger): Promise<void> {
  try {
    await vscode.commands.executeCommand('setContext', key, value);
  } catch (error) {
    log.warn(`a context key could not be set: ${describeError(error)}`);
  }
}
