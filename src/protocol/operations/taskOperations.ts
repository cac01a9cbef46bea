import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { limits } from '../limits.ts';
import { actorSchema, messageSchema, placeSchema, requestSchema, taskActionSchema, taskSchema, taskStatusSchema } from '../model.ts';
import { none, operation } from '../operation.ts';
import { attachmentIds, inTask, inWorkspace, onceKey, replyAnswer, writtenText } from './members.ts';

/** Titles are shown on one line, and agents read them line by line: white space of any kind becomes a space. */
export const titleSchema = z.string().check(
  z.maxLength(limits.title),
  z.overwrite((title) => title.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim()),
  z.refine((title) => title !== '', 'title is required'),
);

/** A task with its whole thread, and the place in the log at which it was read. */
const threadSchema = z.object({
  cursor: z.string(),
  task: taskSchema,
  messages: z.array(messageSchema),
  requests: z.array(requestSchema),
});
export type Thread = z.infer<typeof threadSchema>;

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
  body: z._default(writtenText, ''),
  assignee: z._default(actorSchema, 'agent'),
  /** The agent that it is meant for: it alone is given the task, and what is said in its thread. */
  agentId: z.optional(idSchema),
  place: z.optional(placeSchema),
  attachmentIds,
  key: onceKey,
  /** AgentRQ's. Refused unless they are empty, because they would be passed over. */
  cronSchedule: z.optional(z.unknown()),
  eventId: z.optional(z.unknown()),
});

/** Tasks and their threads. */
export const taskOperations = {
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
  /**
   * Writes into the thread of a task. Without a text it needs a file. `answers` says which open question this answers, `null` that it
   * answers none; left out, it answers the question of the task if exactly one is open.
   */
  replyToTask: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/reply',
    params: inTask,
    query: none,
    body: z.object({ text: writtenText, attachmentIds, key: onceKey, answers: z.optional(z.nullable(replyAnswer)) }),
    envelope: 'reply',
    output: z.object({ task: taskSchema, message: messageSchema }),
  }),
  /** What the user says to a task, in AgentRQ's words. `allow` moves it to ongoing, `reject` to rejected, `text` leaves it where it is. */
  respondToTask: operation({
    method: 'POST',
    path: '/workspaces/:workspaceId/tasks/:taskId/respond',
    params: inTask,
    query: none,
    body: z.object({ action: taskActionSchema, text: z._default(writtenText, ''), attachmentIds, key: onceKey }),
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
      body: z.optional(writtenText),
      sortOrder: z.optional(z.number()),
      archived: z.optional(z.boolean()),
      assignee: z.optional(actorSchema),
      /** The agent that it is meant for, which alone is given it; `null`: any agent. One that works on it is told to stop. */
      meantFor: z.optional(z.nullable(idSchema)),
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
} as const;
