import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { TestCounts } from '../test/support/testCounts.ts';
import { root } from './suites.ts';

// npm run check:static: every check that runs no test. A check counts like a test. With AGENTRQ_TEST_COUNTS, how many passed and failed
// is left in that file.

const checks = ['format:check', 'lint', 'types', 'dead'];

const counts: TestCounts = { passed: 0, failed: 0, failures: [] };
for (const check of checks) {
  const passed = await succeeds(check);
  counts[passed ? 'passed' : 'failed'] += 1;
  if (!passed) counts.failures.push(`npm run ${check} failed.`);
}
for (const failure of counts.failures) console.log(failure);
const countsPath = process.env['AGENTRQ_TEST_COUNTS'];
if (countsPath !== undefined) writeFileSync(countsPath, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

function succeeds(script: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
