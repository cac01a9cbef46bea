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

/** Whether the server is here, complete, and of the version and Node that are wanted now. */
export async function isServerInstalled(server: ServerPackage): Promise<boolean> {
  const stamp = await readFile(join(server.folder, 'node_modules', stampName), 'utf8').catch(() => undefined);
  return stamp === (await wantedStamp(server));
}

/**
 * Installs VS Code's server. Everything happens in a folder beside, which is moved into place when it is complete: an
 * install that was cut short, or whose npm still runs after its parent was killed, can't leave a half server behind.
 */
export async function installServer(server: ServerPackage, log: Log): Promise<void> {
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
    await buildNatives(inner, nodeIn(modules, server), server, log);
    await writeFile(join(modules, stampName), await wantedStamp(server));
    const installed = join(folder, 'node_modules');
    await rm(installed, { recursive: true, force: true });
    await rename(modules, installed);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function buildNatives(inner: string, node: string, { natives, nodePackage }: ServerPackage, log: Log): Promise<void> {
  const bin = dirname(node);
  // A Node of its own brings its headers along.
  const env = nodePackage === undefined ? {} : { PATH: [bin, process.env['PATH']].join(delimiter), npm_config_nodedir: dirname(bin) };
  await npm(inner, "build the server's native modules", ['rebuild', '--ignore-scripts=false', ...natives], log, env);
}

async function npm(cwd: string, what: string, args: string[], log: Log, env: Record<string, string> = {}): Promise<void> {
  const hint = args[0] === 'rebuild' ? 'It needs python3, make and g++.' : 'It needs the npm registry.';
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
  await runStep({ what, command: 'npm', args: [...args, ...quiet], cwd, env, timeoutMs: 10 * minuteMs, hint }, log);
}

async function wantedStamp({ folder, instead, nodePackage }: ServerPackage): Promise<string> {
  const hash = createHash('sha256');
  for (const name of manifests) hash.update(await readFile(join(folder, name)));
  // Native modules are built for one binary interface: another major Node needs another build. A Node of its own is in the manifests.
  const { modules } = process.versions;
  const nodeAbi = nodePackage === undefined ? modules : undefined;
  return JSON.stringify({ manifests: hash.digest('hex'), instead, nodeAbi, arch: process.arch });
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((each) => each.startsWith(stagingPrefix))) {
    await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
