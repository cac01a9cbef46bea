import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import type { Log, ServerPackage } from './host.ts';
import { nodeIn, serverFolderIn } from './host.ts';
import { replaceDependencies } from './replaceDependencies.ts';
import { runStep } from './runStep.ts';

const manifests = ['package.json', 'package-lock.json'] as const;
const stampName = '.web-host-stamp.json';
const stagingPrefix = '.staging-';
const minuteMs = 60_000;

/** How much of the server is wanted: `bare` writes no log files, and is there sooner. */
export type Extent = 'bare' | 'whole';

/** Whether the server is here, to this extent, and of the version and Node that are wanted now. */
export async function isServerInstalled(server: ServerPackage, extent: Extent): Promise<boolean> {
  const stamp = await readFile(join(server.folder, 'node_modules', stampName), 'utf8').catch(() => undefined);
  if (stamp === (await wantedStamp(server, 'whole'))) return true;
  return extent === 'bare' && stamp === (await wantedStamp(server, 'bare'));
}

/** Installs VS Code's server to this extent, or what a bare one lacks of a whole one. */
export async function installServer(server: ServerPackage, extent: Extent, log: Log): Promise<void> {
  if (!(await isServerInstalled(server, 'bare'))) await installAnew(server, extent, log);
  else await buildNatives(join(server.folder, 'node_modules'), server, server.logNatives, log);
  await writeFile(join(server.folder, 'node_modules', stampName), await wantedStamp(server, extent));
}

/**
 * Everything happens in a folder beside, which is moved into place when it is complete: an install that was cut short, or whose npm still
 * runs after its parent was killed, can't leave a half server behind.
 */
async function installAnew(server: ServerPackage, extent: Extent, log: Log): Promise<void> {
  const { folder, instead } = server;
  await removeLeftovers(folder);
  const staging = await mkdtemp(join(folder, stagingPrefix));
  try {
    for (const name of manifests) await cp(join(folder, name), join(staging, name));
    const modules = join(staging, 'node_modules');
    await npm(staging, "install VS Code's server", ['ci', '--ignore-scripts'], log);
    // The server has a lock file of its own; its install script would need headers a plain machine lacks.
    const inner = serverFolderIn(modules);
    if (instead !== undefined) await replaceDependencies(inner, instead);
    // What is replaced is not in its lock file; all the rest still is.
    const install = [instead === undefined ? 'ci' : 'install', '--omit=dev', '--ignore-scripts', '--legacy-peer-deps'];
    await npm(inner, 'install what the server depends on', install, log);
    await buildNatives(modules, server, [...server.natives, ...(extent === 'whole' ? server.logNatives : [])], log);
    const installed = join(folder, 'node_modules');
    await rm(installed, { recursive: true, force: true });
    await rename(modules, installed);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function buildNatives(modules: string, server: ServerPackage, natives: readonly string[], log: Log): Promise<void> {
  const { nodePackage } = server;
  const inner = serverFolderIn(modules);
  const bin = dirname(nodeIn(modules, server));
  // A Node of its own brings its headers along.
  const env = nodePackage === undefined ? {} : { PATH: [bin, process.env['PATH']].join(delimiter), npm_config_nodedir: dirname(bin) };
  await npm(inner, "build the server's native modules", ['rebuild', '--ignore-scripts=false', ...natives], log, env);
}

async function npm(cwd: string, what: string, args: string[], log: Log, env: Record<string, string> = {}): Promise<void> {
  const hint = args[0] === 'rebuild' ? 'It needs python3, make and g++.' : 'It needs the npm registry.';
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  await runStep({ what, command: 'npm', args: [...args, ...quiet], cwd, env, timeoutMs: 10 * minuteMs, hint }, log);
}

async function wantedStamp({ folder, instead, nodePackage }: ServerPackage, extent: Extent): Promise<string> {
  const hash = createHash('sha256');
  for (const name of manifests) hash.update(await readFile(join(folder, name)));
  // Native modules are built for one binary interface: another major Node needs another build. A Node of its own is in the manifests.
  const { modules } = process.versions;
  const nodeAbi = nodePackage === undefined ? modules : undefined;
  return JSON.stringify({ manifests: hash.digest('hex'), instead, nodeAbi, arch: process.arch, ...(extent === 'bare' && { extent }) });
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((each) => each.startsWith(stagingPrefix))) {
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
