import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../host/host.ts';
import { runStep } from '../host/runStep.ts';
import { withInstallLock } from '../host/withInstallLock.ts';

/** The folder that holds the package.json of the agents, and the lock file that says the version of everything. */
export const agentsFolder = import.meta.dirname;

const lockFile = join(agentsFolder, 'package-lock.json');

/** Packages whose own script puts the program of this platform in place, out of a package that is installed already. */
const placing: ReadonlySet<string> = new Set(['@anthropic-ai/claude-code', 'opencode-ai', 'cline']);

/** Where the packages of one agent are, each agent in a folder of its own. */
export function modulesOf(packageName: string): string {
  return join(folderOf(packageName), 'node_modules');
}

/** Installs one agent, as the lock file has it, unless it is here: up to half a gigabyte, all of it from the npm registry. */
export async function ensureAgent(packageName: string, log: Log): Promise<void> {
  if (await isInstalled(packageName)) return;
  await mkdir(folderOf(packageName), { recursive: true });
  await withInstallLock({ folder: agentsFolder, what: 'an agent' }, log, async () => {
    // Asked again under the lock: the process we waited for may have installed it.
    if (!(await isInstalled(packageName))) await install(packageName, log);
  });
}

async function install(packageName: string, log: Log): Promise<void> {
  const folder = folderOf(packageName);
  const { dependencies } = JSON.parse(await readFile(join(agentsFolder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ private: true, dependencies: { [packageName]: dependencies[packageName] } }),
  );
  await writeFile(join(folder, 'package-lock.json'), await readFile(lockFile));
  const npm = async (what: string, args: string[]): Promise<void> => {
    const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
    const hint = 'It needs the npm registry and half a gigabyte of disk.';
    await runStep({ what, command: 'npm', args: [...args, ...quiet], cwd: folder, timeoutMs: 10 * 60_000, hint }, log);
  };
  // Not `npm ci`: it wants the programs of every platform, which not every mirror of the registry has. The versions are the lock file's.
  await npm(`install ${packageName}`, ['install', '--no-save', '--ignore-scripts']);
  if (placing.has(packageName)) await npm(`put ${packageName} in place`, ['rebuild', '--ignore-scripts=false', packageName]);
  await writeFile(stampOf(packageName), await readFile(lockFile));
}

/** A copy of the lock file that was installed: written last, so an install that was cut short is done again. */
function stampOf(packageName: string): string {
  return join(folderOf(packageName), 'installed.json');
}

function folderOf(packageName: string): string {
  return join(agentsFolder, 'node_modules', '.agents', packageName.replace('/', '+'));
}

async function isInstalled(packageName: string): Promise<boolean> {
  const [wanted, installed] = await Promise.all(
    [lockFile, stampOf(packageName)].map((path) => readFile(path, 'utf8').catch(() => undefined)),
  );
  return wanted !== undefined && wanted === installed;
}
