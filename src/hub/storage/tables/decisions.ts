import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { LoggedDecision } from '../../../protocol/model.ts';
import { walkDecisions } from '../decisionWalk.ts';

/** The decisions that were taken over from elsewhere. */
export function createDecisionTable(database: DatabaseSync) {
  const put = database.prepare('INSERT INTO decisions (id, workspaceId, entry, words) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING');
  const get = database.prepare('SELECT entry FROM decisions WHERE id = ?');
  return {
    /** Says whether it is new here. */
    add: (entry: LoggedDecision, words: string): boolean =>
      put.run(entry.request.id, entry.request.workspaceId, JSON.stringify(entry), words).changes > 0,
    get: (id: string): LoggedDecision | undefined => {
      const row = get.get(id);
      return row === undefined ? undefined : parse(row);
    },
    /** The newest first. */
    page: walkDecisions(database),
  };
}

/** Only what was checked at the edge was ever written. */
function parse(row: Record<string, SQLOutputValue>): LoggedDecision {
  return JSON.parse(String(row['entry'])) as LoggedDecision;
}
