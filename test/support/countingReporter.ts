import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { TestCounts } from './testCounts.ts';

/** Mocha's usual report, and how many tests passed and failed in the file that `AGENTRQ_TEST_COUNTS` names. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const path = process.env['AGENTRQ_TEST_COUNTS'];
    if (path === undefined) return;
    runner.once('end', () => {
      const counts: TestCounts = { passed: this.stats.passes, failed: this.stats.failures };
      writeFileSync(path, JSON.stringify(counts));
    });
  }
}
