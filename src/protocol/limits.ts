// Numbers that more than one process must agree on. Lengths are in UTF-16 units, sizes in bytes.

export const limits = {
  /** The largest request body that the hub reads. */
  bodyBytes: 4 * 1024 * 1024,
  title: 255,
  /** A task's body, a message, a question. */
  text: 200_000,
  choices: 20,
  choice: 500,
  /** The note that goes with an answer. */
  note: 20_000,
  name: 128,
  /** Messages in one page of a conversation. */
  conversationPage: 100,
} as const;

/** The hub writes a comment to every open stream this often. */
export const heartbeatMs = 15_000;

/** What the hub tells an EventSource to wait before it comes back (the `retry:` field). */
export const retryMs = 1_000;

/** A client hears nothing for this long: the connection is dead, whatever the socket says. */
export const stallMs = 3 * heartbeatMs;

/** How long one tool call may wait for the person: the default, and the most that an agent can ask for. Seconds. */
export const waitSeconds = { default: 25, max: 3_600 } as const;

/** While a tool call waits, the agent gets a progress notification this often. */
export const progressMs = 10_000;

/** The port that a hub listens on unless a setting or an option says otherwise. */
export const defaultPort = 41_837;

/** Changes when an older client could no longer read what the hub says. */
export const protocolVersion = 1;
