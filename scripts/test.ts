import { join } from 'node:path';
import { bundle } from '../esbuild.mjs';
import { describeError } from '../src/util/errors.ts';
import { ensureHost } from '../test/host/ensureHost.ts';
import { runSuite, type SuiteResult } from './runSuite.ts';
import { root, type Suite, suites } from './suites.ts';

// npm test: every test there is. What a machine lacks for it (VS Code as a server, Chromium) is installed first. The last line
// says how it went.

const limitMs = 20 * 60_000;

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const failed: SuiteResult = { passed: 0, failed: 1 };
const total = { passed: 0, failed: 0 };

const built = await step('Build', () => bundle(join(root, 'dist')));
let host: Promise<boolean> | undefined;
for (const suite of suites) {
  if (built && suite.needsHost) host ??= step('VS Code and Chromium', () => ensureHost({ log: (line) => console.log(line) }));
  const result = built && (await (host ?? true)) ? await runAndTell(suite) : { ...failed, trouble: 'what it needs is not there' };
  if (result.trouble !== undefined) console.log(`${suite.heading}: ${result.trouble}. That counts as a failure.`);
  total.passed += result.passed;
  total.failed += result.failed;
}

console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function runAndTell(suite: Suite): Promise<SuiteResult> {
  const { args, name, heading } = suite;
  console.log(`\n== ${heading}`);
  const startedAt = performance.now();
  const result = await runSuite({ args, cwd: root, countsPath: join(root, 'out', 'test', `${name}.json`), limitMs });
  console.log(`${heading}: ${result.passed} passed, ${result.failed} failed in ${secondsSince(startedAt)} s`);
  return result;
}

/** Whether it could be done. */
async function step(heading: string, doIt: () => Promise<unknown>): Promise<boolean> {
  console.log(`\n== ${heading}`);
  const startedAt = performance.now();
  try {
    await doIt();
    console.log(`${heading}: done in ${secondsSince(startedAt)} s`);
    return true;
  } catch (error) {
    console.log(`${heading}: failed after ${secondsSince(startedAt)} s. ${describeError(error)}`);
    return false;
  }
}

function secondsSince(startedAt: number): string {
  return ((performance.now() - startedAt) / 1000).toFixed(1);
}
