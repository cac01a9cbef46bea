import * as fc from 'fast-check';

// Histories and values that are made up, in all tests: always the same ones, so that a test that passed passes. `npm run faults` says by
// these variables that there are others, and more of them.

const times = Number(process.env['AGENTRQ_TIMES'] ?? 1);

/** What all of it is made from. */
export const seed = Number(process.env['AGENTRQ_SEED'] ?? 1);

fc.configureGlobal({ seed, numRuns: runs(100) });

/** How many are made up where `usual` are enough in `npm test`. */
export function runs(usual: number): number {
  return usual * times;
}

/** Numbers from 0 up to 1 that look drawn by lot, the same ones after each call. */
export function drawn(): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
