import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/lifecycle.ts';

/** Makes an attempt again after a failure. The delay grows with each failure and is random, so that two windows do not retry together. */
export interface Retry {
  /** Makes the next attempt after a delay, in place of one that is still to come. @returns the delay in milliseconds */
  later(): number;
  /** Called when an attempt is likely to succeed now: makes it without a delay, which is allowed once after each success. */
  now(): void;
  /** Called after a success: the next failure counts as the first one. */
  succeeded(): void;
  /** What the last attempt had opened has ended after `ms`: long enough counts as a success, even if nothing came of it. */
  lasted(ms: number): void;
  /** Makes none of the attempts that are still to come. */
  cancel(): void;
}

/** A connection that lasted this long counts as a success. */
const steadyMs = 10_000;

const baseMs = 250;
const capMs = 10_000;

/** Exponential, with full jitter: from 0 up to 250 ms after the first failure, up to 10 s after the sixth and later ones. */
export function createRetry({ clock, random }: { clock: Clock; random: () => number }, attempt: () => void): Retry {
  let ceilingMs = baseMs;
  let hurried = false;
  let waiting: Disposable | undefined;

  function succeeded(): void {
    ceilingMs = baseMs;
    hurried = false;
  }

  return {
    later() {
      waiting?.dispose();
      const delayMs = Math.round(random() * ceilingMs);
      ceilingMs = Math.min(capMs, ceilingMs * 2);
      waiting = clock.after(delayMs, attempt);
      return delayMs;
    },
    now() {
      if (hurried) return;
      hurried = true;
      waiting?.dispose();
      attempt();
    },
    succeeded,
    lasted(ms) {
      if (ms >= steadyMs) succeeded();
    },
    cancel: () => waiting?.dispose(),
  };
}
