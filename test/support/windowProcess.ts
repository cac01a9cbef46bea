import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitFor } from './waitFor.ts';
import type { FromWindow, ToWindow, WindowOptions } from './windowMessages.ts';

/** A window in a process of its own. */
export interface WindowProcess {
  readonly isLive: boolean;
  /** It runs the hub. */
  readonly leads: boolean;
  /** When it became live, the last time. Milliseconds since 1970. */
  readonly liveAt: number;
  readonly faults: readonly string[];
  /** The newest lines of its log. */
  readonly log: readonly string[];
  /** Its tasks, as `linesOf` says them. */
  tasks(): Promise<string>;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

const program = fileURLToPath(new URL('windowProgram.ts', import.meta.url));
const logLines = 60;

/** Starts one, and waits until it is live. */
export async function openWindow(options: WindowOptions): Promise<WindowProcess> {
  const child = fork(program, [JSON.stringify(options)], {
    execArgv: ['--no-warnings'],
    env: { ...process.env, ...options.env },
  });
  const faults: string[] = [];
  const log: string[] = [];
  let [isLive, leads, liveAt] = [false, false, 0];
  let lines: string | undefined;
  child.on('message', (message: FromWindow) => {
    if (message.kind === 'live' || message.kind === 'away') isLive = message.kind === 'live';
    if (message.kind === 'live') liveAt = message.at;
    if (message.kind === 'leads') leads = true;
    if (message.kind === 'fault') faults.push(message.what);
    if (message.kind === 'log') log.splice(0, Math.max(0, log.push(`${Date.now()} ${message.line}`) - logLines));
    if (message.kind === 'tasks') lines = message.lines;
  });
  const tell = (message: ToWindow): void => void child.send(message);
  await waitFor('the window to be live', () => isLive);
  return {
    get isLive() {
      return isLive;
    },
    get leads() {
      return leads;
    },
    get liveAt() {
      return liveAt;
    },
    faults,
    log,
    async tasks() {
      lines = undefined;
      tell({ kind: 'tasks' });
      await waitFor('the tasks of the window', () => lines !== undefined);
      return lines ?? '';
    },
    kill: () => end(child, () => child.kill('SIGKILL')),
    stop: () => end(child, () => tell({ kind: 'stop' })),
  };
}

async function end(child: ChildProcess, how: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  how();
  await gone;
}
