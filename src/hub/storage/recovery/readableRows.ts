import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { sqliteTrouble } from '../sqliteTrouble.ts';

/** A row as SQLite gives it. */
export type StoredRow = Record<string, SQLOutputValue>;

/** So many numbers are tried one by one behind a row that can't be read; then in ever larger steps. */
const singleSteps = 4_096;
const lastNumber = 2 ** 52;
/** Where a row stands. No column has a name like it. */
export const rowNumber = 'row number';

/** Where reading came to after a hole: at a row, or at the end of the table. */
type Place = number | 'end';

/**
 * The rows of a table, in the order in which they were made, as far as they can be read. `onHole` hears of each hole, with how many
 * rows were in it at most; `undefined` if nobody can say.
 * @throws if there is no such table, or nobody can say what is in it
 */
export function* readableRows(
  database: DatabaseSync,
  table: string,
  columns: readonly string[],
  onHole: (rows: number | undefined) => void,
): Generator<StoredRow> {
  let after = 0;
  const sql = `SELECT rowid AS "${rowNumber}", ${columns.join(', ')} FROM ${table} NOT INDEXED WHERE rowid > ? ORDER BY rowid`;
  const all = database.prepare(sql);
  const first = database.prepare(`${sql} LIMIT 1`);

  /** The first row after `place`, or `undefined` if it can't be read. */
  function probe(place: number): Place | undefined {
    return readable(() => {
      const row = first.get(place);
      return row === undefined ? 'end' : Number(row[rowNumber]);
    });
  }

  function findNext(): Place | undefined {
    for (let step = 1; step <= singleSteps; step += 1) {
      const found = probe(after + step);
      if (found !== undefined) return found;
    }
    let unreadable = after + singleSteps;
    for (let step = singleSteps; unreadable + step < lastNumber; step *= 2) {
      let found = probe(unreadable + step);
      if (found !== undefined) {
        for (let high = unreadable + step; high - unreadable > 1; ) {
          const middle = Math.floor((unreadable + high) / 2);
          const nearer = probe(middle);
          if (nearer === undefined) unreadable = middle;
          else [high, found] = [middle, nearer];
        }
        return found;
      }
      unreadable += step;
    }
    return undefined;
  }

  for (;;) {
    const rows = readable(() => all.iterate(after));
    const step = (): IteratorResult<StoredRow> | undefined => (rows === undefined ? undefined : readable(() => rows.next()));
    for (let next = step(); next !== undefined; next = step()) {
      if (next.done === true) return;
      after = Number(next.value[rowNumber]);
      yield next.value;
    }
    const place = findNext();
    if (place === 'end' || place === undefined) {
      onHole(undefined);
      return;
    }
    onHole(place - after - 1);
    after = place - 1;
  }
}

/** What `read` gives, or `undefined` if the file is damaged there. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (sqliteTrouble(error) !== 'damaged') throw error;
    return undefined;
  }
}

/** The table isn't there, or the file is damaged where it says what is in it. */
export function isUnreadable(error: unknown): boolean {
  const trouble = sqliteTrouble(error);
  return trouble === 'damaged' || trouble === 'other';
}
