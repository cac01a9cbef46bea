import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Host, Log } from './host.ts';
import { quietSettings } from './quietSettings.ts';
import { runStep } from './runStep.ts';
import { ServerProcess, serverEnv } from './serverProcess.ts';
import { type Opened, workbenchAddress } from './workbenchAddress.ts';

export interface StartHostOptions {
  readonly host: Host;
  readonly extensions: {
    /** Which of the editor's own extensions it has, by the names of their folders; without it all of them. */
    readonly ownOnly?: readonly string[];
    /** Packaged extensions, installed the way a user gets them. */
    readonly vsix?: readonly string[];
    /** An extension to run from its folder. */
    readonly developmentPath?: string;
    /** A module whose `run()` is called in the extension host. */
    readonly testsPath?: string;
  };
  /** User settings, over those that keep the workbench quiet. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Over this process's environment; the extension host sees it. */
  readonly env?: Readonly<Record<string, string>>;
  /** VS Code's test mode, which silences every toast. By default only with `developmentPath`, which needs it. */
  readonly smokeTestDriver?: boolean;
  readonly log: Log;
}

/** A VS Code server that answers until it is disposed. */
export interface RunningHost {
  /** The address of its workbench with this open. */
  addressOf(open: Opened): string;
  /** The temporary folder with all it writes: `user`, `server`, `extensions`. */
  readonly dataDir: string;
  /** How it ended, with its last lines; undefined while it runs. */
  readonly ended: string | undefined;
  /** Other user settings, over those that keep the workbench quiet, for windows that open after that. */
  writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Waits until the extension hosts of windows that were closed have ended. */
  endExtensionHosts(): Promise<void>;
  /** Extension hosts do nothing while `during` goes on. */
  stallExtensionHosts<T>(during: () => Promise<T>): Promise<T>;
  /** Ends the server with everything it started, and removes `dataDir`. */
  dispose(): Promise<void>;
}

/** Starts a VS Code server of its own, with fresh data, on a free port of the loopback interface. */
export async function startHost(options: StartHostOptions): Promise<RunningHost> {
  const { extensions, log } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'web-host-'));
  const removeData = (): Promise<void> => rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    await writeSettings(dataDir, options.settings);
    await linkOwnExtensions(options, dataDir);
    await installPackages(options, dataDir);
    const startedAt = performance.now();
    const server = await ServerProcess.start(options.host, serverArgs(options, dataDir), options.env ?? {});
    const { port } = server;
    log(`VS Code listens on port ${port} after ${Math.round(performance.now() - startedAt)} ms`);
    const { developmentPath, testsPath } = extensions;
    return {
      addressOf: (open) => workbenchAddress({ port, open, developmentPath, testsPath }),
      dataDir,
      get ended() {
        return server.ended;
      },
      writeSettings: (settings) => writeSettings(dataDir, settings),
      endExtensionHosts: () => server.endExtensionHosts(log),
      stallExtensionHosts: (during) => server.stallExtensionHosts(during),
      async dispose() {
        await server.stop();
        await removeData();
      },
    };
  } catch (error) {
    await removeData();
    throw error;
  }
}

function folderArgs(dataDir: string): string[] {
  return [
    `--server-data-dir=${join(dataDir, 'server')}`,
    `--user-data-dir=${join(dataDir, 'user')}`,
    `--extensions-dir=${join(dataDir, 'extensions')}`,
  ];
}

function serverArgs({ extensions, smokeTestDriver }: StartHostOptions, dataDir: string): string[] {
  return [
    '--host=127.0.0.1',
    '--port=0',
    '--without-connection-token',
    '--accept-server-license-terms',
    '--disable-telemetry',
    '--disable-workspace-trust',
    ...(extensions.ownOnly === undefined ? [] : [`--builtin-extensions-dir=${ownExtensionsIn(dataDir)}`]),
    ...folderArgs(dataDir),
    ...((smokeTestDriver ?? extensions.developmentPath !== undefined) ? ['--enable-smoke-test-driver'] : []),
  ];
}

async function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const text = JSON.stringify({ ...quietSettings, ...settings }, undefined, 2);
  // The page reads the first; the second are the settings of the server's machine.
  for (const folder of [join(dataDir, 'user', 'User'), join(dataDir, 'user', 'Machine')]) {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'settings.json'), text);
  }
}

function ownExtensionsIn(dataDir: string): string {
  return join(dataDir, 'own-extensions');
}

async function linkOwnExtensions({ host, extensions }: StartHostOptions, dataDir: string): Promise<void> {
  if (extensions.ownOnly === undefined) return;
  await mkdir(ownExtensionsIn(dataDir));
  for (const name of extensions.ownOnly) {
    await symlink(join(dirname(host.serverMain), '..', 'extensions', name), join(ownExtensionsIn(dataDir), name), 'dir');
  }
}

async function installPackages({ host, extensions, env, log }: StartHostOptions, dataDir: string): Promise<void> {
  for (const vsix of extensions.vsix ?? []) {
    await runStep(
      {
        what: `install ${vsix}`,
        command: host.node,
        args: [host.serverMain, ...folderArgs(dataDir), '--install-extension', vsix, '--force'],
        env: serverEnv(env ?? {}),
        timeoutMs: 60_000,
      },
      log,
    );
  }
}
