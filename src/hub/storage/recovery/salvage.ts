import { isUtf8 } from 'node:buffer';
import type { DatabaseSync } from 'node:sqlite';
import { describeError } from '../../../util/errors.ts';
import type { Logger } from '../../../util/log.ts';
import { isKnown, migrate, newestVersion, versionOf } from '../migrations.ts';
import { sqliteTrouble } from '../sqliteTrouble.ts';
import { createStore } from '../store.ts';
import { fillIn, removeUnsound } from './fitRows.ts';
import { isUnreadable, readableRows, rowNumber, type StoredRow } from './readableRows.ts';
import { restoreFromEvents } from './restoreFromEvents.ts';

/** What came of it. */
export interface Salvage {
  workspaces: number;
  tasks: number;
  messages: number;
  requests: number;
  /** Rows that could neither be read nor restored from the events. */
  lost: number;
  /** The end of a table can't be read, so the number of lost rows is unknown. */
  torn: boolean;
}

/**
 * Copies the readable parts of a damaged database into an empty one: first row by row, then from the events, which carry complete things.
 * The log itself isn't copied, so every window takes a new snapshot.
 * @param damaged `undefined`: nothing of it can be read
 * @param now RFC 3339
 */
export function salvage(damaged: DatabaseSync | undefined, fresh: DatabaseSync, { now, log }: { now: string; log: Logger }): Salvage {
  const version = damaged === undefined ? 0 : readVersion(damaged);
  migrate(fresh, version > 0 && isKnown(version) ? version : newestVersion);
  fresh.exec('BEGIN');
  let lost = 0;
  let torn = false;
  if (damaged !== undefined) {
    for (const table of tablesOf(fresh)) {
      const copied = copy(damaged, fresh, table, log);
      lost += copied.lost;
      torn ||= copied.torn;
    }
  }
  fresh.prepare(`DELETE FROM meta WHERE key = 'epoch'`).run();
  fresh.exec('COMMIT');
  migrate(fresh);
  const store = createStore(fresh);
  fresh.exec('BEGIN');
  lost += removeUnsound(fresh, store);
  const restored = damaged === undefined ? 0 : restoreFromEvents(damaged, fresh, store);
  fillIn(fresh, store, now);
  fresh.exec('COMMIT');
  const count = (table: string): number => Number(fresh.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n']);
  return {
    workspaces: count('workspaces'),
    tasks: count('tasks'),
    messages: count('messages'),
    requests: count('requests'),
    lost: Math.max(0, lost - restored),
    torn,
  };
}

function readVersion(damaged: DatabaseSync): number {
  try {
    return versionOf(damaged);
  } catch {
    return 0;
  }
}

/** All but the log. */
function tablesOf(database: DatabaseSync): string[] {
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'events'`);
  return rows.all().map((row) => String(row['name']));
}

/** Copies a table, and says how many rows are lost. */
function copy(damaged: DatabaseSync, fresh: DatabaseSync, table: string, log: Logger): { lost: number; torn: boolean } {
  const columns = fresh.prepare('SELECT name FROM pragma_table_info(?)').all(table);
  const names = columns.map((row) => String(row['name']));
  const insert = fresh.prepare(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`);
  let lost = 0;
  let torn = false;
  const onHole = (rows: number | undefined): void => {
    lost += rows ?? 0;
    torn ||= rows === undefined;
    log.warn(rows === undefined ? `the end of ${table} can't be read` : `${rows} rows of ${table} can't be read`);
  };
  try {
    const isGarbled = garbledIn(damaged, table, names);
    for (const row of readableRows(damaged, table, names, onHole)) {
      if (isGarbled(row)) {
        onHole(1);
        continue;
      }
      try {
        insert.run(...names.map((name) => row[name] ?? null));
      } catch (error) {
        // It was read, but it isn't what a row of this table can be.
        if (sqliteTrouble(error) !== 'other') throw error;
        lost += 1;
        log.warn(`a row of ${table} is unusable: ${describeError(error)}`);
      }
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    onHole(undefined);
  }
  return { lost, torn };
}

/**
 * Tells the rows with texts that can't be what was written. SQLite notices damage by what doesn't fit together, and the pages of a long
 * text fit whatever they hold.
 */
function garbledIn(damaged: DatabaseSync, table: string, names: readonly string[]): (row: StoredRow) => boolean {
  const raw = damaged.prepare(`SELECT ${names.map((name) => `CAST(${name} AS BLOB)`).join(', ')} FROM ${table} WHERE rowid = ?`);
  return (row) => {
    // What isn't UTF-8 is read as this character, which anybody may have written as well.
    if (!names.some((name) => String(row[name]).includes('\uFFFD'))) return false;
    return Object.values(raw.get(Number(row[rowNumber])) ?? {}).some((value) => value instanceof Uint8Array && !isUtf8(value));
  };
}
