import type { Cursor } from '../protocol/cursor.ts';
import { formatCursor, isSeen } from '../protocol/cursor.ts';
import type { HubEvent, PresenceMessage } from '../protocol/events.ts';
import type { Clock } from '../util/clock.ts';
import type { Listen } from '../util/emitter.ts';
import { Emitter } from '../util/emitter.ts';
import { assertNever, describeError } from '../util/errors.ts';
import type { Fetch } from '../util/fetch.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import type { HubAddress, LinkState } from './linkState.ts';
import { reasonOf } from './linkState.ts';
import { loadWire, type Wire } from './loadWire.ts';
import { createRetry } from './retry.ts';

/** An event that was received. */
export interface ReceivedEvent {
  cursor: Cursor;
  event: HubEvent;
  /** Whether it happened after the stream was opened. */
  live: boolean;
}

/** The event stream. It reconnects until it is disposed, and reports each event once, in order. */
export interface EventStream extends Disposable {
  readonly state: LinkState;
  readonly onDidChangeState: Listen<LinkState>;
  readonly onDidReceive: Listen<ReceivedEvent>;
  /** How agents are there now; between events of the log, and never again. */
  readonly onDidHearPresence: Listen<PresenceMessage>;
  /** The hub's log no longer contains the position of this reader: take a new snapshot and call `start` with its cursor. */
  readonly onDidReset: Listen<void>;
  /** Starts or restarts after `cursor`. */
  start(cursor: Cursor): void;
  /** The hub seems to be back: makes the next attempt now. */
  retryNow(): void;
  /** Disconnects. No more events are reported until the next `start`. */
  stop(): void;
}

export function createEventStream(deps: {
  address: () => Promise<HubAddress>;
  fetch: Fetch;
  clock: Clock;
  /** Returns a number from 0 up to 1, for the jitter. */
  random: () => number;
  log: Logger;
}): EventStream {
  const { fetch, clock, log } = deps;
  const onError = (error: unknown): void => log.error(`a listener failed: ${describeError(error)}`);
  const states = new Emitter<LinkState>(onError);
  const events = new Emitter<ReceivedEvent>(onError);
  const presences = new Emitter<PresenceMessage>(onError);
  const resets = new Emitter<string>(onError);
  const retry = createRetry(deps, () => void connect());

  let state: LinkState = { kind: 'connecting' };
  let cursor: Cursor | undefined;
  /** The current attempt or connection. Its callbacks do nothing once it is disposed. */
  let scope = new DisposableStore();
  let disposed = false;

  /** Cancels the current attempt, connection or wait, and returns a new scope for the next one. */
  function begin(): DisposableStore {
    retry.cancel();
    scope.dispose();
    scope = new DisposableStore();
    return scope;
  }

  function setState(next: LinkState): void {
    if (next.kind === state.kind && next.kind !== 'waiting') return;
    state = next;
    states.fire(next);
  }

  async function connect(): Promise<void> {
    const own = begin();
    if (cursor === undefined) return;
    setState({ kind: 'connecting' });
    let openedAt: number | undefined;
    try {
      const [address, wire] = await Promise.all([deps.address(), loadWire()]);
      if (own.disposed) return;
      let head: Cursor | undefined;
      own.add(
        wire.openStreamConnection({
          address,
          cursor,
          fetch,
          clock,
          log,
          onOpen(headOfLog) {
            head = headOfLog;
            openedAt = clock.now();
            if (head === undefined) log.warn('the hub does not say where its log ends: all that comes counts as live');
            setState({ kind: 'live' });
          },
          onFrame: (id, data) => take(wire, id, data, head),
          onEnd(reason) {
            if (openedAt !== undefined) retry.lasted(clock.now() - openedAt);
            waitAfter(reason);
          },
        }),
      );
    } catch (error) {
      if (own.disposed) return;
      log.warn(`no connection could be made: ${describeError(error)}`);
      waitAfter(reasonOf(error));
    }
  }

  function waitAfter(reason: string): void {
    begin();
    const delayMs = retry.later();
    log.info(`${reason} The next attempt is in ${delayMs} ms.`);
    setState({ kind: 'waiting', reason, delayMs });
  }

  function take(wire: Wire, id: string, data: string, head: Cursor | undefined): void {
    if (cursor === undefined) return;
    const frame = wire.readFrame(cursor, id, data);
    switch (frame.kind) {
      case 'event':
        cursor = frame.cursor;
        retry.succeeded();
        events.fire({ cursor, event: frame.event, live: !isSeen(head, cursor) });
        return;
      case 'presence':
        presences.fire(frame.message);
        return;
      case 'seen':
        log.trace(`event ${id} came again`);
        return;
      case 'unknown':
        cursor = frame.cursor;
        log.trace(`event ${id} is of an unknown type: ${frame.type}`);
        return;
      case 'reset':
        if (frame.isFault) log.error(frame.why);
        else log.info(`a new snapshot is needed: ${frame.why}`);
        begin();
        setState({ kind: 'connecting' });
        resets.fire(frame.why);
        return;
      default:
        assertNever(frame);
    }
  }

  return {
    get state() {
      return state;
    },
    onDidChangeState: states.event,
    onDidReceive: events.event,
    onDidHearPresence: presences.event,
    onDidReset: (listener) => resets.event(() => listener()),
    start(after) {
      if (disposed) return;
      log.trace(`following the log after ${formatCursor(after)}`);
      cursor = after;
      void connect();
    },
    retryNow() {
      if (state.kind === 'waiting') retry.now();
    },
    stop() {
      begin();
      setState({ kind: 'connecting' });
    },
    dispose() {
      disposed = true;
      begin();
      for (const emitter of [states, events, presences, resets]) emitter.dispose();
    },
  };
}
