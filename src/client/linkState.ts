import { HubError } from '../protocol/hubErrors.ts';
import { UserError } from '../util/errors.ts';
import type { Sentence } from '../util/sentence.ts';

/** The address of the hub and the token for it. Both change when the hub comes back on another port. */
export interface HubAddress {
  /** `http://127.0.0.1:23837`, without a trailing slash. */
  url: string;
  /** The user's token. */
  token: string;
}

/** The state of the connection between this window and its hub. */
export type LinkState =
  /** The hub is being started or searched for. */
  | { kind: 'starting' }
  /** A connection is being made. */
  | { kind: 'connecting' }
  /** Events arrive as they happen. */
  | { kind: 'live' }
  /** The connection was lost; the next attempt starts in `delayMs`. */
  | { kind: 'waiting'; reason: string; delayMs: number }
  /** There is no hub. `reason` is a sentence for the user, who may have to act; `code` and `port` describe the same to code. */
  | { kind: 'failed'; reason: Sentence; code?: string; port?: number };

/** The codes of failures that choosing another port resolves. */
export const portCodes: ReadonlySet<string | undefined> = new Set(['port-taken', 'port-taken-by-hub', 'ports-taken', 'listen-failed']);

/** The reason of a failed request to the hub, as a sentence for the user. For an unexpected error it only refers to the log. */
export function reasonOf(error: unknown): string {
  return error instanceof UserError || error instanceof HubError ? error.message : "The hub can't be reached: see the log.";
}
