import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStep } from '../host/runStep.ts';
import { bundleSuite } from './runner/bundleSuite.ts';
import { makeSandbox } from './runner/makeSandbox.ts';
import { reportRecords } from './runner/reportRecords.ts';
import { runOnDesktop } from './runner/runOnDesktop.ts';
import { runOnWebHost } from './runner/runOnWebHost.ts';
import { readRecords } from './suiteRecord.ts';

// `node test/vscode/run.ts`: the suite inside a real extension host. In VS Code's server, which is to be had wherever the npm registry
// is; with AGENTRQ_TEST_DESKTOP=1 in desktop VS Code. The counts are left in out/test/vscode.json.

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'out', 'test');
const log = (line: string): void => console.log(`vscode suite: ${line}`);

mkdirSync(out, { recursive: true });
rmSync(join(out, 'vscode.json'), { force: true });
// Ended from outside, it still takes down what it started.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));
const sandbox = await makeSandbox();
process.once('exit', () => sandbox.dispose());

const trouble = await runSuite();
const counts = reportRecords(readRecords(sandbox.records), trouble);
writeFileSync(join(out, 'vscode.json'), `${JSON.stringify(counts)}\n`);
process.exitCode = counts.failed > 0 ? 1 : 0;

/** @returns why there may be no results, unless the host did all that it was told to do */
async function runSuite(): Promise<string | undefined> {
  try {
    await runStep({ what: 'build the bundles', command: process.execPath, args: ['esbuild.mjs'], cwd: root, timeoutMs: 60_000 }, log);
    const { suite, neighbour } = await bundleSuite(join(out, 'vscode'));
    const options = { root, neighbour, suite, sandbox, log };
    await (process.env['AGENTRQ_TEST_DESKTOP'] === '1' ? runOnDesktop(options) : runOnWebHost(options));
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
