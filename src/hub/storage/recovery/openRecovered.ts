import { existsSync, rmSync, statSync } from 'node:fs';
import type * as nodeSqlite from 'node:sqlite';
import type { Logger } from '../../../util/log.ts';
import { inEnglish, type Sentence, translatable } from '../../../util/sentence.ts';
import { StartError } from '../../lifecycle/startError.ts';
import { connectReader } from '../connect.ts';
import { type DatabaseFiles, securePrivateFiles, wasLeftOpen } from '../databaseFiles.ts';
import { newestVersion, versionOf } from '../migrations.ts';
import { sqliteTrouble } from '../sqliteTrouble.ts';
import { findDamage, ownerOf } from './checkDatabase.ts';
import { finishRepair, replaceDamaged } from './repair.ts';

// The way into recovery: whether the database is whole is decided here, before anything is written to it. What is damaged is set aside, and
// replaced by what its rows and its log still hold.

/** Up to this size a database that was left open is checked before it is used: 45 ms at most. A larger one is checked meanwhile. */
const checkFirstBytes = 32 * 1024 * 1024;

export interface OpenedDatabase {
  database: nodeSqlite.DatabaseSync;
  /** What the user has to know: the database was damaged, and what became of it. */
  notice: Sentence | undefined;
  /** It was left open, and it is too large to be checked before it is used. */
  unchecked: boolean;
}

/**
 * Opens the database of `files` by `open`; one that is damaged, or somebody else's, is replaced before.
 * @param now milliseconds since 1970
 * @throws StartError `database-newer`, and what `open` throws
 */
export function openRecovered(options: {
  sqlite: typeof nodeSqlite;
  files: DatabaseFiles;
  open: () => nodeSqlite.DatabaseSync;
  now: number;
  log: Logger;
}): OpenedDatabase {
  const { sqlite, files, open, now, log } = options;
  const openReplaced = (state: 'damaged' | 'foreign', why: string): OpenedDatabase => {
    log.error(`the database ${files.main} can't be used as it is: ${why}`);
    const notice = replaceDamaged(sqlite, files, { foreign: state === 'foreign', now, log });
    log.warn(inEnglish(notice));
    return { database: open(), notice, unchecked: false };
  };
  const notice = finishRepair(files, now);
  securePrivateFiles(files);
  const look = inspect(sqlite, files);
  if (look.state === 'damaged' || look.state === 'foreign') return openReplaced(look.state, look.why);
  rmSync(files.suspect, { force: true });
  try {
    return { database: open(), notice, unchecked: look.state === 'unchecked' };
  } catch (error) {
    // The damage lies where nothing was read before.
    if (sqliteTrouble(error) !== 'damaged') throw error;
    return openReplaced('damaged', String(error));
  }
}

type Look = { state: 'sound' | 'unchecked' } | { state: 'damaged' | 'foreign'; why: string };

/** Looks at the database before anything is written to it. How closely depends on how it was left, and on its size. */
function inspect(sqlite: typeof nodeSqlite, files: DatabaseFiles): Look {
  const suspect = existsSync(files.suspect);
  const leftOpen = wasLeftOpen(files);
  const small = statSync(files.main).size <= checkFirstBytes;
  try {
    const database = connectReader(sqlite, files.main);
    try {
      const owner = ownerOf(database);
      if (owner === 'foreign') return { state: 'foreign', why: 'it holds something else' };
      if (owner === 'torn') return { state: 'damaged', why: 'tables are missing' };
      const version = versionOf(database);
      if (version > newestVersion) {
        throw new StartError(
          'database-newer',
          translatable(
            "A newer version of AgentRQ wrote the hub's database {0} (schema {1}; this one knows {2}). Update AgentRQ in this editor, or close the editor that has the newer one and use another folder (agentrq.hub.home).",
            files.main,
            version,
            newestVersion,
          ),
        );
      }
      const why = suspect || (leftOpen && small) ? findDamage(database, suspect ? 'whole' : 'quick') : undefined;
      if (why !== undefined) return { state: 'damaged', why };
      return { state: leftOpen && !small && !suspect ? 'unchecked' : 'sound' };
    } finally {
      database.close();
    }
  } catch (error) {
    if (sqliteTrouble(error) !== 'damaged') throw error;
    return { state: 'damaged', why: String(error) };
  }
}
