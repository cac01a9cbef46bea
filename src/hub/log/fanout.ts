import type { Writable } from 'node:stream';
import { heartbeatMs } from '../../protocol/limits.ts';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';
import type { Background } from '../lifecycle/background.ts';
import type { EventLog } from './eventLog.ts';
import { type Chunk, encodeChunk, heartbeat, lastChunk, resetText } from './frames.ts';
import type { PresenceFeed } from './presenceFeed.ts';

/** A reader that reads nothing for so long is disconnected. It may reconnect, and goes on from its cursor. */
const stuckMs = 60_000;

/** One reader reads no more of the log in one turn, some milliseconds each: one of a single workspace may find next to nothing in them. */
const readsInTurn = 16;

/** The open event streams. Each is only a position in the log: while its socket is full, nothing is buffered for it. */
export interface Fanout extends Disposable {
  /** Writes everything after `after` to `output`, and how presence changes from now on, until the handle is disposed. */
  subscribe(output: Writable, after: number, workspaceId: string | undefined, options?: SubscribeOptions): Disposable;
  readonly count: number;
}

export interface SubscribeOptions {
  /** `output` is the socket itself, and takes chunks of HTTP. */
  chunked?: boolean;
}

interface Subscriber {
  output: Writable;
  chunked: boolean;
  cursor: number;
  workspaceId: string | undefined;
  /** The presence that it was told of. */
  presence: number;
  /** The socket is full; it goes on at `drain`. */
  full: boolean;
  /** Since when it has been full, as far as a heartbeat saw; milliseconds since 1970. */
  stuckSince?: number | undefined;
}

export function createFanout(deps: { log: EventLog; presence: PresenceFeed; background: Background }): Fanout {
  const { log, presence, background } = deps;
  const { clock } = background;
  const subscribers = new Set<Subscriber>();
  let scheduled: Disposable | undefined;

  /** If the log can't be read for a reader, only that reader is disconnected; it reconnects at its cursor. */
  function pump(subscriber: Subscriber): void {
    try {
      catchUp(subscriber);
    } catch (error) {
      subscriber.output.destroy();
      background.failed('the log could not be read for a stream', error);
    }
  }

  function catchUp(subscriber: Subscriber): void {
    let reads = 0;
    while (!subscriber.full && subscriber.cursor < log.head) {
      if (subscriber.cursor + 1 < log.oldest) {
        // The log was pruned past the position of this slow reader.
        const { epoch, head } = log;
        subscriber.cursor = head;
        write(subscriber, encodeChunk(resetText('too-old', { epoch, number: head })));
        return;
      }
      if (reads === readsInTurn) {
        background.soon('events could not be sent', () => subscribers.has(subscriber) && pump(subscriber));
        return;
      }
      reads += 1;
      const batch = log.read(subscriber.cursor, subscriber.workspaceId);
      subscriber.cursor = batch.last;
      if (batch.buffer.length > 0) write(subscriber, batch);
    }
    // After the log, which says who these agents are.
    if (subscriber.full || subscriber.presence === presence.revision) return;
    const text = presence.since(subscriber.presence, subscriber.workspaceId);
    subscriber.presence = presence.revision;
    if (text !== '') write(subscriber, encodeChunk(text));
  }

  /** False from `write` means that the socket can take no more: these bytes are on their way, but the next ones have to wait. */
  function write(subscriber: Subscriber, { chunk, buffer }: Chunk): void {
    subscriber.full = !subscriber.output.write(subscriber.chunked ? chunk : buffer);
  }

  // What is published in one turn goes out together, in one write for each reader.
  function pumpSoon(): void {
    scheduled ??= background.soon('events could not be sent', () => {
      scheduled = undefined;
      for (const subscriber of subscribers) pump(subscriber);
    });
  }
  const listening = [log.onDidPublish(pumpSoon), presence.onDidChange(pumpSoon)];

  // One timer for all: a timer for each connection costs several times the CPU.
  const beating = clock.every(heartbeatMs, () => {
    for (const subscriber of subscribers) {
      if (!subscriber.full) write(subscriber, heartbeat);
      else if ((subscriber.stuckSince ??= clock.now()) <= clock.now() - stuckMs) subscriber.output.destroy();
    }
  });

  return {
    subscribe(output, after, workspaceId, { chunked = false } = {}) {
      const subscriber: Subscriber = { output, chunked, cursor: after, workspaceId, presence: presence.revision, full: false };
      const onDrain = (): void => {
        subscriber.full = false;
        subscriber.stuckSince = undefined;
        pump(subscriber);
      };
      output.on('drain', onDrain);
      subscribers.add(subscriber);
      pump(subscriber);
      return toDisposable(() => {
        subscribers.delete(subscriber);
        output.off('drain', onDrain);
      });
    },
    get count() {
      return subscribers.size;
    },
    dispose() {
      beating.dispose();
      for (const each of listening) each.dispose();
      scheduled?.dispose();
      for (const { output, chunked } of subscribers) output.end(chunked ? lastChunk : undefined);
      subscribers.clear();
    },
  };
}
