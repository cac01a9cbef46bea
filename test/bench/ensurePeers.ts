import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../host/host.ts';
import { runStep } from '../host/runStep.ts';
import { withInstallLock } from '../host/withInstallLock.ts';

/** The folder that holds the package.json of the libraries that are measured beside the hub, its lock file and, once installed, them. */
export const peersFolder = import.meta.dirname;

const lockFile = join(peersFolder, 'package-lock.json');
/** A copy of the lock file that was installed: written last, so an install that was cut short is done again. */
const stamp = join(peersFolder, 'node_modules', '.installed.json');

/** Installs the libraries that are measured beside the hub, as the lock file has them, unless they are here. */
export async function ensurePeers(log: Log): Promise<void> {
  if (await areInstalled()) return;
  await withInstallLock({ folder: peersFolder, what: 'what the benchmarks measure beside the hub' }, log, async () => {
    // Asked again under the lock: the process we waited for may have installed them.
    if (await areInstalled()) return;
    const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier'];
    const step = { what: 'install better-sse', command: 'npm', args, cwd: peersFolder, timeoutMs: 5 * 60_000 };
    await runStep({ ...step, hint: 'It needs the npm registry.' }, log);
    await writeFile(stamp, await readFile(lockFile));
  });
}

async function areInstalled(): Promise<boolean> {
  const [wanted, installed] = await Promise.all([lockFile, stamp].map((path) => readFile(path, 'utf8').catch(() => undefined)));
  return wanted !== undefined && wanted === installed;
}
