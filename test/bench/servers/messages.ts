// What a server that is measured and the bench tell each other, over the channel between the processes.

/** What a server has used since it began, and what it holds now. */
export interface Usage {
  /** User and system. Milliseconds. */
  cpuMs: number;
  rssBytes: number;
  heapBytes: number;
  /** Open descriptors; 0 where the system doesn't tell. */
  descriptors: number;
}

export type ToServer = { kind: 'measure'; collect: boolean } | { kind: 'block'; ms: number } | { kind: 'stop' };

export type FromServer =
  | { kind: 'listening'; url: string; details?: Record<string, string> }
  | { kind: 'usage'; usage: Usage }
  | { kind: 'done'; figures: Record<string, number> };
