import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The hub as it is for a stranger who measures it: a command, an address in its output, and what the system says of its processes. */
export interface HubFromOutside {
  readonly url: string;
  /** User and system, of the process that the command ends in. Milliseconds, in steps of 10. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Runs `npm run bench:hub`; resolves when it listens. Only on Linux. @throws Error with its output, if it ends before */
export async function startHubFromOutside(): Promise<HubFromOutside> {
  // A group of its own, which is ended together: npm passes no signal on to the hub.
  const command = spawn('npm', ['run', '--silent', 'bench:hub', '--', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid } = command;
  // Once the last process that holds the output has gone.
  const ended = new Promise<void>((resolve) => command.once('close', () => resolve()));
  let output = '';
  command.stderr.on('data', (piece: Buffer) => (output += piece.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    command.stdout.on('data', (piece: Buffer) => {
      output += piece.toString();
      const found = /http:\/\/[\d.]+:\d+/.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    });
    command.once('error', reject);
    void ended.then(() => reject(new Error(`npm run bench:hub ended: ${output}`)));
  });
  if (pid === undefined) throw new Error('npm run bench:hub has no process');
  return {
    url,
    cpuMs: () => cpuOf(innermost(pid)),
    async stop() {
      process.kill(-pid, 'SIGTERM');
      await ended;
    },
  };
}

/** The time of a process in its `stat` is in hundredths of a second. */
const tickMs = 10;

/** Below npm and its shell, whose own work is none of the hub's. */
function innermost(pid: number): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean).map(Number);
  return child === undefined ? pid : innermost(child);
}

function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name of the program, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}
