import type { IncomingMessage, ServerResponse } from 'node:http';

/** How something that isn't the hub sends events. */
export interface PeerServer {
  /** Each line is the data of an event. */
  publish(lines: readonly string[]): void;
  /** Answers with a stream; `after` is the number of the last event that its reader has, if it said so. */
  subscribe(request: IncomingMessage, response: ServerResponse, after: number | undefined): void;
  readonly head: number;
}

export interface PeerOptions {
  keepaliveMs: number;
  /** How many events are kept for readers that come back. */
  history: number;
}

export const streamHeaders = { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' } as const;
