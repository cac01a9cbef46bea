import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/lifecycle.ts';

/** Does one thing after the other, each at least `gapMs` after the one before it; the first at once. Nothing more after `dispose`. */
export interface Pace extends Disposable {
  run(fn: () => void): void;
}

export function createPace(clock: Clock, gapMs: number): Pace {
  const waiting: (() => void)[] = [];
  let due: Disposable | undefined;

  function next(): void {
    due = undefined;
    const fn = waiting.shift();
    if (fn === undefined) return;
    due = clock.after(gapMs, next);
    fn();
  }

  return {
    run(fn) {
      waiting.push(fn);
      if (due === undefined) next();
    },
    dispose() {
      waiting.length = 0;
      due?.dispose();
    },
  };
}
