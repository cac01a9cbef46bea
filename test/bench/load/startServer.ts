import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { youngGenerationMb } from '../../../src/host/hubThread.ts';
import type { System } from '../bench.ts';
import type { FromServer, ToServer, Usage } from '../servers/messages.ts';

/** A process that is measured. */
export interface ServerProcess {
  readonly url: string;
  readonly details: Readonly<Record<string, string>>;
  /** What it has used so far. `collect`: after a full garbage collection. */
  usage(options?: { collect: boolean }): Promise<Usage>;
  /** Tells it something that it doesn't answer. */
  tell(message: Extract<ToServer, { kind: 'block' }>): void;
  stop(): Promise<void>;
}

export interface ServerOptions {
  keepaliveMs?: number;
  /** How many events a server that isn't the hub keeps for readers that come back. */
  history?: number;
  /** Where the hub keeps everything; a folder of its own unless said. */
  home?: string;
  /** The hub cuts nothing off its log. */
  keepAll?: boolean;
}

/** How long a server may take to stop before its process is ended. */
const stopMs = 10_000;

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

let hubProgram = fileOf('../hub.ts');
let profileFolder: string | undefined;

/** How servers are started from now on: the hub by another program than its sources, each leaving a CPU profile in a folder. */
export function configureServers(options: { hubProgram?: string; profileFolder?: string }): void {
  hubProgram = options.hubProgram ?? hubProgram;
  profileFolder = options.profileFolder;
}

/** What the hub's thread has in the editor, for a process. */
const asItsThread = [`--max-semi-space-size=${youngGenerationMb / 3}`];

/** Starts the hub, or a server to measure beside it. */
export async function startServer(
  system: System,
  { keepaliveMs = 15_000, history = 0, home, keepAll }: ServerOptions = {},
): Promise<ServerProcess> {
  const keepalive = ['--keepalive', String(keepaliveMs)];
  if (system === 'agentrq') {
    const kept = [...(home === undefined ? [] : ['--home', home]), ...(keepAll === true ? ['--keep-all'] : [])];
    return await startProcess(hubProgram, [...keepalive, ...kept], asItsThread);
  }
  return await startProcess(fileOf('../servers/peerProcess.ts'), [...keepalive, '--system', system, '--history', String(history)]);
}

/** Starts a program that answers over the channel; resolves when it listens. @throws with what it wrote, if it ends before */
export async function startProcess(file: string, args: readonly string[], flags: readonly string[] = []): Promise<ServerProcess> {
  const profiling = profileFolder === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileFolder];
  const child = spawn(process.execPath, ['--no-warnings', '--expose-gc', ...flags, ...profiling, file, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const next = async <K extends FromServer['kind']>(kind: K): Promise<Extract<FromServer, { kind: K }>> =>
    await hear(child, kind, () => errors);
  const { url, details = {} } = await next('listening');
  return {
    url,
    details,
    async usage({ collect } = { collect: false }) {
      const answer = next('usage');
      send(child, { kind: 'measure', collect });
      return (await answer).usage;
    },
    tell: (message) => send(child, message),
    async stop() {
      send(child, { kind: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
      await ended;
      clearTimeout(timer);
    },
  };
}

function send(child: ChildProcess, message: ToServer): void {
  if (child.connected) child.send(message);
}

function hear<K extends FromServer['kind']>(child: ChildProcess, kind: K, errors: () => string): Promise<Extract<FromServer, { kind: K }>> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: FromServer): void => {
      if (message.kind !== kind) return;
      done();
      resolve(message as Extract<FromServer, { kind: K }>);
    };
    const onExit = (code: number | null): void => {
      done();
      reject(new Error(`a server ended with ${code}: ${errors()}`));
    };
    const done = (): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
    };
    child.on('message', onMessage);
    child.on('exit', onExit);
  });
}
