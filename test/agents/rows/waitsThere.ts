import type { Outcome } from './row.ts';

/** What the hub can't answer, and tells the user of. */
export const waitsThere: Outcome = { kind: 'no', reason: 'It asks in its own dialog; the board says that it waits there.' };
