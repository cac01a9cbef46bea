import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';
import {
  actorSchema,
  agentSchema,
  answerDraftSchema,
  loggedDecisionSchema,
  messageSchema,
  placeSchema,
  requestSchema,
  ruleSchema,
  taskActionSchema,
  taskSchema,
  taskStatusSchema,
  workspaceSchema,
} from './model.ts';
import { none, operation } from './operation.ts';

// What the user can do, one entry for each. The hub's routes and the editor's calls are both built from this table.
// Paths, envelopes and field names are AgentRQ's where it has the same feature.

const text = z.string().check(z.maxLength(limits.text));
/** Titles are shown on one line, and agents read them line by line: white space of any kind becomes a space. */
export const titleSchema = z.string().check(
  z.maxLength(limits.title),
  z.overwrite((title) => title.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()),
  z.refine((title) => title !== '', 'title is required'),
);

/** Made once for each thing that the user does, so that a repeated call does it once. */
const keySchema = z.optional(z.string().check(z.minLength(8), z.maxLength(64)));

/** Files that were uploaded to this workspace before, each for one message or task. */
const attachmentIdsSchema = z.optional(z.array(idSchema).check(z.maxLength(limits.attachments)));

const inWorkspace = z.object({ workspaceId: idSchema });
const inTask = z.extend(inWorkspace, { taskId: idSchema });
const inRequest = z.extend(inWorkspace, { requestId: idSchema });

