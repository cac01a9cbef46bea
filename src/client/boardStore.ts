import type { HubEvent, PresenceMessage } from '../protocol/events.ts';
import type { Request } from '../protocol/model.ts';
import { BoundedMap } from '../util/boundedMap.ts';
import type { Clock } from '../util/clock.ts';
import type { Listen } from '../util/emitter.ts';
import { Emitter } from '../util/emitter.ts';
import { describeError } from '../util/errors.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import type { Board } from './board.ts';
import { boardFromSnapshot, emptyBoard, reduce, withPresence } from './board.ts';
import type { EventStream, ReceivedEvent } from './eventStream.ts';
import type { HubApi } from './hubApi.ts';
import type { LinkState } from './linkState.ts';
import { reasonOf } from './linkState.ts';
import { createRetry } from './retry.ts';

/** What one event did, or a change of the presence of agents. */
export interface BoardChange {
  event: HubEvent | PresenceMessage;
  before: Board;
  after: Board;
  /** Whether the event happened while this window was following the stream. Only live events may interrupt the user. */
  live: boolean;
}

/** Holds the board of this window and reports its changes. */
export interface BoardStore extends Disposable {
  readonly board: Board;
  /** Requests that expired while this window was following, the newest 50. The hub still accepts one answer to each. */
  readonly expired: ReadonlyMap<string, Request>;
  readonly link: LinkState;
  readonly onDidChange: Listen<BoardChange>;
  /** The whole board was replaced by a new snapshot. */
  readonly onDidReplace: Listen<Board>;
  readonly onDidChangeLink: Listen<LinkState>;
  /** Takes a snapshot and follows the stream from there. Retries by itself until disposed. */
  start(): void;
  /** The hub seems to be back: makes the next attempt now. */
  retryNow(): void;
  /**
   * Sets the link state while there is no hub: it is being started (`starting`) or could not be (`failed`). `start` continues from there.
   */
  report(state: Extract<LinkState, { kind: 'starting' | 'failed' }>): void;
}

const keptExpired = 50;

/** Joins snapshot and stream without a gap. It starts and stops the stream, but does not dispose it. */
export function createBoardStore(deps: { api: HubApi; stream: EventStream; clock: Clock; random: () => number; log: Logger }): BoardStore {
  const { api, stream, clock, log } = deps;
  const onError = (error: unknown): void => log.error(`a listener failed: ${describeError(error)}`);
  const changes = new Emitter<BoardChange>(onError);
  const replacements = new Emitter<Board>(onError);
  const links = new Emitter<LinkState>(onError);
  const retry = createRetry(deps, () => void load());

  let board = emptyBoard;
  const expired = new BoundedMap<string, Request>(keptExpired);
  let link: LinkState = { kind: 'starting' };
  /** Whether the stream continues from the current board. What the stream reports otherwise belongs to another board and is ignored. */
  let following = false;
  let followedAt = clock.now();
  /** The snapshot request in progress. Its callbacks do nothing once it is disposed. */
  let scope = new DisposableStore();
  let disposed = false;

  /** Cancels the request or wait in progress and returns a new scope for the next one. */
  function begin(): DisposableStore {
    following = false;
    stream.stop();
    retry.cancel();
    scope.dispose();
    scope = new DisposableStore();
    return scope;
  }

  function setLink(next: LinkState): void {
    if (next.kind === link.kind && !('reason' in next)) return;
    link = next;
    links.fire(next);
  }

  async function load(): Promise<void> {
    const own = begin();
    setLink({ kind: 'connecting' });
    try {
      const snapshot = await api.call('getBoard', {});
      if (own.disposed) return;
      const { cursor } = board;
      board = boardFromSnapshot(snapshot);
      // Expired requests of another log are unknown to this one.
      if (cursor?.epoch !== board.cursor?.epoch) expired.clear();
      for (const id of board.requests.keys()) expired.delete(id);
    } catch (error) {
      if (own.disposed) return;
      log.warn(`no snapshot could be taken: ${describeError(error)}`);
      loadLater(reasonOf(error));
      return;
    }
    replacements.fire(board);
    if (own.disposed || board.cursor === undefined) return;
    following = true;
    followedAt = clock.now();
    stream.start(board.cursor);
  }

  function loadLater(reason: string): void {
    begin();
    setLink({ kind: 'waiting', reason, delayMs: retry.later() });
  }

  function take({ cursor, event, live }: ReceivedEvent): void {
    if (!following) return;
    const before = board;
    board = reduce(before, cursor, event);
    noteExpired(event);
    if (board !== before) changes.fire({ event, before, after: board, live });
  }

  function takePresence(event: PresenceMessage): void {
    if (!following) return;
    const before = board;
    board = withPresence(before, event.payload);
    if (board !== before) changes.fire({ event, before, after: board, live: true });
  }

  function noteExpired({ type, payload }: HubEvent): void {
    if (type !== 'request.created' && type !== 'request.updated') return;
    if (payload.status === 'expired') expired.set(payload.id, payload);
    else expired.delete(payload.id);
  }

  const subscriptions = new DisposableStore();
  subscriptions.add(stream.onDidReceive(take));
  subscriptions.add(stream.onDidHearPresence(takePresence));
  subscriptions.add(
    stream.onDidChangeState((state) => {
      if (following) setLink(state);
    }),
  );
  subscriptions.add(
    stream.onDidReset(() => {
      if (!following) return;
      retry.lasted(clock.now() - followedAt);
      loadLater('The board is being read anew.');
    }),
  );

  return {
    get board() {
      return board;
    },
    expired,
    get link() {
      return link;
    },
    onDidChange: changes.event,
    onDidReplace: replacements.event,
    onDidChangeLink: links.event,
    start() {
      if (disposed) return;
      retry.succeeded();
      void load();
    },
    retryNow() {
      if (disposed || link.kind !== 'waiting') return;
      if (following) stream.retryNow();
      else retry.now();
    },
    report(state) {
      if (disposed) return;
      begin();
      setLink(state);
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      begin();
      subscriptions.dispose();
      for (const emitter of [changes, replacements, links]) emitter.dispose();
    },
  };
}
