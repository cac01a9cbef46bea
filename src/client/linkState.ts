import type { Sentence } from '../util/sentence.ts';

/** How this window stands with its hub. */
export type LinkState =
  /** The hub is being started, or looked for. */
  | { kind: 'starting' }
  /** A connection is being made. */
  | { kind: 'connecting' }
  /** Events come in as they happen. */
  | { kind: 'live' }
  /** The connection is gone; the next attempt comes by itself in `delayMs`. */
  | { kind: 'waiting'; reason: string; delayMs: number }
  /** There is no hub; `reason` is a sentence for the person, who may have to do something about it. `code` and `port` say the same. */
  | { kind: 'failed'; reason: Sentence; code?: string; port?: number };

/** The codes of failures that another port makes good. */
export const portCodes: ReadonlySet<string | undefined> = new Set(['port-taken', 'port-taken-by-hub', 'ports-taken', 'listen-failed']);
