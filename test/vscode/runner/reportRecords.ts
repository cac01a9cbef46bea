import type { SuiteRecord } from '../suiteRecord.ts';

/** How many tests passed and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

/** Prints every test, and counts. What is missing at the end counts as one failure, and so does a run without a test. */
export function reportRecords(records: readonly SuiteRecord[], trouble: string | undefined): Counts {
  const counts: Counts = { passed: 0, failed: 0 };
  for (const record of records) {
    if (record.kind === 'end') continue;
    counts[record.kind] += 1;
    if (record.kind === 'passed') console.log(`  ✔ ${record.title} (${record.ms} ms)`);
    else console.log(`  ✗ ${record.title}\n${indented(record.error)}`);
  }
  const missing = trouble ?? whatIsMissing(records, counts);
  if (missing !== undefined) {
    counts.failed += 1;
    console.log(`  ✗ ${indented(missing).trimStart()}`);
  }
  console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
  return counts;
}

function whatIsMissing(records: readonly SuiteRecord[], { passed, failed }: Counts): string | undefined {
  if (!records.some(({ kind }) => kind === 'end')) return 'The extension host ended before its suite did.';
  return passed + failed === 0 ? 'No test ran.' : undefined;
}

function indented(text: string): string {
  return text.replace(/^/gm, '      ');
}
