import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from './host.ts';
import { hostFolder, serverFolderIn } from './host.ts';
import { runStep } from './runStep.ts';

const manifests = ['package.json', 'package-lock.json'] as const;
const stampName = '.web-host-stamp.json';
const stagingPrefix = '.staging-';
const minuteMs = 60_000;

/** VS Code's server and what a complete install of it looks like. */
const installed = join(hostFolder, 'node_modules');

/** Whether the server is here, complete, and of the version and Node that are wanted now. */
export async function isServerInstalled(): Promise<boolean> {
  const stamp = await readFile(join(installed, stampName), 'utf8').catch(() => undefined);
  return stamp === (await wantedStamp());
}

/**
 * Installs VS Code's server. Everything happens in a folder beside, which is moved into place when it is complete: an
 * install that was cut short, or whose npm still runs after its parent was killed, can't leave a half server behind.
 */
export async function installServer(log: Log): Promise<void> {
  await removeLeftovers();
  const staging = await mkdtemp(join(hostFolder, stagingPrefix));
  try {
    for (const name of manifests) await cp(join(hostFolder, name), join(staging, name));
    const modules = join(staging, 'node_modules');
    await npm(staging, "install VS Code's server", ['ci', '--ignore-scripts'], log);
    // The server has a lock file of its own; its install script would need headers a plain machine lacks.
    const server = serverFolderIn(modules);
    const ci = ['ci', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps'];
    await npm(server, 'install what the server depends on', ci, log);
    // Without the watchdog the extension host ends at its start; without spdlog its log is full of errors.
    const rebuild = ['rebuild', '--ignore-scripts=false', '@vscode/native-watchdog', '@vscode/spdlog'];
    await npm(server, "build the server's native modules", rebuild, log);
    await writeFile(join(modules, stampName), await wantedStamp());
    await rm(installed, { recursive: true, force: true });
    await rename(modules, installed);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function npm(cwd: string, what: string, args: string[], log: Log): Promise<void> {
  const hint = args[0] === 'rebuild' ? 'It needs python3, make and g++.' : 'It needs the npm registry.';
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  await runStep({ what, command: 'npm', args: [...args, ...quiet], cwd, timeoutMs: 10 * minuteMs, hint }, log);
}

async function wantedStamp(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of manifests) hash.update(await readFile(join(hostFolder, name)));
  // Native modules are built for one binary interface: another major Node needs another build.
  const { modules } = process.versions;
  return JSON.stringify({ manifests: hash.digest('hex'), nodeAbi: modules, arch: process.arch });
}

async function removeLeftovers(): Promise<void> {
  const names = await readdir(hostFolder);
  for (const name of names.filter((each) => each.startsWith(stagingPrefix))) {
    await rm(join(hostFolder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
