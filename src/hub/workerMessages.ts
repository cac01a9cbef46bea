import type { LogLevel } from '../util/log.ts';
import type { StartErrorCode } from './startError.ts';

// What the hub's thread and the editor tell each other. Both sides come out of one build.

/** What the thread is started with. */
export interface WorkerOptions {
  agentrqHub: true;
  /** The hub's own default if it isn't given. */
  home: string | undefined;
  port: number;
  personToken: string;
  waitSeconds: Readonly<Record<string, number>>;
  version: string;
}

/** From the thread. */
export type FromWorker =
  | { kind: 'listening'; url: string; hubId: string }
  | { kind: 'failed'; code: StartErrorCode | 'internal'; message: string }
  | { kind: 'log'; level: LogLevel; line: string }
  | { kind: 'closed' };

/** To the thread. */
export interface ToWorker {
  kind: 'close';
}
