import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { toDisposable } from '../../util/lifecycle.ts';

/**
 * Runs `fn` once, `ms` milliseconds after the first of any number of calls of `request`, which asks for them; not at all after `dispose`.
 */
export interface Coalesced extends Disposable {
  request(): void;
}

export function coalesce(clock: Clock, ms: number | (() => number), fn: () => void): Coalesced {
  let due: Disposable | undefined;
  let disposed = false;
  return {
    request() {
      if (disposed || due !== undefined) return;
      due = clock.after(typeof ms === 'number' ? ms : ms(), () => {
        due = undefined;
        if (!disposed) fn();
      });
    },
    ...toDisposable(() => {
      disposed = true;
      due?.dispose();
    }),
  };
}
