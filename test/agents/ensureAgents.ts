import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../host/host.ts';
import { runStep } from '../host/runStep.ts';
import { withInstallLock } from '../host/withInstallLock.ts';

/** The folder that holds the package.json of the agents' programs, its lock file and, once installed, the programs. */
export const agentsFolder = import.meta.dirname;

const lockFile = join(agentsFolder, 'package-lock.json');
/** A copy of the lock file that was installed: written last, so an install that was cut short is done again. */
const stamp = join(agentsFolder, 'node_modules', '.installed.json');

/** Installs the agents' programs, as the lock file has them, unless they are here. About 2 GB, all of it from the npm registry. */
export async function ensureAgents(log: Log): Promise<void> {
  if (await areInstalled()) return;
  await withInstallLock({ folder: agentsFolder, what: 'the agents' }, log, async () => {
    // Asked again under the lock: the process we waited for may have installed them.
    if (await areInstalled()) return;
    // Not `npm ci`: it wants the programs of every platform, which not every mirror of the registry has. The lock file still says which versions.
    await npm('install the agents', ['install', '--no-save', '--ignore-scripts'], log);
    // These put the program of this platform in place, out of a package that is installed already. Nobody else's script is run.
    const rebuild = ['rebuild', '--ignore-scripts=false', '@anthropic-ai/claude-code', 'opencode-ai', 'cline'];
    await npm("put the agents' programs in place", rebuild, log);
    await writeFile(stamp, await readFile(lockFile));
  });
}

async function npm(what: string, args: string[], log: Log): Promise<void> {
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  const hint = 'It needs the npm registry and 2 GB of disk.';
  await runStep({ what, command: 'npm', args: [...args, ...quiet], cwd: agentsFolder, timeoutMs: 15 * 60_000, hint }, log);
}

async function areInstalled(): Promise<boolean> {
  const [wanted, installed] = await Promise.all([lockFile, stamp].map((path) => readFile(path, 'utf8').catch(() => undefined)));
  return wanted !== undefined && wanted === installed;
}
