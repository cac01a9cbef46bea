import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { childEnv } from '../test/host/runStep.ts';
import type { TestCounts } from '../test/support/testCounts.ts';
import { endTree } from './endTree.ts';

/** How a suite went. */
export interface SuiteResult extends TestCounts {
  /** What went wrong besides tests that failed. */
  trouble?: string;
}

/**
 * Runs a suite in a process of its own and reads how it went from the file that it leaves behind. One that crashes, says nothing,
 * has no test or doesn't end in time has failed, whatever it reported.
 */
export async function runSuite(suite: { args: readonly string[]; cwd: string; countsPath: string; limitMs: number }): Promise<SuiteResult> {
  const { countsPath } = suite;
  await mkdir(dirname(countsPath), { recursive: true });
  await rm(countsPath, { force: true });
  const ended = await run(suite);
  const counts = readCounts(await readFile(countsPath, 'utf8').catch(() => ''));
  const { passed, failed } = counts ?? { passed: 0, failed: 0 };
  const trouble = troubleOf(ended, counts);
  return trouble === undefined ? { passed, failed } : { passed, failed: Math.max(failed, 1), trouble };
}

/** How it ended: "ended with code 1"; or undefined for success. */
function run(suite: { args: readonly string[]; cwd: string; countsPath: string; limitMs: number }): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, suite.args, {
      cwd: suite.cwd,
      env: childEnv({ AGENTRQ_TEST_COUNTS: suite.countsPath }),
      stdio: ['ignore', 'inherit', 'inherit'],
      // A group of its own, so that it can be ended with all that it started.
      detached: true,
    });
    let timedOut = false;
    const endAll = (): void => endTree(child);
    const timer = setTimeout(() => {
      timedOut = true;
      endAll();
    }, suite.limitMs);
    process.once('exit', endAll);
    const finish = (how: string | undefined): void => {
      clearTimeout(timer);
      process.off('exit', endAll);
      resolve(timedOut ? `was stopped at its limit of ${suite.limitMs / 1000} s` : how);
    };
    child.once('error', (error) => finish(`could not start (${error.message})`));
    child.once('exit', (code, signal) => finish(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`));
  });
}

function readCounts(text: string): TestCounts | undefined {
  try {
    const { passed, failed } = JSON.parse(text) as Partial<TestCounts>;
    return Number.isInteger(passed) && Number.isInteger(failed) ? ({ passed, failed } as TestCounts) : undefined;
  } catch {
    return undefined;
  }
}

function troubleOf(ended: string | undefined, counts: TestCounts | undefined): string | undefined {
  if (counts === undefined) return `it ${ended ?? 'ended'} and did not say how it went`;
  if (counts.passed + counts.failed === 0) return 'it ran no test';
  return ended !== undefined && counts.failed === 0 ? `it ${ended}` : undefined;
}
