import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseFile } from '../../../src/hub/storage/databaseFiles.ts';
import { processesOf } from '../endAllWithin.ts';
import type { Stage } from '../stage.ts';

/** What waits for the user's next word. */
export interface OpenWaits {
  /** Processes that an agent has left running. Not counted where there is no `/proc`. */
  processes: number;
  /** Calls that go on as tasks, by the hub's table. */
  rows: number;
}

export function openWaits({ root, userHome }: Stage, isWait: (argv: readonly string[]) => boolean): OpenWaits {
  const database = new DatabaseSync(join(userHome, '.agentrq', databaseFile), { readOnly: true });
  try {
    const [{ open } = { open: 0 }] = database.prepare(`SELECT count(*) AS open FROM waits WHERE status = 'open'`).all() as {
      open: number;
    }[];
    return { processes: processesOf(root).filter((pid) => isWait(argvOf(pid))).length, rows: open };
  } finally {
    database.close();
  }
}

function argvOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
