import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundleAll } from '../esbuild.mjs';
import { systemClock } from '../src/util/clock.ts';
import { describeError } from '../src/util/errors.ts';
import { ensureHost } from '../test/host/ensureHost.ts';
import { createOutputTurns, type Output } from './outputTurns.ts';
import { runSuite, type SuiteResult } from './runSuite.ts';
import { runTogether } from './runTogether.ts';
import { root, type Suite, slices, suites } from './suites.ts';

// npm test: every test there is, three suites at a time: the tests of the workbench, in two parts, take as long as all others together, and
// none keeps a core busy all the time. What a machine lacks for them (VS Code as a server, Chromium) is installed first.
// With names of suites (`npm test -- unit guards`) only those; with `--ci`, the static checks and a slice of each long command as well.
// At the end stands each test that failed, once more; the last line says how it went.

// Far beyond what a suite takes beside others on a busy machine: it ends one that hangs.
const limitMs = 45 * 60_000;

process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const { values, positionals: names } = parseArgs({ options: { ci: { type: 'boolean', default: false } }, allowPositionals: true });
const all = [...suites, ...slices];
const namesOf = ({ name, partOf }: Suite): string[] => (partOf === undefined ? [name] : [partOf, name]);
const unknown = names.filter((name) => !all.some((suite) => namesOf(suite).includes(name)));
if (unknown.length > 0) {
  console.error(`There is no suite ${unknown.join(', ')}. There are ${[...new Set(all.flatMap(namesOf))].join(', ')}.`);
  process.exit(2);
}
const usual = values.ci ? all : suites;
const chosen = names.length === 0 ? usual : all.filter((suite) => namesOf(suite).some((name) => names.includes(name)));

const turns = createOutputTurns((chunk) => process.stdout.write(chunk));
const total = { passed: 0, failed: 0 };
const lines: string[] = [];
const failures: string[] = [];
let host: Promise<boolean> | undefined;

const startedAt = performance.now();
const buildOutput = turns.begin();
const built = await step('Build', buildOutput, () => bundleAll(join(root, 'dist')));
buildOutput.end();
await runTogether(chosen, Math.min(3, availableParallelism() + 1), async (suite) => {
  const output = turns.begin();
  output.write(`\n== ${suite.heading}\n`);
  const suiteStartedAt = performance.now();
  const result = await run(suite, output);
  const line = `${suite.heading}: ${result.passed} passed, ${result.failed} failed in ${secondsSince(suiteStartedAt)} s`;
  output.write(`${line}\n`);
  const trouble = result.trouble === undefined ? [] : [`${suite.heading}: ${result.trouble}. That counts as a failure.`];
  for (const sentence of trouble) output.write(`${sentence}\n`);
  output.end();
  lines.push(line);
  failures.push(...trouble, ...result.failures.map((failure) => `${suite.heading}: ${failure}`));
  total.passed += result.passed;
  total.failed += result.failed;
});

if (failures.length > 0) console.log(`\n== What failed\n${failures.join('\n\n')}`);
console.log(`\n== All in ${secondsSince(startedAt)} s\n${lines.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;

async function run({ args, name, needsHost }: Suite, output: Output): Promise<SuiteResult> {
  const log = (line: string): void => output.write(`${line}\n`);
  if (built && needsHost) host ??= step('VS Code and Chromium', output, () => ensureHost({ log }));
  if (!built || (needsHost && !(await host))) return { passed: 0, failed: 1, failures: [], trouble: 'what it needs is not there' };
  const countsPath = join(root, 'out', 'test', `${name}.json`);
  return await runSuite({ args, cwd: root, countsPath, limitMs, clock: systemClock, write: (chunk) => output.write(chunk) });
}

/** Whether it could be done. */
async function step(heading: string, output: Output, doIt: () => Promise<unknown>): Promise<boolean> {
  const stepStartedAt = performance.now();
  try {
    await doIt();
    output.write(`${heading}: done in ${secondsSince(stepStartedAt)} s\n`);
    return true;
  } catch (error) {
    output.write(`${heading}: failed after ${secondsSince(stepStartedAt)} s. ${describeError(error)}\n`);
    return false;
  }
}

function secondsSince(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
