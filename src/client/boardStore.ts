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
import { createBackoff, steadyMs } from './backoff.ts';
import type { Board } from './board.ts';
import { boardFromSnapshot, emptyBoard, reduce, withPresence } from './board.ts';
import type { EventStream, ReceivedEvent } from './eventStream.ts';
import type { HubApi } from './hubApi.ts';
import type { LinkState } from './linkState.ts';
import { reasonOf } from './reasonOf.ts';

/** What one event did, or a change of the presence of agents. */
export interface BoardChange {
  event: HubEvent | PresenceMessage;
  before: Board;
  after: Board;
  /** True if it happened while this window watched; only these may interrupt the person. */
  live: boolean;
}

/** Holds the board of this window, and says what changed. */
export interface BoardStore extends Disposable {
  readonly board: Board;
  /**
   * Requests that left the board because nobody waits any more, as far as this window has seen it: an answer still counts, once. The newest
   * 50 of them.
   */
  readonly expired: ReadonlyMap<string, Request>;
  readonly link: LinkState;
  readonly onDidChange: Listen<BoardChange>;
  /** The whole board was replaced by a new snapshot. */
  readonly onDidReplace: Listen<Board>;
  readonly onDidChangeLink: Listen<LinkState>;
  /** Takes a snapshot and follows the stream from there; tries again by itself until it is disposed. */
  start(): void;
  /** The hub seems to be back: the next attempt doesn't wait. */
  hurry(): void;
  /** Says that the hub is on its way (`starting`) or that it can't be had (`failed`); `start` goes on from there. */
  report(state: Extract<LinkState, { kind: 'starting' | 'failed' }>): void;
}

const keptExpired = 50;

/** Joins snapshot and stream without a gap. The stream is its to start and to stop, but not to dispose. */
export function createBoardStore(deps: { api: HubApi; stream: EventStream; clock: Clock; random: () => number; log: Logger }): BoardStore {
  const { api, stream, clock, log } = deps;
  const onError = (error: unknown): void => log.error(`a listener failed: ${describeError(error)}`);
  const changes = new Emitter<BoardChange>(onError);
  const replacements = new Emitter<Board>(onError);
  const links = new Emitter<LinkState>(onError);
  const backoff = createBackoff(deps.random);

  let board = emptyBoard;
  const expired = new BoundedMap<string, Request>(keptExpired);
  let link: LinkState = { kind: 'starting' };
  /** True while the stream goes on from this very board; what it says at other times belongs to another one. */
  let following = false;
  let followedAt = clock.now();
  /** The snapshot under way, or the wait before the next one. Once disposed, its callbacks do nothing. */
  let scope = new DisposableStore();
  let disposed = false;

  /** Ends what is under way, and makes room for what comes next. */
  function begin(): DisposableStore {
    following = false;
    stream.stop();
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
      // Another log knows nothing of them.
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
    const own = begin();
    const delayMs = backoff.next();
    own.add(clock.after(delayMs, () => void (own.disposed || load())));
    setLink({ kind: 'waiting', reason, delayMs });
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
      if (clock.now() - followedAt >= steadyMs) backoff.reset();
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
      backoff.reset();
      void load();
    },
    hurry() {
      if (disposed || link.kind !== 'waiting') return;
      if (following) stream.hurry();
      else if (backoff.hurry()) void load();
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
