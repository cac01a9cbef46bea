import type { LogLevel } from '../util/log.ts';
import type { Sentence } from '../util/sentence.ts';
import type { StartErrorCode } from './lifecycle/startError.ts';
import type { Durability } from './storage/connect.ts';

// What the hub's thread and the editor tell each other. Both sides come out of one build.

/** What the thread is started with. */
export interface WorkerOptions {
  agentrqHub: true;
  /** The hub's own default if it isn't given. */
  home: string | undefined;
  /** What the user has set. */
  port: number | undefined;
  userToken: string;
  waitSeconds: Readonly<Record<string, number>>;
  /** Whether agents are woken. */
  wake?: boolean | undefined;
  version: string;
  /** What an acknowledged write survives; `process` if it isn't given. */
  durability?: Durability | undefined;
}

/** From the thread. */
export type FromWorker =
  /** `notice` is a sentence for the user: the database was damaged, and what became of it. */
  | { kind: 'listening'; url: string; hubId: string; notice?: Sentence | undefined }
  | { kind: 'failed'; code: StartErrorCode | 'internal'; reason: Sentence; port?: number | undefined; url?: string | undefined }
  | { kind: 'log'; level: LogLevel; line: string }
  | { kind: 'closed' };

/** To the thread. It starts by itself at first; `start` after a failure means to try again. */
export interface ToWorker {
  kind: 'start' | 'close';
}
