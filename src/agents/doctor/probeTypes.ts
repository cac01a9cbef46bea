/** What came of reaching a server in the way that an entry says. */
export type ProbeResult =
  /** It speaks MCP and has tools. */
  | { kind: 'answered'; tools: number }
  /** It said no: the token, most likely. */
  | { kind: 'refused'; reason: string }
  /** Nothing is there, or the program can't be started. */
  | { kind: 'unreachable'; reason: string }
  /** It said nothing in time, or something else than MCP. */
  | { kind: 'silent'; reason: string };

/** Asks one thing of a server; the result, or why there is none. */
export type Ask = (method: string, params: Record<string, unknown>) => Promise<ProbeAnswer>;
export type ProbeAnswer = { kind: 'result'; result: unknown } | Exclude<ProbeResult, { kind: 'answered' }>;

/** Where and for how long it is tried. */
export interface ProbeOptions {
  /** AgentRQ's folder, by whose secret the hub is known. */
  home: string;
  /** The folder that a program is started in. */
  cwd: string | undefined;
  signal: AbortSignal;
}

/** Introduces itself to a server and asks for its tools. `tell` sends what gets no answer. */
export type Introduce = (ask: Ask, tell: (method: string) => Promise<void>) => Promise<ProbeResult>;
