import type { DatabaseSync } from 'node:sqlite';
import { createTable } from './table.ts';

/** A call of `waitForReply` that goes on as a task: what an agent waits for, and what has come of it. */
export interface StoredWait {
  id: string;
  workspaceId: string;
  agentId: string;
  /** The connection that began it (see `Caller`). */
  connectionId: string;
  target: { kind: 'request'; requestId: string } | { kind: 'task'; taskId: string } | { kind: 'anything' };
  /** `ended`: something came. */
  status: 'open' | 'ended' | 'cancelled';
  createdAt: string;
  updatedAt: string;
  /** What came: a client that asks again gets the same. */
  came?: { requestIds: string[]; messageIds: string[] } | undefined;
}

/** The waits. They outlive the hub, as the clients that poll for them do. */
export function createWaitTable(database: DatabaseSync) {
  const waits = createTable<StoredWait>(database, 'waits', {
    id: 'plain',
    workspaceId: 'plain',
    agentId: 'plain',
    connectionId: 'plain',
    target: 'json',
    status: 'plain',
    createdAt: 'plain',
    updatedAt: 'plain',
    came: 'json',
  });
  const open = waits.query(`WHERE agentId = ? AND connectionId = ? AND target = ? AND status = 'open' ORDER BY id DESC LIMIT 1`);
  const ofAgent = waits.query('WHERE agentId = ? ORDER BY id DESC LIMIT -1 OFFSET ?');
  return {
    get: waits.get,
    put: waits.put,
    delete: waits.delete,
    /** The open one of this connection for the same thing. */
    open: (agentId: string, connectionId: string, target: StoredWait['target']) => open(agentId, connectionId, JSON.stringify(target))[0],
    /** All but the newest `count` of an agent. */
    beyond: (agentId: string, count: number) => ofAgent(agentId, count),
  };
}
