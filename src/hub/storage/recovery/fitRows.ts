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

// Rows that were copied one by one may not fit together. Here they are made to.

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

/**
 * Creates placeholders for lost workspaces, tasks and file records that other rows refer to, so that those rows are kept.
 */
export function fillIn(database: DatabaseSync, store: Store, now: string): void {
  const workspaceIds = database.prepare(`
    SELECT workspaceId AS id FROM (
      SELECT workspaceId FROM agents UNION SELECT workspaceId FROM tasks UNION SELECT workspaceId FROM messages
      UNION SELECT workspaceId FROM requests UNION SELECT workspaceId FROM rules
    ) WHERE workspaceId NOT IN (SELECT id FROM workspaces)`);
  for (const row of workspaceIds.all()) {
    const id = String(row['id']);
    store.workspaces.put({ id, name: `Salvaged ${id}`, description: '', createdAt: now, updatedAt: now });
  }

  const taskIds = database.prepare(`
    SELECT taskId AS id, workspaceId FROM (
      SELECT taskId, workspaceId FROM messages UNION SELECT taskId, workspaceId FROM requests WHERE taskId IS NOT NULL
    ) WHERE taskId NOT IN (SELECT id FROM tasks) GROUP BY taskId`);
  for (const row of taskIds.all()) {
    store.tasks.put({
      id: String(row['id']),
      workspaceId: String(row['workspaceId']),
      createdAt: now,
      updatedAt: now,
      createdBy: 'human',
      assignee: 'human',
      status: 'ongoing',
      title: 'Salvaged task',
      body: '',
      sortOrder: 0,
    });
  }

  // What a file goes with says what it is; its bytes lie in a folder of their own.
  database.exec(`
    INSERT OR IGNORE INTO attachments (id, workspaceId, name, mimeType, size, createdAt, taskId)
    SELECT file.value ->> 'id', workspaceId, file.value ->> 'name', file.value ->> 'mimeType', file.value ->> 'size', createdAt, taskId FROM (
      SELECT attachments, workspaceId, createdAt, taskId FROM messages UNION ALL
      SELECT attachments, workspaceId, createdAt, id FROM tasks
    ) AS thing, json_each(thing.attachments) AS file;`);

  // Without their workspace, or without what they carry, these stand for nothing.
  database.exec(`
    DELETE FROM sessions WHERE workspaceId NOT IN (SELECT id FROM workspaces);
    DELETE FROM deliveries WHERE workspaceId NOT IN (SELECT id FROM workspaces)
      OR itemId NOT IN (SELECT id FROM messages UNION ALL SELECT id FROM requests);`);
}
