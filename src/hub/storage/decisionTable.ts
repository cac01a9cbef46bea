import type { DatabaseSync } from 'node:sqlite';
import type { LoggedDecision } from '../../protocol/model.ts';
import type { DecisionPage } from './store.ts';

/** The decisions that were taken over from elsewhere. */
export function createDecisionTable(database: DatabaseSync) {
  const put = database.prepare('INSERT INTO decisions (id, workspaceId, entry, words) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
  const page = database.prepare(
    `SELECT entry FROM decisions WHERE id < ? AND (? IS NULL OR workspaceId = ?) AND words LIKE ? ESCAPE '\\' ORDER BY id DESC LIMIT ?`,
  );
  return {
    /** Says whether it is new here. */
    add: (entry: LoggedDecision, words: string): boolean =>
      put.run(entry.request.id, entry.request.workspaceId, JSON.stringify(entry), words).changes > 0,
    /** The newest first. */
    page({ before, workspaceId, like, limit }: DecisionPage): LoggedDecision[] {
      const rows = page.all(before, workspaceId ?? null, workspaceId ?? null, like, limit);
      return rows.map((row) => JSON.parse(String(row['entry'])) as LoggedDecision);
    },
  };
}
