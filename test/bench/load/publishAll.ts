import { setTimeout as pause } from 'node:timers/promises';
import { markedLine } from './markers.ts';
import type { Publisher } from './publisher.ts';

/** What goes out: events `from` up to `to` (not itself), each a line of `bytes`. */
export interface Output {
  from: number;
  to: number;
  bytes: number;
}

/** Publishes as fast as the server takes it, `burst` events with each POST. */
export async function publishAll(publisher: Publisher, { from, to, bytes }: Output, burst: number): Promise<void> {
  for (let number = from; number < to; number += burst) {
    const count = Math.min(burst, to - number);
    await publisher.publish(Array.from({ length: count }, (_, index) => markedLine(number + index, bytes)));
  }
}

/**
 * Publishes `perSecond` events a second, whatever the server does: what falls due while it is still at the last POST goes with the next
 * one, and counts as sent when it fell due.
 * @param onSend told the number of each event, and when it was sent, in ms of `performance.now()`
 */
export async function publishPaced(
  publisher: Publisher,
  { from, to, bytes }: Output,
  perSecond: number,
  onSend: (number: number, at: number) => void,
): Promise<void> {
  const startedAt = performance.now();
  let due: string[] = [];
  let next = from;
  let failure: unknown;
  let posting = Promise.resolve();
  let isPosting = false;

  async function post(): Promise<void> {
    isPosting = true;
    try {
      while (due.length > 0) {
        const lines = due;
        due = [];
        await publisher.publish(lines);
      }
    } catch (error) {
      failure = error;
    }
    isPosting = false;
  }

  while (next < to && failure === undefined) {
    const now = performance.now();
    const reached = Math.min(to, from + Math.floor(((now - startedAt) * perSecond) / 1_000) + 1);
    for (; next < reached; next += 1) {
      onSend(next, now);
      due.push(markedLine(next, bytes));
    }
    if (!isPosting) posting = post();
    await pause(Math.max(1, startedAt + ((next - from) * 1_000) / perSecond - performance.now()));
  }
  await posting;
  if (failure !== undefined) throw failure;
}
