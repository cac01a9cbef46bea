import { readdirSync, readFileSync } from 'node:fs';
import { waitFor } from '../support/waitFor.ts';

/**
 * Ends every process whose environment names this folder: an agent, and the daemons that it has left behind in groups of their own.
 * Where there is no `/proc`, nothing is found.
 */
export async function endAllWithin(folder: string): Promise<void> {
  await waitFor(`everything in ${folder} to end`, () => {
    const pids = processesOf(folder);
    for (const pid of pids) kill(pid);
    return pids.length === 0;
  });
}

/** The processes whose environment names this folder. */
export function processesOf(folder: string): number[] {
  return list('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => environmentOf(pid).includes(`=${folder}/`))
    .map(Number);
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    // It has ended, or belongs to somebody else.
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
