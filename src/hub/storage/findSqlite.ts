import type * as nodeSqlite from 'node:sqlite';
import { translatable } from '../../util/sentence.ts';
import { StartError } from '../lifecycle/startError.ts';
import type { SqliteLoader } from './connect.ts';

const loadSqlite: SqliteLoader = () => process.getBuiltinModule('node:sqlite');

/** The editor's SQLite. @throws StartError `sqlite-missing` */
export function findSqlite(load: SqliteLoader = loadSqlite): typeof nodeSqlite {
  const sqlite = load();
  if (sqlite !== undefined) return sqlite;
  throw new StartError(
    'sqlite-missing',
    translatable(
      'This editor runs on Node {0}, which has no SQLite. Update the editor to a version built on VS Code 1.105 or newer.',
      process.versions.node,
    ),
  );
}
