import { join } from 'node:path';
import type { MochaOptions, Runner } from 'mocha';
import { originalStack } from './originalStack.ts';
import { recordsVariable, writeRecord } from './suiteRecord.ts';

/** The tests, bundled beside this module. A module of their own, because source maps are kept of what is loaded from then on. */
const tests = join(__dirname, 'tests.cjs');

/** What the extension host calls once it is up. It is done when every test has run; it fails if one of them did. */
export async function run(): Promise<void> {
  const file = process.env[recordsVariable];
  if (file === undefined) throw new Error(`${recordsVariable} must name the file for the results.`);
  process.setSourceMapsEnabled(true);
  let failures = 0;
  try {
    failures = await runTests(file);
  } catch (error) {
    failures = 1;
    writeRecord(file, { kind: 'failed', title: 'the suite itself', error: textOf(error) });
  }
  writeRecord(file, { kind: 'end' });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

async function runTests(file: string): Promise<number> {
  const { default: Mocha } = await import('mocha');
  // Its plainest reporter says nothing. A test that is skipped, or that keeps the others from running, is a failure like any other.
  const options: MochaOptions = { ui: 'bdd', timeout: 180_000, forbidOnly: true, forbidPending: true, reporter: Mocha.reporters.Base };
  const mocha = new Mocha(options);
  mocha.addFile(tests);
  await mocha.loadFilesAsync();
  return new Promise((resolve) => {
    const runner: Runner = mocha.run(resolve);
    runner.on('pass', (test) => writeRecord(file, { kind: 'passed', title: test.fullTitle(), ms: test.duration ?? 0 }));
    runner.on('fail', (test, error: unknown) => writeRecord(file, { kind: 'failed', title: test.fullTitle(), error: textOf(error) }));
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? originalStack(error) : String(error);
}
