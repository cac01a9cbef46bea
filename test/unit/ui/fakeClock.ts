import type { Clock } from '../../../src/util/clock.ts';
import type { Disposable } from '../../../src/util/lifecycle.ts';
import { toDisposable } from '../../../src/util/lifecycle.ts';

/** Time that stands still until it is moved. */
export class FakeClock implements Clock {
  #now: number;
  #timers: { at: number; fn: () => void }[] = [];

  constructor(now: number) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, fn: () => void): Disposable {
    const timer = { at: this.#now + ms, fn };
    this.#timers.push(timer);
    return toDisposable(() => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    });
  }

  every(ms: number, fn: () => void): Disposable {
    let current: Disposable;
    const arm = (): Disposable =>
      this.after(ms, () => {
        current = arm();
        fn();
      });
    current = arm();
    return toDisposable(() => current.dispose());
  }

  /** Runs what is due within `ms`, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.at;
      next.fn();
    }
    this.#now = end;
  }
}
