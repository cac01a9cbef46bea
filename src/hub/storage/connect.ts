import type * as nodeSqlite from 'node:sqlite';

/**
 * What an acknowledged write survives. `process`: a crash of the hub. `full`: a crash of the machine and the loss of its power too, at
 * the price of a wait for the disk with each commit.
 */
export type Durability = 'process' | 'full';

/** Finds `node:sqlite`, or `undefined` where the editor's Node has none. Handed in, so that a test can take it away. */
export type SqliteLoader = () => typeof nodeSqlite | undefined;

/** How long SQLite waits for another program that holds the database. */
const busyMs = 2_000;

// A database that somebody tampered with may hold no more than data: its views and triggers can call nothing that reaches out of it.
const guarded = `PRAGMA trusted_schema = OFF; PRAGMA busy_timeout = ${busyMs};`;

/**
 * The size of the write-ahead log, in pages (64 MB), at which a commit itself moves it into the database. The checkpoint thread usually
 * does so earlier.
 */
const walPages = 16_000;

/** The pragmas that set when a commit waits for the disk. */
export function waitsForDisk(durability: Durability): string {
  // On macOS only `fullfsync` waits until the disk itself has it.
  return durability === 'full' ? 'PRAGMA synchronous = FULL; PRAGMA fullfsync = ON;' : 'PRAGMA synchronous = NORMAL;';
}

/** Opens the hub's database for its only writer. */
export function connectWriter(sqlite: typeof nodeSqlite, file: string, durability: Durability): nodeSqlite.DatabaseSync {
  return connect(sqlite, file, {}, [
    // Only a database without tables takes this. Deleted pages can then be given back to the disk piece by piece.
    'PRAGMA auto_vacuum = INCREMENTAL;',
    `PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = ${walPages};`,
    waitsForDisk(durability),
    'PRAGMA foreign_keys = ON;',
  ]);
}

/** Opens a database to look at it. Nothing in the file changes. */
export function connectReader(sqlite: typeof nodeSqlite, file: string): nodeSqlite.DatabaseSync {
  return connect(sqlite, file, { readOnly: true }, []);
}

/** Opens a new database file that is filled once. It is on disk, complete, when it is closed. */
export function connectDraft(sqlite: typeof nodeSqlite, file: string): nodeSqlite.DatabaseSync {
  return connect(sqlite, file, { enableForeignKeyConstraints: false }, ['PRAGMA auto_vacuum = INCREMENTAL; PRAGMA synchronous = FULL;']);
}

function connect(
  sqlite: typeof nodeSqlite,
  file: string,
  options: nodeSqlite.DatabaseSyncOptions,
  pragmas: readonly string[],
): nodeSqlite.DatabaseSync {
  const database = new sqlite.DatabaseSync(file, { ...options, defensive: true });
  try {
    database.exec(guarded + pragmas.join(''));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
