import * as z from 'zod/mini';
import { idSchema } from './ids.ts';
import { agentSchema, messageSchema, presenceSchema, requestSchema, ruleSchema, taskSchema, workspaceSchema } from './model.ts';

// What the hub tells everybody: one event for each change, and the payload is the changed thing itself.

/** The events of the log. They are stored, numbered and replayed. */
const hubEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('task.created'), payload: taskSchema }),
  z.object({ type: z.literal('task.updated'), payload: taskSchema }),
  z.object({ type: z.literal('task.deleted'), payload: z.object({ id: idSchema, workspaceId: idSchema }) }),
  z.object({ type: z.literal('message.created'), payload: messageSchema }),
  z.object({ type: z.literal('message.updated'), payload: messageSchema }),
  z.object({ type: z.literal('message.deleted'), payload: z.object({ id: idSchema, workspaceId: idSchema, taskId: idSchema }) }),
  z.object({ type: z.literal('request.created'), payload: requestSchema }),
  z.object({ type: z.literal('request.updated'), payload: requestSchema }),
  z.object({ type: z.literal('agent.updated'), payload: agentSchema }),
  z.object({ type: z.literal('workspace.updated'), payload: workspaceSchema }),
  z.object({ type: z.literal('rule.created'), payload: ruleSchema }),
  z.object({ type: z.literal('rule.deleted'), payload: ruleSchema }),
]);
export type HubEvent = z.infer<typeof hubEventSchema>;

/** Says that the log no longer reaches back to where the client was: take a new snapshot. It is not part of the log. */
const resetSchema = z.object({
  type: z.literal('reset'),
  payload: z.object({ reason: z.enum(['other-log', 'too-old', 'bad-cursor']), cursor: z.string() }),
});
export type Reset = z.infer<typeof resetSchema>;

/** The SSE event under which presence is sent. Readers that listen to messages alone pass it over. */
export const presenceEvent = 'presence';

/** What tries to connect as an agent and is refused: how often, and when the last time. Nothing of what it sent. */
const refusedSchema = z.object({ count: z.int(), at: z.string() });
export type Refused = z.infer<typeof refusedSchema>;

/** The presence of agents. It is not part of the log: it is sent without an id, and never again. */
const presenceMessageSchema = z.object({
  type: z.literal('agents.presence'),
  payload: z.object({
    agents: z.array(presenceSchema),
    /** Agents that are not listed are not connected. A stream begins with such a message. */
    isComplete: z.boolean(),
    /** Present once something has been refused several times, and when that goes on. */
    refused: z.optional(refusedSchema),
  }),
});
export type PresenceMessage = z.infer<typeof presenceMessageSchema>;

/** Everything that a stream sends. */
export const streamMessageSchema = z.discriminatedUnion('type', [...hubEventSchema.def.options, resetSchema, presenceMessageSchema]);
export type StreamMessage = z.infer<typeof streamMessageSchema>;

/** What became of the data of one SSE frame. */
export type ParsedStreamMessage =
  | { kind: 'message'; message: StreamMessage }
  /** A type of a newer hub: an older window passes it over. */
  | { kind: 'unknown'; type: string }
  /** A known type with the wrong shape, or no JSON at all: an error. */
  | { kind: 'malformed'; problem: string };

const knownTypes: ReadonlySet<string> = new Set(streamMessageSchema.def.options.flatMap((option) => option.shape.type.def.values));

/** Reads the `data` of an SSE frame. */
export function parseStreamMessage(data: string): ParsedStreamMessage {
  let json: unknown;
  try {
    json = JSON.parse(data);
  } catch {
    return { kind: 'malformed', problem: 'the data is not JSON' };
  }
  const envelope = z.object({ type: z.string() }).safeParse(json);
  if (!envelope.success) return { kind: 'malformed', problem: 'the event has no type' };
  if (!knownTypes.has(envelope.data.type)) return { kind: 'unknown', type: envelope.data.type };
  const parsed = streamMessageSchema.safeParse(json);
  if (!parsed.success) return { kind: 'malformed', problem: z.prettifyError(parsed.error) };
  return { kind: 'message', message: parsed.data };
}
