import { randomBytes } from 'node:crypto';
import { closeSync, constants, lstatSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type * as nodeSqlite from 'node:sqlite';
import { findOwnHub } from '../../home/ownHub.ts';
import { isPrivateFile } from '../../home/privateFile.ts';
import { provenConnection } from '../../home/provenConnection.ts';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';
import { translatable } from '../../util/sentence.ts';
import { refusedFile } from '../identity/homeFolder.ts';
import type { SqliteLoader } from '../storage/connect.ts';
import { findSqlite } from '../storage/findSqlite.ts';
import { sqliteTrouble } from '../storage/sqliteTrouble.ts';
import { cannotLock, StartError } from './startError.ts';

// Two hubs of one home folder would both write to its database, each without the events of the other. Ports can't prevent that, since any
// program may take one. So the process that holds a lock in the folder is the hub. The lock is an SQLite lock on an empty file: it works on
// every system, and the system releases it when the process dies.

const lockFile = 'hub.lock';

/** How long to wait for a hub that is ending: it frees its port first, and its folder after its last write. */
const patienceMs = 3_000;
const againMs = 20;

/** A single look can take longer than the patience: a hub that is busy proves itself late. */
const leastLooks = 2;

/**
 * Holds the home folder until it is disposed; waits for a hub that is ending, or that has not yet said where it is.
 * @throws StartError `hub-runs`, `home-taken`, `home-cannot-lock`, `home-not-writable` or `sqlite-missing`
 */
export async function lockHome({ home, load }: { home: string; load?: SqliteLoader | undefined }): Promise<Disposable> {
  const sqlite = findSqlite(load);
  const file = join(home, lockFile);
  claim(file);
  const until = performance.now() + patienceMs;
  for (let looks = 1; ; looks += 1) {
    const lock = new sqlite.DatabaseSync(file);
    if (!isTaken(lock, file, home)) return toDisposable(() => lock.close());
    lock.close();
    const url = await findOther(home);
    if (url !== undefined) throw runs(home, url);
    if (looks >= leastLooks && performance.now() > until) throw notLocked(sqlite, home);
    // Not by a clock whose timers keep no thread alive: nothing else does.
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/**
 * Makes the file, for this user alone. One that is there is looked at without being opened: the end of any other use of it in
 * this process would end a lock that the process holds on it.
 */
function claim(file: string): void {
  const stat = lstatSync(file, { throwIfNoEntry: false });
  if (stat !== undefined) {
    if (!isPrivateFile(stat)) throw refusedFile(file);
    return;
  }
  try {
    closeSync(openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600));
  } catch (error) {
    // Another hub that starts at this moment made it.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw refusedFile(file, error);
  }
}

function isTaken(lock: nodeSqlite.DatabaseSync, file: string, home: string): boolean {
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
    return false;
  } catch (error) {
    const trouble = sqliteTrouble(error);
    if (trouble === 'locked') return true;
    lock.close();
    throw trouble === 'unlockable' ? cannotLock(home, error) : refusedFile(file, error);
  }
}

/** Some file systems report every lock as taken. There, a new file that no other program knows can't be locked either. */
function notLocked(sqlite: typeof nodeSqlite, home: string): StartError {
  const file = join(home, `.lock-${randomBytes(6).toString('hex')}`);
  const lock = new sqlite.DatabaseSync(file);
  try {
    return isTaken(lock, file, home) ? cannotLock(home) : taken(home);
  } finally {
    if (lock.isOpen) lock.close();
    rmSync(file, { force: true });
  }
}

/** Where the hub is that holds the folder, if it says so and proves itself. */
async function findOther(home: string): Promise<string | undefined> {
  try {
    const hub = findOwnHub(home);
    if (hub === undefined) return undefined;
    (await provenConnection(hub)).destroy();
    return hub.url;
  } catch {
    return undefined;
  }
}

function runs(home: string, url: string): StartError {
  return new StartError(
    'hub-runs',
    translatable(
      'Another AgentRQ hub runs with the folder {0} already, on port {1}. Close it, or choose another folder in the setting agentrq.hub.home.',
      home,
      new URL(url).port,
    ),
    { url },
  );
}

function taken(home: string): StartError {
  return new StartError(
    'home-taken',
    translatable(
      'Another AgentRQ hub uses the folder {0}, and doesn’t answer as yours does. It may be of an older version: reload the other windows of VS Code, or close it, or choose another folder in the setting agentrq.hub.home.',
      home,
    ),
  );
}
