import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';

/** Ages under a minute are told in steps of ten seconds, and none changes more often. */
const tickMs = 10_000;

/** Looks at what tells ages from time to time, as long as somebody sees it. */
export interface AgeTicker extends Disposable {
  /** Somebody sees it now, or nobody does any more. */
  show(visible: boolean): void;
}

/** `look` tells of what reads otherwise than before, and of nothing else. */
export function createAgeTicker(clock: Clock, look: () => void): AgeTicker {
  let tick: Disposable | undefined;
  return {
    show(visible) {
      if (visible === (tick !== undefined)) return;
      tick?.dispose();
      tick = visible ? clock.every(tickMs, look) : undefined;
    },
    dispose() {
      tick?.dispose();
      tick = undefined;
    },
  };
}
