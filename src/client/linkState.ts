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
  /** Nothing more happens by itself; `reason` is a sentence for the person. */
  | { kind: 'failed'; reason: string };
