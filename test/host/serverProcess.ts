import type { ChildProcess } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Host, Log } from './host.ts';
import { childEnv, tail } from './runStep.ts';

const listening = /Extension host agent listening on (\d+)/;
const startLimitMs = 60_000;
const politeMs = 3_000;
const hostEndMs = 10_000;
const lookMs = 50;

/** A VS Code server that listens; its extension hosts and terminals are in its process group. */
export class ServerProcess {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #output: () => string;
  readonly #closed: Promise<void>;

  private constructor(child: ChildProcess, port: number, output: () => string, closed: Promise<void>) {
    this.#child = child;
    this.port = port;
    this.#output = output;
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
    const output = outputOf(child);
    try {
      return new ServerProcess(child, await portOf(child, output), output, closed);
    } catch (error) {
      endWithUs();
      throw error;
    }
  }

  /** How it ended, with its last lines; undefined while it runs. */
  get ended(): string | undefined {
    const { exitCode, signalCode } = this.#child;
    if (exitCode === null && signalCode === null) return undefined;
    return `VS Code's server ended with ${signalCode ?? `code ${exitCode}`}. Its last lines:\n${tail(this.#output())}`;
  }

  /** Waits until the extension hosts of windows that were closed have ended. One that goes on is ended, which `log` says. */
  async endExtensionHosts(log: Log): Promise<void> {
    const deadline = performance.now() + hostEndMs;
    // No new one comes: there is no window any more. To list all processes again and again would keep a core busy.
    for (let hosts = this.#extensionHosts(); hosts.length > 0; hosts = hosts.filter(isRunning)) {
      await delay(lookMs);
      if (performance.now() < deadline) continue;
      log(`extension hosts went on for ${hostEndMs / 1000} s after their windows were closed, and are ended: ${hosts.join(', ')}`);
      for (const pid of hosts) send('SIGKILL', pid);
    }
  }

  /** Extension hosts do nothing while `during` goes on, as on a machine that is busy with something else; they read afterwards what came. */
  async stallExtensionHosts<T>(during: () => Promise<T>): Promise<T> {
    const hosts = this.#extensionHosts();
    if (hosts.length === 0) throw new Error('there is no extension host to stall');
    for (const pid of hosts) send('SIGSTOP', pid);
    try {
      return await during();
    } finally {
      for (const pid of hosts) send('SIGCONT', pid);
    }
  }

  #extensionHosts(): number[] {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    return (stdout ?? '').split('\n').flatMap((line) => {
      const [, pid, parent, args = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return Number(parent) === this.#child.pid && args.includes('--type=extensionHost') ? [Number(pid)] : [];
    });
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

/** The end of what it says, to the last. */
function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-50_000);
    });
  return () => output;
}

function portOf(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ${why} before it said that it listens. Its last lines:\n${tail(output())}`));
    };
    const timer = setTimeout(() => fail(`took ${startLimitMs / 1000} s`), startLimitMs);
    const read = (): void => {
      const port = listening.exec(output())?.[1];
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

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid !== undefined) send(name, -child.pid);
}

function send(name: NodeJS.Signals, target: number): void {
  try {
    process.kill(target, name);
  } catch (error) {
    // It is gone already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
