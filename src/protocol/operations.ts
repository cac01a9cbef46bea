import * as z from 'zod';
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

const text = z.string().max(limits.text);
/** Titles are shown on one line, and agents read them line by line: white space of any kind becomes a space. */
export const titleSchema = z
  .string()
  .max(limits.title)
  .transform((title) => title.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim())
  .refine((title) => title !== '', 'title is required');

/** Made once for each thing that the person does, so that a repeated call does it once. */
const keySchema = z.string().min(8).max(64).optional();

const inWorkspace = z.object({ workspaceId: idSchema });
const inTask = inWorkspace.extend({ taskId: idSchema });

/** The state of everything, and the place in the log from which the stream goes on. */
export const snapshotSchema = z.object({
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
export const threadSchema = z.object({
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
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
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

function operation<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodObject, O extends z.ZodType>(
  definition: Operation<P, Q, B, O>,
): Operation<P, Q, B, O> {
  return definition;
}

const tasksQuery = z.object({
  /** Statuses, separated by commas. */
  status: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  offset: z.coerce.number().int().min(0).default(0),
});
const taskDraft = z.object({
  title: titleSchema,
  body: text.default(''),
  assignee: actorSchema.default('agent'),
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
      name: z.string().trim().min(1).max(limits.name),
      description: text.default(''),
      folder: z.string().max(4_096).optional(),
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
    body: z.object({ text: text.min(1), key: keySchema }),
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
    params: inWorkspace.extend({ requestId: idSchema }),
    query: none,
    body: answerDraftSchema,
    envelope: 'answer',
    output: z.object({ request: requestSchema }),
  }),
} as const;

export type OperationName = keyof typeof operations;

/** What a caller gives to an operation: the members of path, query and body in one object, before defaults are filled in. */
export type OperationInput<N extends OperationName> = z.input<(typeof operations)[N]['params']> &
  z.input<(typeof operations)[N]['query']> &
  z.input<(typeof operations)[N]['body']>;

/** The same after parsing. */
export type ParsedOperationInput<N extends OperationName> = z.output<(typeof operations)[N]['params']> &
  z.output<(typeof operations)[N]['query']> &
  z.output<(typeof operations)[N]['body']>;

export type OperationOutput<N extends OperationName> = z.output<(typeof operations)[N]['output']>;

/** Where the REST operations begin. */
export const apiPrefix = '/api/v1';
