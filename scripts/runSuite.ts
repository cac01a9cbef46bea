import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../src/util/clock.ts';
import { childEnv } from '../test/host/runStep.ts';
import type { TestCounts } from '../test/support/testCounts.ts';
import { endGroup, endTree } from './endTree.ts';

/** How a suite went. */
export interface SuiteResult extends TestCounts {
  /** What went wrong besides tests that failed. */
  trouble?: string;
}

/** A suite as it is run. */
export interface SuiteRun {
  /** What this Node is given to run. */
  args: readonly string[];
  cwd: string;
  /** The file in which it leaves its counts. */
  countsPath: string;
  limitMs: number;
  clock: Clock;
  /** Takes what it prints. */
  write(chunk: Uint8Array): void;
}

/**
 * Runs a suite in a process of its own and reads how it went from the file that it leaves behind. One that crashes, says nothing,
 * has no test or doesn't end in time has failed, whatever it reported.
 */
export async function runSuite(suite: SuiteRun): Promise<SuiteResult> {
  const { countsPath } = suite;
  await mkdir(dirname(countsPath), { recursive: true });
  await rm(countsPath, { force: true });
  const ended = await run(suite);
  const counts = readCounts(await readFile(countsPath, 'utf8').catch(() => ''));
  const result = counts ?? { passed: 0, failed: 0, failures: [] };
  const trouble = troubleOf(ended, counts);
  return trouble === undefined ? result : { ...result, failed: Math.max(result.failed, 1), trouble };
}

/** How it ended: "ended with code 1"; or undefined for success. */
function run(suite: SuiteRun): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, suite.args, {
      cwd: suite.cwd,
      env: childEnv({ AGENTRQ_TEST_COUNTS: suite.countsPath }),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that it can be ended with all that it started.
      detached: true,
    });
    child.stdout.on('data', suite.write);
    child.stderr.on('data', suite.write);
    let timedOut = false;
    const endAll = (): void => endTree(child);
    const timer = suite.clock.after(suite.limitMs, () => {
      timedOut = true;
      endAll();
    });
    process.once('exit', endAll);
    const finish = (how: string | undefined): void => {
      timer.dispose();
      process.off('exit', endAll);
      resolve(timedOut ? `was stopped at its limit of ${suite.limitMs / 1000} s` : how);
    };
    child.once('error', (error) => finish(`could not start (${error.message})`));
    // What is left of its group ends with it: it could keep the output open.
    child.once('exit', () => endGroup(child));
    child.once('close', (code, signal) => finish(code === 0 ? undefined : `ended with ${signal ?? `code ${code}`}`));
  });
}

function readCounts(text: string): TestCounts | undefined {
  try {
    const { passed, failed, failures } = JSON.parse(text) as Partial<TestCounts>;
    return Number.isInteger(passed) && Number.isInteger(failed) && Array.isArray(failures)
      ? ({ passed, failed, failures } as TestCounts)
      : undefined;
  } catch {
    return undefined;
  }
}

function troubleOf(ended: string | undefined, counts: TestCounts | undefined): string | undefined {
  if (counts === undefined) return `it ${ended ?? 'ended'} and did not say how it went`;
  if (counts.passed + counts.failed === 0) return 'it ran no test';
  return ended !== undefined && counts.failed === 0 ? `it ${ended}` : undefined;
}
