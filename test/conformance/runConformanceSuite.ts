import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnv, tail } from '../host/runStep.ts';
import { type ConformanceSuite, programOf } from './conformanceSuites.ts';
import { checkSums, readResults, type ScenarioResult } from './results.ts';

/**
 * What a suite found out about the server at `url`.
 * @throws Error if it doesn't get to its end, or its sums are not those of its results
 */
export async function runConformanceSuite(suite: ConformanceSuite, url: string): Promise<ScenarioResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'agentrq-conformance-'));
  try {
    const output = await run([programOf(suite), 'server', '--url', url, '--output-dir', folder, ...suite.args]);
    const results = readResults(folder);
    const problems = checkSums(output, results);
    if (problems.length > 0) throw new Error(`The suite can't be believed: ${problems.join('; ')}. Its last lines:\n${tail(output)}`);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** All that it said. Its exit code is no matter: it knows nothing of our baseline. */
function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const child = spawn(process.execPath, args, { env: childEnv(), stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', () => resolve(output));
  });
}
