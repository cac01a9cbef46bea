import { dirname } from 'node:path';
import type * as nodeSqlite from 'node:sqlite';
import type { Logger } from '../../util/log.ts';
import { translatable } from '../../util/sentence.ts';
import { cannotLock, StartError } from '../lifecycle/startError.ts';
import { backUpDatabase } from './backUp.ts';
import { connectWriter, type Durability, type SqliteLoader } from './connect.ts';
import { type DatabaseFiles, databaseFilesOf } from './databaseFiles.ts';
import { findSqlite } from './findSqlite.ts';
import { migrate, newestVersion, versionOf } from './migrations.ts';
import { type OpenedDatabase, openRecovered } from './recovery/openRecovered.ts';
import { sqliteTrouble } from './sqliteTrouble.ts';

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
  const { durability, log, now } = options;
  const files = databaseFilesOf(options.home);
  const sqlite = findSqlite(options.load);
  try {
    return openRecovered({ sqlite, files, now, log, open: () => openMigrated(sqlite, files, durability) });
  } catch (error) {
    throw error instanceof StartError ? error : failure(error, files.main);
  }
}

function openMigrated(sqlite: typeof nodeSqlite, files: DatabaseFiles, durability: Durability): nodeSqlite.DatabaseSync {
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
