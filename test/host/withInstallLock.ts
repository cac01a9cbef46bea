import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from './host.ts';

const waitLimitMs = 15 * 60_000;
const retryMs = 250;

/**
 * Runs `work` while no other process runs its own in this folder. The lock is SQLite's lock on a file: the system drops it with the
 * process that held it, so a killed install leaves nothing behind that the next one would have to judge stale.
 */
export async function withInstallLock<T>(install: { folder: string; what: string }, log: Log, work: () => Promise<T>): Promise<T> {
  const path = join(install.folder, '.install.lock');
  const database = new DatabaseSync(path);
  try {
    await acquire(database, path, () => log(`another process installs ${install.what}; waiting for it …`));
    return await work();
  } finally {
    database.close();
  }
}

async function acquire(database: DatabaseSync, path: string, sayThatItWaits: () => void): Promise<void> {
  database.exec('PRAGMA busy_timeout = 0');
  const deadline = performance.now() + waitLimitMs;
  for (let announced = false; !tryLock(database); announced = true) {
    if (!announced) sayThatItWaits();
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
