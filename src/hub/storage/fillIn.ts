import type { DatabaseSync } from 'node:sqlite';
import type { Store } from './store.ts';

/** Makes up the workspaces and tasks that are lost and that something else belongs to, so that this is not lost with them. */
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

  // Without their workspace, or without what they carry, these stand for nothing.
  database.exec(`
    DELETE FROM sessions WHERE workspaceId NOT IN (SELECT id FROM workspaces);
    DELETE FROM offers WHERE workspaceId NOT IN (SELECT id FROM workspaces)
      OR itemId NOT IN (SELECT id FROM messages UNION ALL SELECT id FROM requests);`);
}
