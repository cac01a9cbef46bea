/** The delay before the next attempt. It grows with each failure and is random, so that two windows do not retry together. */
export interface Backoff {
  /** Milliseconds until the next attempt. */
  next(): number;
  /** Called after a success: the next failure counts as the first one. */
  reset(): void;
  /** Called when an attempt is likely to succeed now. Returns whether the wait may be skipped, which is once after each success. */
  retryNow(): boolean;
}

/** A connection that lasted this long counts as a success, even if no event came over it. */
export const steadyMs = 10_000;

const baseMs = 250;
const capMs = 10_000;

/** Exponential, with full jitter: from 0 up to 250 ms after the first failure, up to 10 s after the sixth and later ones. */
export function createBackoff(random: () => number): Backoff {
  let ceilingMs = baseMs;
  let retriedNow = false;
  return {
    next() {
      const delayMs = Math.round(random() * ceilingMs);
      ceilingMs = Math.min(capMs, ceilingMs * 2);
      return delayMs;
    },
    reset() {
      ceilingMs = baseMs;
      retriedNow = false;
    },
    retryNow() {
      const allowed = !retriedNow;
      retriedNow = true;
      return allowed;
    },
  };
}
