import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as nodeSqlite from 'node:sqlite';
import type { Logger } from '../../util/log.ts';
import { inEnglish, type Sentence, translatable } from '../../util/sentence.ts';
import { cannotLock, StartError } from '../lifecycle/startError.ts';
import { connectReader, connectWriter, type Durability, type SqliteLoader } from './connect.ts';
import { type DatabaseFiles, databaseFilesOf, securePrivateFiles, wasLeftOpen } from './databaseFiles.ts';
import { findSqlite } from './findSqlite.ts';
import { migrate, newestVersion, versionOf } from './migrations.ts';
import { backUpDatabase } from './recovery/backUp.ts';
import { findDamage, ownerOf } from './recovery/checkDatabase.ts';
import { finishRepair, replaceDamaged } from './recovery/repair.ts';
import { sqliteTrouble } from './sqliteTrouble.ts';

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
 * Opens the hub's database and brings it to the newest schema. A damaged one is set aside, and what can be read of it takes its place.
 * @param now milliseconds since 1970
 * @throws StartError
 */
export function openDatabase(options: {
  home: string;
  durability: Durability;
  now: number;
  log: Logger;
  load?: SqliteLoader | undefined;
}): OpenedDatabase {
  const { log, now } = options;
  const files = databaseFilesOf(options.home);
  const sqlite = findSqlite(options.load);
  const open = (): nodeSqlite.DatabaseSync => openSound(sqlite, files, options.durability);
  const replace = (state: 'damaged' | 'foreign', why: string): Sentence => {
    log.error(`the database ${files.main} can't be used as it is: ${why}`);
    const notice = replaceDamaged(sqlite, files, { foreign: state === 'foreign', now, log });
    log.warn(inEnglish(notice));
    return notice;
  };
  try {
    let notice = finishRepair(files, now);
    securePrivateFiles(files);
    const look = inspect(sqlite, files);
    if (look.state === 'damaged' || look.state === 'foreign') {
      notice = replace(look.state, look.why);
      return { database: open(), notice, unchecked: false };
    }
    rmSync(files.suspect, { force: true });
    try {
      return { database: open(), notice, unchecked: look.state === 'unchecked' };
    } catch (error) {
      // Only now did anybody come to where it is damaged.
      if (sqliteTrouble(error) !== 'damaged') throw error;
      notice = replace('damaged', String(error));
      return { database: open(), notice, unchecked: false };
    }
  } catch (error) {
    throw error instanceof StartError ? error : failure(error, files.main);
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

function openSound(sqlite: typeof nodeSqlite, files: DatabaseFiles, durability: Durability): nodeSqlite.DatabaseSync {
  const database = connectWriter(sqlite, files.main, durability);
  try {
    const version = versionOf(database);
    if (version === newestVersion) return database;
    const copy = files.backUp(newestVersion);
    if (version > 0) backUpDatabase(database, copy);
    try {
      migrate(database);
    } catch (error) {
      if ((sqliteTrouble(error) ?? 'other') !== 'other') throw error;
      throw new StartError(
        'migration-failed',
        translatable(
          "The hub's database {0} could not be changed to what this version of AgentRQ needs, so it was left as it was; there is a copy in {1}. Go back to the version that you had before, and report this.",
          files.main,
          dirname(copy),
        ),
        { cause: error },
      );
    }
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function failure(cause: unknown, file: string): StartError {
  if (sqliteTrouble(cause) === 'unlockable') return cannotLock(dirname(file), cause);
  return new StartError(
    'database-failed',
    sqliteTrouble(cause) === 'locked'
      ? translatable(
          'The hub can’t use its database {0}. Another program holds it, perhaps a hub on another port: close that, then restart the hub.',
          file,
        )
      : translatable(
          'The hub can’t use its database {0}. Make sure that the disk isn’t full and that you may write there, then restart the hub.',
          file,
        ),
    { cause },
  );
}
