import type { DatabaseSync } from 'node:sqlite';
import { type Agent, agentSchema } from '../../../protocol/model.ts';
import { columnsOf, createTable } from './table.ts';

/** The agents; their presence is in memory, and the columns of it say how it was. */
export function createAgentTable(database: DatabaseSync) {
  const table = createTable<Agent>(database, 'agents', columnsOf(agentSchema));
  const agentByName = table.query('WHERE workspaceId = ? AND name = ?');
  const setAgentHeard = database.prepare('UPDATE agents SET lastHeardAt = ? WHERE id = ?');
  const agentsOfWorkspace = table.query('WHERE workspaceId = ?');
  const agentCount = database.prepare('SELECT count(*) AS n FROM agents WHERE workspaceId = ?');

  return {
    ...table,
    byName: (workspaceId: string, name: string) => agentByName(workspaceId, name)[0],
    countOfWorkspace: (workspaceId: string) => Number(agentCount.get(workspaceId)?.['n'] ?? 0),
    ofWorkspace: (workspaceId: string) => agentsOfWorkspace(workspaceId),
    /** No change that is told: it is for a hub that restarts. */
    setHeard: (id: string, at: string) => setAgentHeard.run(at, id),
  };
}
