import * as z from 'zod/mini';
import { limits } from '../limits.ts';
import { agentSchema, requestSchema, ruleSchema, taskSchema, workspaceSchema } from '../model.ts';
import { none, operation } from '../operation.ts';

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

/** What `GET /health` tells anybody on this machine; the proof (`home/hubProof.ts`) only if it is asked for with a nonce. */
export const healthSchema = z.object({
  name: z.literal('agentrq'),
  protocolVersion: z.number(),
  hubId: z.string(),
  proof: z.optional(z.string()),
});
export type Health = z.infer<typeof healthSchema>;

/** The board as a whole, and what windows agree on with the hub. */
export const hubOperations = {
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
} as const;
