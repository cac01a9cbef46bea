import type { TestCounts } from '../../support/testCounts.ts';
import type { SuiteRecord } from '../suiteRecord.ts';

/** Prints every test, and counts. What is missing at the end counts as one failure, and so does a run without a test. */
export function reportRecords(records: readonly SuiteRecord[], trouble: string | undefined): TestCounts {
  const counts: TestCounts = { passed: 0, failed: 0, failures: [] };
  for (const record of records) {
    if (record.kind === 'end') continue;
    counts[record.kind] += 1;
    if (record.kind === 'passed') console.log(`  ✔ ${record.title} (${record.ms} ms)`);
    else fail(`${record.title}\n${indented(record.error)}`);
  }
  const missing = trouble ?? whatIsMissing(records, counts);
  if (missing !== undefined) {
    counts.failed += 1;
    fail(indented(missing).trimStart());
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  return counts;

  function fail(how: string): void {
    console.log(`  ✗ ${how}`);
    counts.failures.push(how);
  }
}

function whatIsMissing(records: readonly SuiteRecord[], { passed, failed }: TestCounts): string | undefined {
  if (!records.some(({ kind }) => kind === 'end')) return 'The extension host ended before its suite did.';
  return passed + failed === 0 ? 'No test ran.' : undefined;
}

function indented(text: string): string {
  return text.replace(/^/gm, '      ');
}
