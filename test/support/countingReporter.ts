import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { TestCounts } from './testCounts.ts';

/** Mocha's usual report. The file that `AGENTRQ_TEST_COUNTS` names tells how many tests passed, how many failed, and which these are. */
export default class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const path = process.env['AGENTRQ_TEST_COUNTS'];
    if (path === undefined) return;
    runner.once('end', () => {
      const counts: TestCounts = { passed: this.stats.passes, failed: this.stats.failures, failures: this.failures.map(describeFailure) };
      writeFileSync(path, JSON.stringify(counts));
    });
  }
}

function describeFailure(test: Mocha.Test): string {
  const { message, stack } = test.err ?? {};
  return `${test.fullTitle()}\n${(stack ?? message ?? 'No error was given.').replaceAll(/^/gm, '  ')}`;
}
