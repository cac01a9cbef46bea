import type { Disposable } from './lifecycle.ts';
import { toDisposable } from './lifecycle.ts';

/** Time, handed in so that tests decide what it is. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `fn` once, `ms` milliseconds from now, unless the handle is disposed before. */
  after(ms: number, fn: () => void): Disposable;
  /** Calls `fn` every `ms` milliseconds until the handle is disposed. */
  every(ms: number, fn: () => void): Disposable;
}

/** The machine's clock. Its timers don't keep a process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    timer.unref();
    return toDisposable(() => clearTimeout(timer));
  },
  every(ms, fn) {
    const timer = setInterval(fn, ms);
    timer.unref();
    return toDisposable(() => clearInterval(timer));
  },
};

/** The time of `clock` as it goes over the wire: RFC 3339, UTC, milliseconds. */
export function timestamp(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
