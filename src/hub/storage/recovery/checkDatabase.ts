import type { DatabaseSync } from 'node:sqlite';

/** Tables that every version of the hub's database has. */
const ownTables = ['meta', 'workspaces', 'tasks', 'messages', 'requests', 'events'];

/** The first problem that SQLite finds in `database`; `undefined` if there is none. `quick`: without checking the indexes. */
export function findDamage(database: DatabaseSync, depth: 'quick' | 'whole'): string | undefined {
  const row = database.prepare(depth === 'quick' ? 'PRAGMA quick_check(1)' : 'PRAGMA integrity_check(1)').get();
  const [said] = Object.values(row ?? {});
  return said === 'ok' ? undefined : String(said);
}

/** Whose it is: the hub's, or somebody else's. `torn`: some tables of a hub are there, others aren't. An empty one is the hub's. */
export function ownerOf(database: DatabaseSync): 'hub' | 'foreign' | 'torn' {
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
  const names = new Set(rows.map((row) => row['name']));
  const there = ownTables.filter((name) => names.has(name)).length;
  if (names.size === 0 || there === ownTables.length) return 'hub';
  return there === 0 ? 'foreign' : 'torn';
}
