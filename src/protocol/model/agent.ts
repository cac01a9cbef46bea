import * as z from 'zod/mini';
import { idSchema } from '../ids.ts';
import { isoTime } from './members.ts';

/**
 * What becomes of what the user says to an agent, as far as the hub has seen of its sessions. `now`: it is woken. `turnEnd`: it asks at
 * the end of its turn.
 */
const hearsSchema = z.enum(['now', 'turnEnd']);
export type Hears = z.infer<typeof hearsSchema>;

const presenceFields = {
  /** A stream of it is open, or a call of it is being served. */
  connected: z.boolean(),
  lastHeardAt: isoTime,
  /** The requests that it waits for right now, the one it has waited for longest first. Hubs of older versions knew one of them. */
  waitingFor: z.optional(
    z.union([
      z.array(idSchema),
      z.pipe(
        idSchema,
        z.transform((id) => [id]),
      ),
    ]),
  ),
  /** Absent: it hears of what the user says when it calls the next time, whenever that is. */
  hears: z.optional(hearsSchema),
};

/** How an agent is there at this moment. The hub keeps it in memory; it is no event of the log. */
export const presenceSchema = z.object({ id: idSchema, workspaceId: idSchema, ...presenceFields });
export type Presence = z.infer<typeof presenceSchema>;

/** Who is on the other end, as it names itself, and its presence. */
export const agentSchema = z.object({
  id: idSchema,
  workspaceId: idSchema,
  /** From `clientInfo` of MCP: `claude-code`. */
  name: z.string(),
  title: z.optional(z.string()),
  version: z.optional(z.string()),
  ...presenceFields,
  /** What it asks in its own window, where the hub can't answer; absent again once the agent is heard. */
  waitsElsewhere: z.optional(z.object({ text: z.string(), at: isoTime })),
  /** The user has taken it off their list; absent again once the agent is heard. What it has said and done stays. */
  removedAt: z.optional(isoTime),
});
export type Agent = z.infer<typeof agentSchema>;
