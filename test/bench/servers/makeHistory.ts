import { createHash } from 'node:crypto';
import { constants, copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startHub } from '../../../src/hub/hub.ts';
import { createEventLog } from '../../../src/hub/log/eventLog.ts';
import { databaseFile } from '../../../src/hub/storage/databaseFiles.ts';
import { systemClock, timestamp } from '../../../src/util/clock.ts';
import { nullLog } from '../../../src/util/log.ts';
import { unexpected } from '../../support/unexpected.ts';
import { markedLine } from '../load/markers.ts';

/** So old may a log be that was made before: a hub may forget what is older. */
const freshMs = 12 * 60 * 60_000;
const cacheFolder = join(tmpdir(), 'agentrq-bench-history');

/** A home folder of a hub whose log begins with `events` marked events. It is the caller's, who removes it. */
export async function makeHome(events: number): Promise<string> {
  const cached = await cachedHistory(events);
  const home = mkdtempSync(join(tmpdir(), 'agentrq-bench-'));
  copyFileSync(cached, join(home, databaseFile), constants.COPYFILE_FICLONE);
  return home;
}

/** The database is made once, and kept in the temporary folder. Its name has what its content depends on. */
async function cachedHistory(events: number): Promise<string> {
  mkdirSync(cacheFolder, { recursive: true, mode: 0o700 });
  const home = mkdtempSync(join(cacheFolder, 'making-'));
  try {
    // A hub makes the database, as it makes any other.
    const hub = await startHub({ home, port: 0, version: '0.0.0', clock: systemClock, log: nullLog });
    await hub.close();
    const database = new DatabaseSync(join(home, databaseFile));
    const schema = String(database.prepare('SELECT group_concat(sql) AS text FROM sqlite_schema').get()?.['text']);
    const cached = join(cacheFolder, `${events}-${createHash('sha256').update(schema).digest('hex').slice(0, 12)}.db`);
    if (!existsSync(cached) || Date.now() - statSync(cached).mtimeMs > freshMs) {
      removeOld();
      fill(database, events);
      database.close();
      renameSync(join(home, databaseFile), cached);
    } else database.close();
    return cached;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function removeOld(): void {
  for (const name of readdirSync(cacheFolder).filter((each) => each.endsWith('.db'))) {
    const path = join(cacheFolder, name);
    if (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > freshMs) rmSync(path, { force: true });
  }
}

function fill(database: DatabaseSync, events: number): void {
  const [workspaceId, taskId, createdAt] = ['w0000000000', 't0000000000', timestamp(systemClock)];
  const log = createEventLog({ database, epoch: 'bench', onError: unexpected });
  database.exec('BEGIN');
  for (let number = 0; number < events; number += 1) {
    const id = `m${String(number).padStart(10, '0')}`;
    const payload = { id, workspaceId, taskId, createdAt, sender: 'agent', kind: 'text', text: markedLine(number, 100) } as const;
    log.append(workspaceId, { type: 'message.created', payload }, createdAt);
  }
  database.exec('COMMIT');
}
