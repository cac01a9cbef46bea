import type { DatabaseSync } from 'node:sqlite';
import { type Rule, ruleSchema } from '../../protocol/model.ts';
import { createAgentTable } from './tables/agents.ts';
import { createAttachmentTable } from './tables/attachments.ts';
import { createDecisionTable } from './tables/decisions.ts';
import { createDeliveryTable } from './tables/deliveries.ts';
import { createMessageTable } from './tables/messages.ts';
import { createRequestTable } from './tables/requests.ts';
import { createSessionTable } from './tables/sessions.ts';
import { columnsOf, createTable } from './tables/table.ts';
import { createTaskTable } from './tables/tasks.ts';
import { createWaitTable } from './tables/waits.ts';
import { createWorkspaceTable } from './tables/workspaces.ts';

export type Store = ReturnType<typeof createStore>;

/** The tables and the queries over them. No rules: those are the service's. */
export function createStore(database: DatabaseSync) {
  const rules = createTable<Rule>(database, 'rules', columnsOf(ruleSchema));
  const rulesOfWorkspace = rules.query('WHERE workspaceId = ? ORDER BY id');
  const getMeta = database.prepare('SELECT value FROM meta WHERE key = ?');
  const setMeta = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  return {
    workspaces: createWorkspaceTable(database),
    agents: createAgentTable(database),
    tasks: createTaskTable(database),
    messages: createMessageTable(database),
    requests: createRequestTable(database),
    rules: { ...rules, ofWorkspace: (workspaceId: string) => rulesOfWorkspace(workspaceId) },
    attachments: createAttachmentTable(database),
    deliveries: createDeliveryTable(database),
    waits: createWaitTable(database),
    decisions: createDecisionTable(database),
    sessions: createSessionTable(database),
    meta: {
      get: (key: string) => getMeta.get(key)?.['value'] as string | undefined,
      set: (key: string, value: string) => setMeta.run(key, value),
    },
  };
}
