import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './host.ts';
import { hostFolder } from './host.ts';

const waitLimitMs = 15 * 60_000;
const retryMs = 250;

/**
 * Runs `work` while no other process runs its own. The lock is SQLite's lock on a file: the system drops it with the
 * process that held it, so a killed install leaves nothing behind that the next one would have to judge stale.
 */
export async function withInstallLock<T>(log: Log, work: () => Promise<T>): Promise<T> {
  const path = join(hostFolder, '.install.lock');
  const database = new DatabaseSync(path);
  try {
    await acquire(database, path, log);
    return await work();
  } finally {
    database.close();
  }
}

async function acquire(database: DatabaseSync, path: string, log: Log): Promise<void> {
  database.exec('PRAGMA busy_timeout = 0');
  const deadline = performance.now() + waitLimitMs;
  for (let announced = false; !tryLock(database); announced = true) {
    if (!announced) log('another process installs the web host; waiting for it …');
    if (performance.now() > deadline) {
      throw new Error(`Another process has held ${path} for ${waitLimitMs / 60_000} minutes. End it, then try again.`);
    }
    await delay(retryMs);
  }
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && error.message.includes('locked')) return false;
    throw error;
  }
}
