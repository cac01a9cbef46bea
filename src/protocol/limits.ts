// Numbers that more than one process must agree on. Lengths are in UTF-16 units, sizes in bytes.

export const limits = {
  /** The largest request body that the hub reads. */
  bodyBytes: 4 * 1024 * 1024,
  title: 255,
  /** A task's body, a message, a question. */
  text: 200_000,
  /** The input of a tool that an agent requests permission for. */
  input: 1_000_000,
  choices: 20,
  choice: 500,
  /** The note that goes with an answer. */
  note: 20_000,
  name: 128,
  /** The path of a file, as somebody wrote it. */
  path: 4_096,
  /** The lines of a file that go with a question or a task. */
  snippet: 20_000,
  rule: 2_000,
  /** Rules of one workspace. */
  rules: 1_000,
  /** What one agent may ask for before the user has decided any of it. */
  openRequests: 200,
  /** The same for all agents of a workspace: names cost nothing. */
  openRequestsOfWorkspace: 1_000,
  /** Agents that a workspace knows. */
  agents: 500,
  /** One file that goes with a message or a task, all of one workspace, and all of the home folder. */
  attachmentBytes: 10 * 1024 * 1024,
  workspaceAttachmentsBytes: 256 * 1024 * 1024,
  allAttachmentsBytes: 1024 * 1024 * 1024,
  /** Of one message or task. */
  attachments: 20,
  /** A piece of a file on its way from a page to the editor. */
  partBytes: 512 * 1024,
  /** Messages in one page of a conversation. */
  conversationPage: 100,
  /** The text in it; a single message may be longer. */
  conversationText: 400_000,
} as const;

/** Finished tasks that a board holds, those that changed last; older ones are listed page by page. */
export const finishedOnBoard = 500;

/** The hub writes a comment to every open stream this often. */
export const heartbeatMs = 15_000;

/** What the hub tells an EventSource to wait before it comes back (the `retry:` field). */
export const retryMs = 1_000;

/** A client hears nothing for this long: the connection is dead, whatever the socket says. */
export const stallMs = 3 * heartbeatMs;

/** The most that one tool call may wait for the user, whatever the agent's time-out is. Seconds. */
export const maxWaitSeconds = 3_600;

/**
 * The most that a hook may wait for the user where the agent shows its own dialog meanwhile, so that nobody is kept waiting by it. Seconds;
 * Connect writes it into the entry of such a hook.
 */
export const hookWaitSeconds = 86_400;

/** The header by which a config entry of ours says how long the agent lets a call wait. Whole seconds. */
export const waitHeader = 'agentrq-wait-seconds';

/** A task that was handed out by `getTask` is kept for the agent that got it for this long. */
export const leaseMs = 120_000;

/**
 * How often the client of a call that goes on as a task asks for its state: often just after something has changed, the less often the
 * longer nothing does. Milliseconds.
 */
export const taskPolls = { leastMs: 1_000, mostMs: 30_000 } as const;

/** While a tool call waits, the agent gets a progress notification this often. */
export const progressMs = 10_000;

/**
 * The ports that a hub listens on unless a setting or an option says otherwise: the first that is free of so many. They lie below
 * those that systems give to outgoing connections (from 32768 on Linux, from 49152 elsewhere).
 */
export const defaultPort = 23_837;
export const defaultPorts = 10;

/** Changes when an older client could no longer read what the hub says. */
export const protocolVersion = 2;

/**
 * Sessions of the older MCP era: an unused one is put away after `idleMs` and taken up again from its row when it is asked for, forgotten
 * after `keptMs`; a workspace keeps no more than so many, and each is introduced in so few bytes.
 */
export const sessionLimits = {
  idleMs: 24 * 60 * 60_000,
  keptMs: 30 * 24 * 60 * 60_000,
  perWorkspace: 100,
  sweepMs: 10 * 60_000,
  initializeBytes: 256 * 1024,
} as const;

/** Streams and calls that the agents of one workspace may have open at a time. */
export const openPerWorkspace = 200;

/** Event streams that may be open with one token of the user: each window has one. */
export const streamsPerToken = 200;

/** How long a tool call goes on without its connection, so that its agent can come back for the result. */
export const resumeMs = 30_000;

/** What is kept of a session's streams so that they can be resumed: messages and bytes of one session, bytes of all. */
export const replayLimits = { messages: 256, bytes: 1024 * 1024, totalBytes: 32 * 1024 * 1024 } as const;

/** How much of the event log is kept, whichever comes first: a window that was away for longer takes a new snapshot. */
export const logLimits = { ageMs: 30 * 24 * 60 * 60_000, events: 200_000, bytes: 256 * 1024 * 1024 } as const;

/** The oldest Node that runs the scripts which agents start. */
export const oldestNode = 18;
