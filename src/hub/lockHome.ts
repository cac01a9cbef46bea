import { closeSync, constants, lstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { isPrivateFile } from '../home/privateFile.ts';
import { discoveryFile, parseDiscovery } from '../protocol/discovery.ts';
import { type Disposable, toDisposable } from '../util/lifecycle.ts';
import { readPrivateFile, refusedFile } from './home.ts';
import { isHubAt } from './http/listen.ts';
import { StartError } from './startError.ts';
import type { SqliteLoader } from './storage/connect.ts';
import { findSqlite } from './storage/findSqlite.ts';
import { sqliteTrouble } from './storage/sqliteTrouble.ts';

// Two hubs on two ports with one home folder would both write to its database, each without the events of the other. The port can't
// tell them apart, so the hub of a folder holds a lock there: SQLite's, on a file that stays empty, because that is the one lock that
// every system has and takes away itself when the process dies.

const lockFile = 'hub.lock';

/** A hub that ends frees its port first, and its folder when it has written everything. */
const patienceMs = 3_000;
const againMs = 20;

/**
 * Holds the home folder for the hub at `url` until it is disposed; waits for one that is ending.
 * @throws StartError `home-taken`, `home-not-writable` or `sqlite-missing`
 */
export async function lockHome({ home, url, load }: { home: string; url: string; load?: SqliteLoader | undefined }): Promise<Disposable> {
  const sqlite = findSqlite(load);
  const file = join(home, lockFile);
  claim(file);
  const until = performance.now() + patienceMs;
  for (let attempt = 0; ; attempt += 1) {
    const lock = new sqlite.DatabaseSync(file);
    if (isTaken(lock, file)) {
      lock.close();
      const other = attempt === 0 ? await findOther(home, url) : undefined;
      if (other !== undefined || performance.now() > until) throw taken(home, other);
      // Not by a clock whose timers keep no thread alive: nothing else does.
      await new Promise((resolve) => setTimeout(resolve, againMs));
    } else return toDisposable(() => lock.close());
  }
}

/**
 * Makes the file, for this person alone. One that is there is looked at without being opened: the end of any other use of it in
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

function isTaken(lock: DatabaseSync, file: string): boolean {
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE;');
    return false;
  } catch (error) {
    if (sqliteTrouble(error) === 'locked') return true;
    lock.close();
    throw refusedFile(file, error);
  }
}

/** The address of the other hub that says in the home folder that it is there, if it answers. */
async function findOther(home: string, own: string): Promise<string | undefined> {
  const text = readPrivateFile(join(home, discoveryFile));
  const url = text === undefined ? undefined : parseDiscovery(text)?.url;
  return url !== undefined && url !== own && (await isHubAt(url)) ? url : undefined;
}

function taken(home: string, url: string | undefined): StartError {
  const who = url === undefined ? 'Another AgentRQ hub' : `The AgentRQ hub on port ${new URL(url).port}`;
  return new StartError(
    'home-taken',
    `${who} uses the folder ${home} already. Close it, or give this one the same port (agentrq.hub.port, --port on the command line) or another folder (agentrq.hub.home, AGENTRQ_HOME).`,
  );
}
