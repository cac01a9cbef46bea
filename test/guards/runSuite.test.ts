import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuite } from '../../scripts/runSuite.ts';
import { waitFor } from '../support/waitFor.ts';

const writeCounts = (text: string): string => `require('node:fs').writeFileSync(process.env.AGENTRQ_TEST_COUNTS, '${text}');`;

describe('runSuite', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'agentrq-suite-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs `code` as if it were a suite. */
  function run(code: string, limitMs = 10_000): ReturnType<typeof runSuite> {
    return runSuite({ args: ['-e', code], cwd: folder, countsPath: join(folder, 'counts', 'suite.json'), limitMs });
  }

  it('takes the counts that the suite leaves behind', async () => {
    assert.deepEqual(await run(writeCounts('{"passed":3,"failed":0}')), { passed: 3, failed: 0 });
    assert.deepEqual(await run(`${writeCounts('{"passed":3,"failed":2}')} process.exit(2);`), { passed: 3, failed: 2 });
  });

  const unwell: [string, string, { passed: number; failed: number; trouble: string }][] = [
    ['says nothing', '', { passed: 0, failed: 1, trouble: 'it ended and did not say how it went' }],
    ['crashes', 'process.exit(1);', { passed: 0, failed: 1, trouble: 'it ended with code 1 and did not say how it went' }],
    ['talks nonsense', writeCounts('{"passed":"3"}'), { passed: 0, failed: 1, trouble: 'it ended and did not say how it went' }],
    ['has no test', writeCounts('{"passed":0,"failed":0}'), { passed: 0, failed: 1, trouble: 'it ran no test' }],
    [
      'crashes after its last test',
      `${writeCounts('{"passed":3,"failed":0}')} process.exit(7);`,
      { passed: 3, failed: 1, trouble: 'it ended with code 7' },
    ],
  ];
  for (const [what, code, expected] of unwell) {
    it(`counts a suite that ${what} as a failure`, async () => assert.deepEqual(await run(code), expected));
  }

  it('ends a suite that takes too long, with what it started', async () => {
    const child =
      "const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e3)'], { detached: true });";
    const result = await run(`${child} require('node:fs').writeFileSync('pid', String(child.pid)); setInterval(() => {}, 1e3);`, 1_000);
    assert.deepEqual(result, { passed: 0, failed: 1, trouble: 'it was stopped at its limit of 1 s and did not say how it went' });
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    await waitFor('the process that it started to end', () => {
      try {
        process.kill(pid, 0);
        // One that has ended stays in the table until somebody asks how; there it is a zombie.
        return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
      } catch {
        return true;
      }
    });
  });
});
