import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { LoggedDecision } from '../../protocol/model.ts';
import type { DecisionPage } from './store.ts';

/** The decisions that were taken over from elsewhere. */
export function createDecisionTable(database: DatabaseSync) {
  const put = database.prepare('INSERT INTO decisions (id, workspaceId, entry, words) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
  const get = database.prepare('SELECT entry FROM decisions WHERE id = ?');
  const page = database.prepare(
    `SELECT entry FROM decisions WHERE id < ? AND (? IS NULL OR workspaceId = ?) AND words LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?`,
  );
  return {
    /** Says whether it is new here. */
    add: (entry: LoggedDecision, words: string): boolean =>
      put.run(entry.request.id, entry.request.workspaceId, JSON.stringify(entry), words).changes > 0,
    get: (id: string): LoggedDecision | undefined => {
      const row = get.get(id);
      return row === undefined ? undefined : parse(row);
    },
    /** The newest first. */
    page({ before, workspaceId, like, limit }: DecisionPage): LoggedDecision[] {
      const rows = page.all(before, workspaceId ?? null, workspaceId ?? null, like, limit);
      return rows.map(parse);
    },
  };
}

/** Only what was checked at the edge was ever written. */
function parse(row: Record<string, SQLOutputValue>): LoggedDecision {
  return JSON.parse(String(row['entry'])) as LoggedDecision;
}
