import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { actorSchema, attachmentSchema, isoTime } from './members.ts';
import { taskActionSchema, taskStatusSchema } from './task.ts';

/** `queued`: no agent has seen it. `offered`: it went out with a result. `delivered`: a later call of the agent proves it. */
const deliverySchema = z.enum(['queued', 'offered', 'delivered']);
export type DeliveryState = z.infer<typeof deliverySchema>;

const messageKindSchema = z.enum(['text', 'status']);

/** What the user did to a task, beside writing into it. */
const moveSchema = z.discriminatedUnion('kind', [
  /** `from`: the status that the agent knows of. */
  z.object({ kind: z.literal('status'), from: taskStatusSchema, to: taskStatusSchema }),
  z.object({ kind: z.literal('archive'), archived: z.boolean() }),
  /** `agentId`: the one agent that the task is meant for. */
  z.object({ kind: z.literal('assign'), to: actorSchema, agentId: z.optional(idSchema) }),
  z.object({ kind: z.literal('edit') }),
  /** `words`: what they said to the agent with it. */
  z.object({ kind: z.literal('stop'), words: z.optional(z.string()) }),
]);
export type Move = z.infer<typeof moveSchema>;

export const messageSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  taskId: idSchema,
  createdAt: isoTime,
  sender: actorSchema,
  /** `status`: the hub noted that the agent or the user moved the task; `text`: somebody wrote it. */
  kind: messageKindSchema,
  /** Of a note about the user: what they did. */
  move: z.optional(moveSchema),
  /** It reaches the agent as a response to its task. Absent: as a reply. */
  action: z.optional(taskActionSchema),
  text: z.string(),
  /** Which agent wrote it. */
  agentId: z.optional(idSchema),
  /** The question that this reply answered; the answer then carries it to the agent. */
  requestId: z.optional(idSchema),
  /** How far a message of the user has come; absent on an agent's. */
  delivery: z.optional(deliverySchema),
  attachments: z.optional(z.array(attachmentSchema)),
});
export type Message = z.infer<typeof messageSchema>;
