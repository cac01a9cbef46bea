import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { limits } from './limits.ts';
import {
  actorSchema,
  agentSchema,
  answerDraftSchema,
  messageSchema,
  requestSchema,
  taskSchema,
  taskStatusSchema,
  workspaceSchema,
} from './model.ts';

// What the person can do, one entry for each. The hub's routes and the editor's calls are both built from this table.
// Paths, envelopes and field names are AgentRQ's where it has the same feature.

const text = z.string().check(z.maxLength(limits.text));
/** Titles are shown on one line, and agents read them line by line: white space of any kind becomes a space. */
export const titleSchema = z.string().check(
  z.maxLength(limits.title),
  z.overwrite((title) => title.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()),
  z.refine((title) => title !== '', 'title is required'),
);

/** Made once for each thing that the person does, so that a repeated call does it once. */
const keySchema = z.optional(z.string().check(z.minLength(8), z.maxLength(64)));

const inWorkspace = z.object({ workspaceId: idSchema });
const inTask = z.extend(inWorkspace, { taskId: idSchema });

/** The state of everything, and the place in the log from which the stream goes on. */
const snapshotSchema = z.object({
  hubId: z.string(),
  cursor: z.string(),
  workspaces: z.array(workspaceSchema),
  tasks: z.array(taskSchema),
  /** Those that still need the person, or whose answer is still on its way. */
  requests: z.array(requestSchema),
  agents: z.array(agentSchema),
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

/** What `GET /health` tells anybody on this machine. */
export const healthSchema = z.object({ name: z.literal('agentrq'), protocolVersion: z.number(), hubId: z.string() });
export type Health = z.infer<typeof healthSchema>;

/**
 * An operation over REST. `params` fill the path, `query` the query string, and `body` is sent under the name in `envelope`
 * (`{"reply":{"text":"…"}}`).
 */
export interface Operation<
  Params extends z.ZodMiniObject = z.ZodMiniObject,
  Query extends z.ZodMiniObject = z.ZodMiniObject,
  Body extends z.ZodMiniObject = z.ZodMiniObject,
  Output extends z.ZodMiniType = z.ZodMiniType,
> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`; `:name` stands for a member of `params`. */
  path: string;
  params: Params;
  query: Query;
  body: Body;
  envelope?: string;
  output: Output;
  /** The status of a success; 200 unless said. */
  status?: number;
}

const none = z.object({});

function operation<P extends z.ZodMiniObject, Q extends z.ZodMiniObject, B extends z.ZodMiniObject, O extends z.ZodMiniType>(
  definition: Operation<P, Q, B, O>,
): Operation<P, Q, B, O> {
  return definition;
}

const tasksQuery = z.object({
  /** Statuses, separated by commas. */
  status: z.optional(z.string()),
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(200)), 50),
  offset: z._default(z.coerce.number().check(z.int(), z.minimum(0)), 0),
});
const taskDraft = z.object({
  title: titleSchema,
  body: z._default(text, ''),
  assignee: z._default(actorSchema, 'agent'),
  key: keySchema,
});

export const operations = {
  getBoard: operation({ method: 'GET', path: '/board', params: none, query: none, body: none, output: snapshotSchema }),
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
      folder: z.optional(z.string().check(z.maxLength(4_096))),
    }),
    envelope: 'workspace',
    output: z.object({ workspace: workspaceSchema }),
    status: 201,
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
  listTasks: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/tasks',
    params: inWorkspace,
    query: tasksQuery,
    body: none,
    output: z.object({ tasks: z.array(taskSchema) }),
  }),
  getTask: operation({
    method: 'GET',
    path: '/workspaces/:workspaceId/tasks/:taskId',
    params: inTask,
    query: none,
    body: none,
    output: threadSchema,
  }),
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
  replyToTask: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/reply',
    params: inTask,
    query: none,
    body: z.object({ text: text.check(z.minLength(1)), key: keySchema }),
    envelope: 'reply',
    output: z.object({ task: taskSchema, message: messageSchema }),
  }),
  changeTaskStatus: operation({
    method: 'PATCH',
    path: '/workspaces/:workspaceId/tasks/:taskId/status',
    params: inTask,
    query: none,
    body: z.object({ value: taskStatusSchema }),
    envelope: 'status',
    output: z.object({ task: taskSchema }),
  }),
  deleteTask: operation({
    method: 'DELETE',
    path: '/workspaces/:workspaceId/tasks/:taskId',
    params: inTask,
    query: none,
    body: none,
    output: z.object({ task: taskSchema }),
  }),
  answerRequest: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/requests/:requestId/answer',
    params: z.extend(inWorkspace, { requestId: idSchema }),
    query: none,
    body: answerDraftSchema,
    envelope: 'answer',
    output: z.object({ request: requestSchema }),
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
