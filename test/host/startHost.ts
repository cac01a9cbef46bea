import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host, Log } from './host.ts';
import { quietSettings } from './quietSettings.ts';
import { runStep } from './runStep.ts';
import { ServerProcess, serverEnv } from './serverProcess.ts';
import { workbenchAddress } from './workbenchAddress.ts';

export interface StartHostOptions {
  readonly host: Host;
  readonly extensions: {
    /** Packaged extensions, installed the way a user gets them. */
    readonly vsix?: readonly string[];
    /** An extension to run from its folder. */
    readonly developmentPath?: string;
    /** A module whose `run()` is called in the extension host. */
    readonly testsPath?: string;
  };
  /** User settings, over those that keep the workbench quiet. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** The folder the workbench opens, an absolute path. */
  readonly folder: string;
  /** Over this process's environment; the extension host sees it. */
  readonly env?: Readonly<Record<string, string>>;
  /** VS Code's test mode, which silences every toast. By default only with `developmentPath`, which needs it. */
  readonly smokeTestDriver?: boolean;
  readonly log: Log;
}

/** A VS Code server that answers until it is disposed. */
export interface RunningHost {
  /** The address of its workbench. */
  readonly url: string;
  readonly port: number;
  /** The temporary folder with all it writes: `user`, `server`, `extensions`. */
  readonly dataDir: string;
  /** Ends the server with everything it started, and removes `dataDir`. */
  dispose(): Promise<void>;
}

/** Starts a VS Code server of its own, with fresh data, on a free port of the loopback interface. */
export async function startHost(options: StartHostOptions): Promise<RunningHost> {
  const { extensions, folder, log } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'web-host-'));
  const removeData = (): Promise<void> => rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  try {
    await writeSettings(dataDir, options.settings);
    await installPackages(options, dataDir);
    const startedAt = performance.now();
    const server = await ServerProcess.start(options.host, serverArgs(options, dataDir), options.env ?? {});
    const { port } = server;
    log(`VS Code listens on port ${port} after ${Math.round(performance.now() - startedAt)} ms`);
    const { developmentPath, testsPath } = extensions;
    const dispose = async (): Promise<void> => {
      await server.stop();
      await removeData();
    };
    return { url: workbenchAddress({ port, folder, developmentPath, testsPath }), port, dataDir, dispose };
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
