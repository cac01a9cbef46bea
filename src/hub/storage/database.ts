import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type * as nodeSqlite from 'node:sqlite';
import { StartError } from '../startError.ts';
import { migrate } from './migrations.ts';

/** The file in the hub's home that holds everything. */
export const databaseFile = 'hub.db';

/** Finds `node:sqlite`, or `undefined` where the editor's Node has none. Handed in, so that a test can take it away. */
export type SqliteLoader = () => typeof nodeSqlite | undefined;

const loadSqlite: SqliteLoader = () => process.getBuiltinModule('node:sqlite');

/**
 * Opens the hub's database in `home` and brings it to the newest schema. A commit survives a crash of this process
 * (WAL, `synchronous=NORMAL`).
 * @throws StartError `sqlite-missing` or `database-failed`
 */
export function openDatabase(home: string, load: SqliteLoader = loadSqlite): nodeSqlite.DatabaseSync {
  const sqlite = load();
  if (sqlite === undefined) {
    throw new StartError(
      'sqlite-missing',
      `This editor runs on Node ${process.versions.node}, which has no SQLite. Update the editor to a version built on VS Code 1.105 or newer.`,
    );
  }
  const file = join(home, databaseFile);
  try {
    // SQLite gives its other files the mode of this one.
    closeSync(openSync(file, 'a', 0o600));
    const database = new sqlite.DatabaseSync(file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 2000;');
    migrate(database);
    return database;
  } catch (error) {
    throw new StartError(
      'database-failed',
      `The hub can't use its database ${file}. Make sure that the disk isn't full and that you may write there, then restart the hub.`,
      { cause: error },
    );
  }
}
