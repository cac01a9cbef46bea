/** Whether each event has come once, in order. */
export interface Tally {
  take(number: number): void;
  /** Everything up to here has come: the number of the first that hasn't. */
  readonly next: number;
  readonly doubled: number;
  readonly disordered: number;
  /** How many of the first `total` never came. */
  lost(total: number): number;
}

export function createTally(): Tally {
  const missing = new Set<number>();
  let highest = -1;
  let doubled = 0;
  let disordered = 0;
  return {
    take(number) {
      if (number === highest + 1) highest = number;
      else if (number > highest) {
        for (let skipped = highest + 1; skipped < number; skipped += 1) missing.add(skipped);
        highest = number;
      } else if (missing.delete(number)) disordered += 1;
      else doubled += 1;
    },
    get next() {
      return missing.size === 0 ? highest + 1 : Math.min(...missing);
    },
    get doubled() {
      return doubled;
    },
    get disordered() {
      return disordered;
    },
    lost: (total) => missing.size + Math.max(0, total - highest - 1),
  };
}