/** The state of everything, and the place in the log from which the stream goes on. */
const snapshotSchema = z.object({
  hubId: z.string(),
  cursor: z.string(),
  workspaces: z.array(workspaceSchema),
  /** All that are neither finished nor archived, and of the finished ones the `finishedOnBoard` that changed last. */
  tasks: z.array(taskSchema),
  /** Those that still need the user, or whose answer the agent has not acted on. */
  requests: z.array(requestSchema),
  agents: z.array(agentSchema),
  rules: z.array(ruleSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** A task with its whole thread, and the place in the log at which it was read. */
const threadSchema = z.object({
  cursor: z.string(),
  task: taskSchema,
  messages: z.array(messageSchema),
  requests: z.array(requestSchema),
});
export type Thread = z.infer<typeof threadSchema>;

/** What `GET /health` tells anybody on this machine; the proof (`home/hubProof.ts`) only if it is asked for with a nonce. */
export const healthSchema = z.object({
  name: z.literal('agentrq'),
  protocolVersion: z.number(),
  hubId: z.string(),
  proof: z.optional(z.string()),
});
export type Health = z.infer<typeof healthSchema>;

const tasksQuery = z.object({
  /** Statuses, separated by commas. */
  status: z.optional(z.string()),
  /** Only those with a permission that waits for the user. */
  filter: z.optional(z.literal('pending_approval')),
  /** Those that were put away, and no others; left out: all but those. */
  archived: z.optional(z.literal('only')),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
  offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
});
const taskDraft = z.object({
  title: titleSchema,
  body: z._default(text, ''),
  assignee: z._default(actorSchema, 'agent'),
  /** The agent that it is meant for: what is said in its thread goes there. Any agent may take it from the queue. */
  agentId: z.optional(idSchema),
  place: z.optional(placeSchema),
  attachmentIds: attachmentIdsSchema,
  key: keySchema,
  /** AgentRQ's. Refused unless they are empty, because they would be passed over. */
  cronSchedule: z.optional(z.unknown()),
  eventId: z.optional(z.unknown()),
});

const ruleText = z.string().check(z.maxLength(limits.rule));
const ruleDraft = z.object({
  text: ruleText,
  /** Further rules that come with it: a line of several commands needs one for each. */
  and: z.optional(z.array(ruleText).check(z.maxLength(20))),
  /** It may allow what isn't known to keep reading in the workspace. Without this, its stars don't. */
  unchecked: z.optional(z.boolean()),
  expiresAt: z.optional(z.iso.datetime({ offset: true })),
});

/**
 * What a rule lets through: one line or input, commands that keep reading in the workspace, files of the workspace, a whole tool, or
 * `unchecked`: commands that may do anything, so none unless the user says so.
 */
const ruleReachSchema = z.enum(['exact', 'reading', 'files', 'tool', 'unchecked']);
export type RuleReach = z.infer<typeof ruleReachSchema>;

/** A rule before it is saved, and what it would have allowed of the past. */
const rulePreviewSchema = z.object({
  text: z.string(),
  /** Absent: a hub that doesn't say it. */
  reach: z.optional(ruleReachSchema),
  /** What comes with it. */
  and: z.optional(z.array(z.object({ text: z.string(), reach: ruleReachSchema }))),
  /** How many of the permissions that were asked for in this workspace. */
  matched: z.number(),
  /** The newest of them, each on one line. */
  examples: z.array(z.string()),
});
export type RulePreview = z.infer<typeof rulePreviewSchema>;

export const operations = {
  /** Everything that is on the board, and the cursor from which the stream goes on. */
  getBoard: operation({ method: 'GET', path: '/board', params: none, query: none, body: none, output: snapshotSchema }),
  /** A newer version wants this hub's place; it is given to nobody else. */
  stepDown: operation({
    method: 'POST',
    path: '/hub/step-down',
    params: none,
    query: none,
    body: z.object({ version: z.string().check(z.maxLength(limits.name)) }),
    output: z.object({ accepted: z.boolean() }),
  }),
  /** The window that announces something to the user: the first that claims it, and that one as often as it asks. */
  claimAnnouncement: operation({
    method: 'POST',
    path: '/announcements',
    params: none,
    query: none,
    body: z.object({ id: z.string().check(z.minLength(1), z.maxLength(200)), windowId: z.string().check(z.minLength(1), z.maxLength(64)) }),
    output: z.object({ granted: z.boolean() }),
  }),
  /** Every workspace. */
  listWorkspaces: operation({
    method: 'GET',
    path: '/workspaces',
    params: none,
    query: none,
    body: none,
    output: z.object({ workspaces: z.array(workspaceSchema) }),
  }),
  /** Finds the workspace of a folder (or of a name, where there is no folder), or makes it. */
  openWorkspace: operation({
    method: 'POST',
    path: '/workspaces',
    params: none,
    query: none,
    body: z.object({
      name: z.string().check(z.trim(), z.minLength(1), z.maxLength(limits.name)),
      description: z._default(text, ''),
      folder: z.optional(z.string().check(z.maxLength(limits.path))),
    }),
    envelope: 'workspace',
    output: z.object({ workspace: workspaceSchema }),
    status: 201,
  }),
  /**
   * The folder of this workspace is open in a window: the hub notes by what it knows the folder again. `former`: the workspace whose folder
   * it was under another path, if this one is new and exactly one with tasks or rules fits.
   */
  noteFolder: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/folder',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ former: z.optional(workspaceSchema) }),
  }),
  /** Lets a workspace stand for the path that its folder has got; the new workspace of that path has the former path from then on. */
  moveToFolder: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/folder/move',
    params: inWorkspace,
    query: none,
    body: z.object({ folder: z.string().check(z.maxLength(limits.path)) }),
    output: z.object({ workspace: workspaceSchema }),
  }),
  /** The folder of this workspace isn't looked for under other paths any more, until it is open in a window again. */
  forgetFolder: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/folder/forget',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ workspace: workspaceSchema }),
  }),
  /** One workspace. */
  getWorkspace: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ workspace: workspaceSchema }),
  }),
  /** The address and the token that an agent of this workspace needs. */
  getWorkspaceToken: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/token',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ token: z.string(), mcpUrl: z.string() }),
  }),
  /** Gives the agents of this workspace another token: the last one opens nothing from then on, and what it had opened ends. */
  rotateAgentToken: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/token/rotate',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ token: z.string(), mcpUrl: z.string() }),
  }),
  /**
   * What was asked and is no longer open, the newest first. `next` is the `before` of what comes after. A call looks at a part of the log,
   * so a page may be short, or empty, and still have a `next`.
   */
  listDecisions: operation({
    method: 'GET',
    path: '/decisions',
    params: none,
    query: z.object({
      workspaceId: z.optional(idSchema),
      /**
       * Only those in whose question, tool, input, answer, task or agent this stands, in the first 2,000 characters of each; small and
       * capital letters of ASCII are the same.
       */
      query: z.optional(z.string().check(z.maxLength(limits.name))),
      before: z.optional(idSchema),
      limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
    }),
    body: none,
    output: z.object({ decisions: z.array(loggedDecisionSchema), next: z.optional(idSchema) }),
  }),
  /** Takes over what was listed elsewhere. What is known stays as it is; no agent is given any of it. */
  importDecisions: operation({
    method: 'POST',
    path: '/decisions',
    params: none,
    query: none,
    body: z.object({ decisions: z.array(loggedDecisionSchema).check(z.maxLength(1_000)) }),
    output: z.object({ imported: z.number() }),
  }),
  /** The tasks of a workspace in the order of the queue, a page of them. */
  listTasks: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/tasks',
    params: inWorkspace,
    query: tasksQuery,
    body: none,
    output: z.object({ tasks: z.array(taskSchema) }),
  }),
  /** A task with its whole thread. */
  getTask: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/tasks/:taskId',
    params: inTask,
    query: none,
    body: none,
    output: threadSchema,
  }),
  /** Gives agents a task, or makes one for the user. */
  createTask: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks',
    params: inWorkspace,
    query: none,
    body: taskDraft,
    envelope: 'task',
    output: z.object({ task: taskSchema }),
    status: 201,
  }),
  /** Writes into the thread of a task. Without a text it needs a file. */
  replyToTask: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/reply',
    params: inTask,
    query: none,
    body: z.object({ text, attachmentIds: attachmentIdsSchema, key: keySchema }),
    envelope: 'reply',
    output: z.object({ task: taskSchema, message: messageSchema }),
  }),
  /** What the user says to a task, in AgentRQ's words. `allow` moves it to ongoing, `reject` to rejected, `text` leaves it where it is. */
  respondToTask: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/respond',
    params: inTask,
    query: none,
    body: z.object({ action: taskActionSchema, text: z._default(text, ''), attachmentIds: attachmentIdsSchema, key: keySchema }),
    envelope: 'response',
    output: z.object({ task: taskSchema }),
  }),
  /** Stops the agent that works on a task: `task.stop` says how far that has come. `text` is said to the agent. */
  stopTask: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/stop',
    params: inTask,
    query: none,
    body: z.object({ text: z._default(z.string().check(z.maxLength(limits.note - 500)), '') }),
    envelope: 'stop',
    output: z.object({ task: taskSchema }),
  }),
  /** The agent that has the task is told. Nobody sets or leaves `cron` by it. */
  changeTaskStatus: operation({
    method: 'PATCH',
    path: '/workspaces/:workspaceId/tasks/:taskId/status',
    params: inTask,
    query: none,
    body: z.object({ value: taskStatusSchema }),
    envelope: 'status',
    output: z.object({ task: taskSchema }),
  }),
  /** Changes what is given, all at once or not at all, and nothing else: a task that is only moved in the queue isn't news. */
  updateTask: operation({
    method: 'PATCH',
    path: '/workspaces/:workspaceId/tasks/:taskId',
    params: inTask,
    query: none,
    body: z.object({
      title: z.optional(titleSchema),
      body: z.optional(text),
      sortOrder: z.optional(z.number()),
      archived: z.optional(z.boolean()),
      assignee: z.optional(actorSchema),
    }),
    envelope: 'task',
    output: z.object({ task: taskSchema }),
  }),
  /** The user has a task before them: what has happened in it is no news any more, in no window. */
  markSeen: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/seen',
    params: inTask,
    query: none,
    body: none,
    output: z.object({ task: taskSchema }),
  }),
  /** Deletes a task with its thread, for good. */
  deleteTask: operation({
    method: 'DELETE',
    path: '/workspaces/:workspaceId/tasks/:taskId',
    params: inTask,
    query: none,
    body: none,
    output: z.object({ task: taskSchema }),
  }),
  /** Answers a request; `rule` also makes a rule of a permission that is allowed. */
  answerRequest: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/requests/:requestId/answer',
    params: inRequest,
    query: none,
    body: z.extend(answerDraftSchema, { rule: z.optional(ruleDraft) }),
    envelope: 'answer',
    output: z.object({ request: requestSchema }),
  }),
  /**
   * Takes an answer back that no agent has been given, and the message in which it was given: the request is open again. A rule that
   * was made along with it stays.
   */
  retractAnswer: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/requests/:requestId/retract',
    params: inRequest,
    query: none,
    body: none,
    output: z.object({ request: requestSchema }),
  }),
  /** Takes a request off the board that nobody waits for any more. */
  dismissRequest: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/requests/:requestId/dismiss',
    params: inRequest,
    query: none,
    body: none,
    output: z.object({ request: requestSchema }),
  }),
  /** AgentRQ's verdict on a permission: `requestId` is the agent's own id for it, or ours. */
  decidePermission: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/permission',
    params: inTask,
    query: none,
    body: z.object({ requestId: z.string(), behavior: z.enum(['allow', 'allow_always', 'deny']) }),
    output: z.object({ request: requestSchema }),
  }),
  /** The rules that would have allowed what a request asks for, the narrowest first. */
  proposeRules: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/requests/:requestId/rules',
    params: inRequest,
    query: none,
    body: none,
    output: z.object({ proposals: z.array(rulePreviewSchema) }),
  }),
  /** The rules of a workspace. */
  listRules: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/rules',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({ rules: z.array(ruleSchema) }),
  }),
  /**
   * What each rule lets through; whether it allows less than its words say or than it did, as it was made under another law or isn't
   * marked as unchecked; and exact rules for what it did allow.
   */
  reviewRules: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/rules/review',
    params: inWorkspace,
    query: none,
    body: none,
    output: z.object({
      rules: z.array(z.object({ ruleId: idSchema, reach: ruleReachSchema, narrowed: z.boolean(), exact: z.array(z.string()) })),
    }),
  }),
  /** Reads a rule without saving it. */
  previewRule: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/rules/preview',
    params: inWorkspace,
    query: none,
    body: ruleDraft,
    envelope: 'rule',
    output: z.object({ preview: rulePreviewSchema }),
  }),
  /** Makes a rule. */
  createRule: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/rules',
    params: inWorkspace,
    query: none,
    body: ruleDraft,
    envelope: 'rule',
    output: z.object({ rule: ruleSchema }),
    status: 201,
  }),
  /** Takes over a list of AgentRQ's. What can't be read is named, and the rest is taken. */
  importRules: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/rules/import',
    params: inWorkspace,
    query: none,
    body: z.object({ rules: z.array(z.string().check(z.maxLength(limits.rule))).check(z.maxLength(limits.rules)) }),
    output: z.object({ rules: z.array(ruleSchema), refused: z.array(z.object({ text: z.string(), reason: z.string() })) }),
  }),
  /** Takes a rule away: from then on it allows nothing. */
  deleteRule: operation({
    method: 'DELETE',
    path: '/workspaces/:workspaceId/rules/:ruleId',
    params: z.extend(inWorkspace, { ruleId: idSchema }),
    query: none,
    body: none,
    output: z.object({ rule: ruleSchema }),
  }),
} as const;

export type OperationName = keyof typeof operations;

// An object without members would say that no other member may be there either.
type Input<S extends z.ZodMiniObject> = keyof S['shape'] extends never ? object : z.input<S>;
type Parsed<S extends z.ZodMiniObject> = keyof S['shape'] extends never ? object : z.output<S>;

/** What a caller gives to an operation: the members of path, query and body in one object, before defaults are filled in. */
export type OperationInput<N extends OperationName> = Input<(typeof operations)[N]['params']> &
  Input<(typeof operations)[N]['query']> &
  Input<(typeof operations)[N]['body']>;

/** The same after parsing. */
export type ParsedOperationInput<N extends OperationName> = Parsed<(typeof operations)[N]['params']> &
  Parsed<(typeof operations)[N]['query']> &
  Parsed<(typeof operations)[N]['body']>;

export type OperationOutput<N extends OperationName> = z.output<(typeof operations)[N]['output']>;

/** Where the REST operations begin. */
export const apiPrefix = '/api/v1';
