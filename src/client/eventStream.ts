import type { Clock } from '../util/clock.ts';
import type { Listen } from '../util/emitter.ts';
import type { Disposable } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import type { Cursor, HubEvent } from '../protocol/events.ts';
import type { HubAddress } from './hubAddress.ts';
import type { LinkState } from './linkState.ts';

/** One event of the log, as it came in. */
export interface ReceivedEvent {
  cursor: Cursor;
  event: HubEvent;
  /** False for what happened before the stream was opened. */
  live: boolean;
}

/** A stream that comes back by itself, for ever, until it is disposed. Each event once, in order. */
export interface EventStream extends Disposable {
  readonly state: LinkState;
  readonly onDidChangeState: Listen<LinkState>;
  readonly onDidReceive: Listen<ReceivedEvent>;
  /** The log no longer reaches back to where we were: take a new snapshot and call `start` with its cursor. */
  readonly onDidReset: Listen<void>;
  /** Begins, or begins again, after `cursor`. */
  start(cursor: Cursor): void;
}

export declare function createEventStream(deps: {
  address: () => Promise<HubAddress>;
  fetch: typeof globalThis.fetch;
  clock: Clock;
  /** 0 up to 1, for the jitter. */
  random: () => number;
  log: Logger;
}): EventStream;
