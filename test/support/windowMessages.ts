// What a window of `windowProgram.ts` and whoever started it tell each other.

/** What it is started with, as its only argument. */
export interface WindowOptions {
  /** The hub's bundle. */
  entry: string;
  home: string;
  port: number;
  token: string;
  /** What is added to its environment. */
  env?: Readonly<Record<string, string>>;
}

export type FromWindow =
  /** `at`: milliseconds since 1970. */
  | { kind: 'live' | 'away'; at: number }
  /** It runs the hub from now on. */
  | { kind: 'leads' }
  /** An event came that wasn't the next one, or the board had to be taken anew. */
  | { kind: 'fault'; what: string }
  | { kind: 'log'; line: string }
  | { kind: 'tasks'; lines: string };

export type ToWindow = { kind: 'tasks' | 'stop' };
