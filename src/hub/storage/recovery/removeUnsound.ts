import type { DatabaseSync } from 'node:sqlite';
import {
  agentSchema,
  attachmentSchema,
  loggedDecisionSchema,
  messageSchema,
  requestSchema,
  ruleSchema,
  taskSchema,
  workspaceSchema,
} from '../../../protocol/model.ts';
import type { Store } from '../store.ts';

/** Removes rows that don't match their schema: a single one would keep every window from reading the board. Returns their number. */
export function removeUnsound(database: DatabaseSync, store: Store): number {
  const sound: readonly [string, (id: string) => boolean][] = [
    ['workspaces', (id) => workspaceSchema.safeParse(store.workspaces.get(id)).success],
    ['agents', (id) => agentSchema.safeParse(store.agents.get(id)).success],
    ['tasks', (id) => taskSchema.safeParse(store.tasks.get(id)).success],
    ['messages', (id) => messageSchema.safeParse(store.messages.get(id)).success],
    ['requests', (id) => requestSchema.safeParse(store.requests.get(id)).success],
    ['rules', (id) => ruleSchema.safeParse(store.rules.get(id)).success],
    ['attachments', (id) => attachmentSchema.safeParse(store.attachments.get(id)).success],
    ['decisions', (id) => loggedDecisionSchema.safeParse(store.decisions.get(id)).success],
    ['sessions', (id) => typeof store.sessions.get(id)?.initialize === 'object'],
  ];
  let removed = 0;
  for (const [table, isSound] of sound) {
    const remove = database.prepare(`DELETE FROM ${table} WHERE id = ?`);
    for (const row of database.prepare(`SELECT id FROM ${table}`).all()) {
      const id = String(row['id']);
      if (holds(() => isSound(id))) continue;
      remove.run(id);
      removed += 1;
    }
  }
  return removed;
}

/** What can't be read at all (no JSON, say) isn't sound either. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
