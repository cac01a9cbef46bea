import { appendFileSync, readFileSync } from 'node:fs';

/** One line of the file through which the suite tells its runner how it goes; a window of an editor has no exit code. */
export type SuiteRecord =
  | { kind: 'passed'; title: string; ms: number }
  | { kind: 'failed'; title: string; error: string }
  /** The last one. Without it the extension host ended before its suite did. */
  | { kind: 'end' };

/** The variable that names the file. */
export const recordsVariable = 'AGENTRQ_TEST_RECORDS';

/** Written at once and line by line, so that a host that crashes leaves behind what it had done. */
export function writeRecord(file: string, record: SuiteRecord): void {
  appendFileSync(file, `${JSON.stringify(record)}\n`);
}

/** Everything so far; the file must be there. */
export function readRecords(file: string): SuiteRecord[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as SuiteRecord);
}
