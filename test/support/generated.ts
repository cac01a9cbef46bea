import * as fc from 'fast-check';

// Histories and values that are made up, in all tests: always the same ones, so that a test that passed passes. `npm run faults` says by
// these variables that there are others, and more of them.

const times = Number(process.env['AGENTRQ_TIMES'] ?? 1);

fc.configureGlobal({ seed: Number(process.env['AGENTRQ_SEED'] ?? 1), numRuns: runs(100) });

/** How many are made up where `usual` are enough in `npm test`. */
export function runs(usual: number): number {
  return usual * times;
}
