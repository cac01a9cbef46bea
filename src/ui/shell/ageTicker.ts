import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';

/** Ages are shown in steps of ten seconds at most, so this is often enough. */
const tickMs = 10_000;

/** Updates texts with ages while they are visible. */
export interface AgeTicker extends Disposable {
  /** Starts or stops the updates. */
  show(visible: boolean): void;
}

/** @param look called for each update */
export function createAgeTicker(clock: Clock, onTick: () => void): AgeTicker {
  let tick: Disposable | undefined;
  return {
    show(visible) {
      if (visible === (tick !== undefined)) return;
      tick?.dispose();
      tick = visible ? clock.every(tickMs, onTick) : undefined;
    },
    dispose() {
      tick?.dispose();
      tick = undefined;
    },
  };
}
