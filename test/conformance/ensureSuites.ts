import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../host/host.ts';
import { runStep } from '../host/runStep.ts';
import { withInstallLock } from '../host/withInstallLock.ts';
import { suitesFolder } from './conformanceSuites.ts';

const lockFile = join(suitesFolder, 'package-lock.json');
/** A copy of the lock file that was installed: written last, so an install that was cut short is done again. */
const stamp = join(suitesFolder, 'node_modules', '.installed.json');

/** Installs the suites, as the lock file has them, unless they are here. */
export async function ensureSuites(log: Log): Promise<void> {
  if (await areInstalled()) return;
  await withInstallLock({ folder: suitesFolder, what: 'the conformance suites' }, log, async () => {
    // Asked again under the lock: the process we waited for may have installed them.
    if (await areInstalled()) return;
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
    const step = { what: 'install the conformance suites', command: 'npm', args, cwd: suitesFolder, timeoutMs: 5 * 60_000 };
    await runStep({ ...step, hint: 'It needs the npm registry.' }, log);
    await writeFile(stamp, await readFile(lockFile));
  });
}

async function areInstalled(): Promise<boolean> {
  const [wanted, installed] = await Promise.all([lockFile, stamp].map((path) => readFile(path, 'utf8').catch(() => undefined)));
  return wanted !== undefined && wanted === installed;
}
