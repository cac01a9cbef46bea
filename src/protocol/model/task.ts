import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { actorSchema, attachmentSchema, isoTime, placeSchema } from './members.ts';

export const taskStatuses = ['notstarted', 'ongoing', 'blocked', 'completed', 'rejected', 'cron'] as const;
export const taskStatusSchema = z.enum(taskStatuses);
export type TaskStatus = z.infer<typeof taskStatusSchema>;

/**
 * How far a stop has come. `asked`: the agent is to be told, or was told in words, and may go on all the same. `stopped`: it is proven
 * that a tool of it was refused, its turn was cancelled, or its turn has ended.
 */
const stopSchema = z.object({
  state: z.enum(['asked', 'stopped']),
  at: isoTime,
  /** The message that carries it to the agent. */
  messageId: idSchema,
});

export const taskSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  createdAt: isoTime,
  updatedAt: isoTime,
  createdBy: actorSchema,
  assignee: actorSchema,
  status: taskStatusSchema,
  /** One line. */
  title: z.string(),
  body: z.string(),
  /** The place in the queue, smallest first: seconds since 1970 unless somebody moved it. */
  sortOrder: z.number(),
  /** The agent that last worked on it: messages of the user go to that one. */
  agentId: z.optional(idSchema),
  /** The agent that the user means it for: only that one is given it, until it has been gone for an hour. */
  meantFor: z.optional(idSchema),
  /** When somebody last wrote into its thread, also if that was taken back. What the user did to the task doesn't count. */
  lastMessageAt: z.optional(isoTime),
  /** The user has put it away: no agent is given it, and no board shows it. */
  archivedAt: z.optional(isoTime),
  /** What it is about. */
  place: z.optional(placeSchema),
  /** When the user last looked at it, in whichever window. */
  seenAt: z.optional(isoTime),
  attachments: z.optional(z.array(attachmentSchema)),
  /** The user has stopped the work on it; gone as soon as they write again or it is moved. */
  stop: z.optional(stopSchema),
});
export type Task = z.infer<typeof taskSchema>;

/** AgentRQ's words for what a user says to a task: agents look for them. */
export const taskActionSchema = z.enum(['allow', 'reject', 'allow_all', 'text']);
export type TaskAction = z.infer<typeof taskActionSchema>;
