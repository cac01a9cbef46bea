import type { Listen } from '../util/emitter.ts';
import type { Disposable } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import type { Clock } from '../util/clock.ts';
import type { HubEvent } from '../protocol/events.ts';
import type { Board } from './board.ts';
import type { EventStream } from './eventStream.ts';
import type { HubApi } from './hubApi.ts';
import type { LinkState } from './linkState.ts';

/** What one event did. */
export interface BoardChange {
  event: HubEvent;
  before: Board;
  after: Board;
  /** True if it happened while this window watched; only these may interrupt the person. */
  live: boolean;
}

/** Holds the board of this window, and says what changed. */
export interface BoardStore extends Disposable {
  readonly board: Board;
  readonly link: LinkState;
  readonly onDidChange: Listen<BoardChange>;
  /** The whole board was replaced by a new snapshot. */
  readonly onDidReplace: Listen<Board>;
  readonly onDidChangeLink: Listen<LinkState>;
  /** Takes a snapshot and follows the stream from there; tries again by itself until it is disposed. */
  start(): void;
  /** Says that the hub is on its way (`starting`) or that it can't be had (`failed`); `start` goes on from there. */
  report(state: Extract<LinkState, { kind: 'starting' | 'failed' }>): void;
}

export declare function createBoardStore(deps: { api: HubApi; stream: EventStream; clock: Clock; random: () => number; log: Logger }): BoardStore;
