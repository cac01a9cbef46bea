import * as z from 'zod/mini';
import { fromCardSchemas } from './fromCard.ts';
import { idSchema } from './ids.ts';

// What the page of the inbox says. It shows text of agents, so the inbox believes it nothing: what comes from there is parsed with the
// schema, and names no command.

const fromInboxSchema = z.discriminatedUnion('type', [
  /** The page listens: send everything. */
  z.object({ type: z.literal('ready') }),
  /** This card is open, the only one; without an id none is. */
  z.object({ type: z.literal('read'), id: z.optional(idSchema) }),
  ...fromCardSchemas,
  /** The whole request is to be opened in the editor. */
  z.object({ type: z.literal('open'), requestId: idSchema }),
  /** The user is to be asked whether the request is to go. */
  z.object({ type: z.literal('dismiss'), requestId: idSchema }),
  /** The last answer is to be taken back. */
  z.object({ type: z.literal('undo') }),
  /** The user is to be asked for how long notifications are muted. */
  z.object({ type: z.literal('snooze') }),
  /** A button of what stands there when there is no card, or no hub. */
  z.object({ type: z.literal('help'), with: z.enum(['connect', 'practice', 'tour', 'port', 'restart', 'log']) }),
]);
/** What the page says. */
export type FromInbox = z.infer<typeof fromInboxSchema>;

/** Reads a message of the page; `undefined` if it isn't one. */
export function parseFromInbox(data: unknown): FromInbox | undefined {
  const parsed = fromInboxSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}
