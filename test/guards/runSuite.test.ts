import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSuite, type SuiteResult } from '../../scripts/runSuite.ts';
import { mocha, root } from '../../scripts/suites.ts';
import type { Clock } from '../../src/util/clock.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { waitFor } from '../support/waitFor.ts';

const writeCounts = (text: string): string => `require('node:fs').writeFileSync(process.env.AGENTRQ_TEST_COUNTS, '${text}');`;
const counts = (passed: number, failed: number, failures: string[] = []): string =>
  writeCounts(JSON.stringify({ passed, failed, failures }));

describe('runSuite', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'agentrq-suite-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs `code` as if it were a suite. */
  let printed = '';
  function run(code: string | { args: string[] }, clock: Clock = createFakeClock()): ReturnType<typeof runSuite> {
    printed = '';
    const write = (chunk: Uint8Array): void => void (printed += Buffer.from(chunk).toString());
    const args = typeof code === 'string' ? ['-e', code] : code.args;
    return runSuite({ args, cwd: folder, countsPath: join(folder, 'counts', 'suite.json'), limitMs: 60_000, clock, write });
  }

  it('takes the counts that the suite leaves behind', async () => {
    assert.deepEqual(await run(counts(3, 0)), { passed: 3, failed: 0, failures: [] });
    assert.deepEqual(await run(`${counts(3, 2, ['one', 'two'])} process.exit(2);`), { passed: 3, failed: 2, failures: ['one', 'two'] });
  });

  it('tells which tests and hooks of Mocha failed, and how, with one process or several', async () => {
    writeFileSync(
      join(folder, 'sums.test.js'),
      "describe('sums', () => { it('hold', () => {}); it('fail', () => { throw new Error('a fault'); }); });",
    );
    writeFileSync(
      join(folder, 'hooks.test.js'),
      "describe('hooks', () => { before('first', () => { throw new Error('a broken hook'); }); it('is not run', () => {}); });",
    );
    for (const options of [[], ['--parallel']]) {
      const args = mocha([...options, '--no-config', 'sums.test.js', 'hooks.test.js']).map((arg) =>
        existsSync(join(root, arg)) ? join(root, arg) : arg,
      );
      const { passed, failed, failures } = await run({ args });
      assert.deepEqual([passed, failed], [1, 2]);
      const beginnings = failures.map((failure) => failure.split('\n').slice(0, 2).join(':'));
      assert.deepEqual(beginnings.toSorted(), [
        'hooks "before all" hook: first for "is not run":  Error: a broken hook',
        'sums fail:  Error: a fault',
      ]);
    }
  });

  it('hands on all that it prints, and waits for nothing that the suite left running', async () => {
    const child = "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e3)'], { stdio: 'inherit' });";
    await run(`${child} process.stdout.write('a'.repeat(200_000), () => process.stderr.write('end', () => process.exit()));`);
    assert.equal(printed, `${'a'.repeat(200_000)}end`);
  });

  const none = { passed: 0, failed: 1, failures: [] };
  const unwell: [string, string, SuiteResult][] = [
    ['says nothing', '', { ...none, trouble: 'it ended and did not say how it went' }],
    ['crashes', 'process.exit(1);', { ...none, trouble: 'it ended with code 1 and did not say how it went' }],
    ['talks nonsense', writeCounts('{"passed":"3"}'), { ...none, trouble: 'it ended and did not say how it went' }],
    ['has no test', counts(0, 0), { ...none, trouble: 'it ran no test' }],
    ['crashes after its last test', `${counts(3, 0)} process.exit(7);`, { ...none, passed: 3, trouble: 'it ended with code 7' }],
  ];
  for (const [what, code, expected] of unwell) {
    it(`counts a suite that ${what} as a failure`, async () => assert.deepEqual(await run(code), expected));
  }

  it('ends a suite that takes too long, with what it started', async () => {
    const child =
      "const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e3)'], { detached: true });";
    const clock = createFakeClock();
    const write = "require('node:fs').writeFileSync('new', String(child.pid)); require('node:fs').renameSync('new', 'pid');";
    const running = run(`${child} ${write} setInterval(() => {}, 1e3);`, clock);
    await waitFor('the suite to have started a process', () => existsSync(join(folder, 'pid')));
    clock.advance(60_000);
    assert.deepEqual(await running, { ...none, trouble: 'it was stopped at its limit of 60 s and did not say how it went' });
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
