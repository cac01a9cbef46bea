/** How long to wait before the next attempt: longer after each failure, and never the same for two windows. */
export interface Backoff {
  /** Milliseconds until the next attempt. */
  next(): number;
  /** It worked: the next failure counts as the first one. */
  reset(): void;
  /** There is reason to think that it works now. Whether not to wait is allowed, as it is once after each success. */
  hurry(): boolean;
}

/** A connection that held for this long was a good one, even if it said nothing. */
export const steadyMs = 10_000;

const baseMs = 250;
const capMs = 10_000;

/** Exponential, with full jitter: from 0 up to 250 ms after the first failure, up to 10 s after the sixth and later ones. */
export function createBackoff(random: () => number): Backoff {
  let ceilingMs = baseMs;
  let hurried = false;
  return {
    next() {
      const delayMs = Math.round(random() * ceilingMs);
      ceilingMs = Math.min(capMs, ceilingMs * 2);
      return delayMs;
    },
    reset() {
      ceilingMs = baseMs;
      hurried = false;
    },
    hurry() {
      const allowed = !hurried;
      hurried = true;
      return allowed;
    },
  };
}
