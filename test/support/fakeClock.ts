import type { Clock } from '../../src/util/clock.ts';
import { type Disposable, toDisposable } from '../../src/util/lifecycle.ts';

/** Time that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** Lets `ms` milliseconds pass: what falls due runs in order, each at its own time, also what is set meanwhile. */
  advance(ms: number): void;
  /** How many timers wait. */
  readonly pending: number;
}

interface Timer {
  dueAt: number;
  fn: () => void;
  /** It comes again after this long. */
  everyMs?: number;
}

export function createFakeClock(startAt = Date.UTC(2026, 0, 1)): FakeClock {
  const timers = new Set<Timer>();
  let now = startAt;

  function add(timer: Timer): Disposable {
    timers.add(timer);
    return toDisposable(() => timers.delete(timer));
  }

  /** The one that falls due first; among equals the one that was set first. */
  function next(until: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueAt <= until && (first === undefined || timer.dueAt < first.dueAt)) first = timer;
    }
    return first;
  }

  return {
    now: () => now,
    after: (ms, fn) => add({ dueAt: now + ms, fn }),
    every(ms, fn) {
      if (ms <= 0) throw new Error('every 0 ms never ends');
      return add({ dueAt: now + ms, fn, everyMs: ms });
    },
    advance(ms) {
      const until = now + ms;
      for (let timer = next(until); timer !== undefined; timer = next(until)) {
        now = timer.dueAt;
        if (timer.everyMs === undefined) timers.delete(timer);
        else timer.dueAt += timer.everyMs;
        timer.fn();
      }
      now = until;
    },
    get pending() {
      return timers.size;
    },
  };
}
