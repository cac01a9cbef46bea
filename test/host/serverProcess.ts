import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Host } from './host.ts';
import { childEnv, tail } from './runStep.ts';

const listening = /Extension host agent listening on (\d+)/;
const startLimitMs = 60_000;
const politeMs = 3_000;

/** A VS Code server that listens; its extension hosts and terminals are in its process group. */
export class ServerProcess {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #closed: Promise<void>;

  private constructor(child: ChildProcess, port: number, closed: Promise<void>) {
    this.#child = child;
    this.port = port;
    this.#closed = closed;
  }

  /** Starts the server and waits until it says which port it listens on. */
  static async start(host: Host, args: readonly string[], env: Readonly<Record<string, string>>): Promise<ServerProcess> {
    const child = spawn(host.node, [host.serverMain, ...args], {
      env: serverEnv(env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    // A test process that dies early takes its server along.
    const endWithUs = (): void => signalGroup(child, 'SIGKILL');
    process.once('exit', endWithUs);
    child.once('close', () => process.off('exit', endWithUs));
    const closed = new Promise<void>((resolve) => {
      child.once('close', () => resolve());
      child.once('error', () => resolve());
    });
    try {
      return new ServerProcess(child, await portOf(child), closed);
    } catch (error) {
      endWithUs();
      throw error;
    }
  }

  /** Ends the server and everything it started. */
  async stop(): Promise<void> {
    signalGroup(this.#child, 'SIGTERM');
    await Promise.race([this.#closed, delay(politeMs, undefined, { ref: false })]);
    // Asked nicely the server leaves its extension hosts running for a window that may come back.
    signalGroup(this.#child, 'SIGKILL');
    await this.#closed;
  }
}

/** The environment for the server: nothing of an editor's terminal that the tests may have been started from. */
export function serverEnv(extra: Readonly<Record<string, string>>): Record<string, string> {
  const ofAnEditor = /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_V8_)/;
  const inherited = Object.entries(childEnv()).filter(([name]) => !ofAnEditor.test(name));
  return { ...Object.fromEntries(inherited), ...extra };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ${why} before it said that it listens. Its last lines:\n${tail(output)}`));
    };
    const timer = setTimeout(() => fail(`took ${startLimitMs / 1000} s`), startLimitMs);
    const read = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-50_000);
      const port = listening.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', (error) => fail(`could not be started (${error.message})`));
    child.once('close', (code, signal) => fail(`ended with ${signal ?? `code ${code}`}`));
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // The group is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
