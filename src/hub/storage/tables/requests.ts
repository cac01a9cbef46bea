import type { DatabaseSync } from 'node:sqlite';
import { type Request, requestSchema } from '../../../protocol/model.ts';
import { walkRequests } from '../decisionWalk.ts';
import { columnsOf, createTable } from './table.ts';

/** How an agent asked; `task`: by a tool, and its client polls for the answer. */
export type RequestSource = 'tool' | 'task' | 'hook' | 'channel';

/** What the hub keeps of a request for itself: how the answer goes back to the connection that asked. */
export interface RequestRoute {
  /** The connection that asked (see `Caller`). */
  connectionId: string;
  source: RequestSource;
  /** The agent's own id for it. */
  externalId?: string | undefined;
}

/** The requests, with what the hub keeps of each for itself: how the answer goes back to the connection that asked. */
export function createRequestTable(database: DatabaseSync) {
  const table = createTable<Request>(database, 'requests', columnsOf(requestSchema));
  const requestsOfTask = table.query('WHERE taskId = ? ORDER BY id');
  const openRequestsOfTask = table.query(`WHERE taskId = ? AND status = 'open' ORDER BY id`);
  // An index of some rows is used where its condition is repeated word for word.
  const unfinished = `status IN ('open', 'answered', 'delivered', 'expired')`;
  const liveRequests = table.query(`WHERE ${unfinished} AND status <> 'expired' ORDER BY id`);
  const requestsByAskKey = table.query(
    `WHERE workspaceId = ? AND askKey = ? AND status IN ('open', 'answered', 'expired') ORDER BY id DESC LIMIT 1`,
  );
  const requestsToldByTask = table.query(
    `WHERE workspaceId = ? AND askKey = ? AND status = 'delivered' AND source = 'task' AND updatedAt >= ? AND ${unfinished}
     ORDER BY id DESC LIMIT 1`,
  );
  const requestsForAgent = table.query(`WHERE workspaceId = ? AND agentId = ? AND status = ? AND ${unfinished} ORDER BY id`);
  const requestsByExternalId = table.query(
    'WHERE workspaceId = ? AND externalId = ? AND (? IS NULL OR connectionId = ?) ORDER BY id DESC LIMIT 1',
  );
  const undecidedByExternalId = table.query(`WHERE workspaceId = ? AND externalId = ? AND status IN ('open', 'expired') ORDER BY id`);
  const permissions = table.query(`WHERE workspaceId = ? AND kind = 'permission' ORDER BY id DESC LIMIT ?`);
  const walkDecided = walkRequests(database);
  const setRequestKey = database.prepare('UPDATE requests SET askKey = ? WHERE id = ?');
  const setRequestRoute = database.prepare('UPDATE requests SET connectionId = ?, source = ?, externalId = ? WHERE id = ?');
  const takeRequest = database.prepare('UPDATE requests SET taken = 1 WHERE id = ?');
  const cancelRequest = database.prepare('UPDATE requests SET cancelled = 1 WHERE id = ?');
  const requestCancelled = database.prepare('SELECT cancelled FROM requests WHERE id = ?');
  const noteVerdictIn = database.prepare('UPDATE requests SET verdictIn = 1 WHERE id = ?');
  const requestTaken = database.prepare('SELECT taken, verdictIn FROM requests WHERE id = ?');
  const requestRoute = database.prepare('SELECT connectionId, source, externalId FROM requests WHERE id = ?');
  const openCount = database.prepare(
    `SELECT count(*) AS n FROM requests WHERE workspaceId = ? AND agentId = ? AND status = 'open' AND ${unfinished}`,
  );
  const openCountOfWorkspace = database.prepare(
    `SELECT count(*) AS n FROM requests WHERE workspaceId = ? AND status = 'open' AND ${unfinished}`,
  );

  // What stands in the agent's own window as well.
  const askedThere = database.prepare(
    `SELECT 1 FROM requests WHERE workspaceId = ? AND (kind = 'permission' OR dialog IS NOT NULL) AND ${unfinished}
     AND (status <> 'expired' OR updatedAt >= ?) LIMIT 1`,
  );

  return {
    ...table,
    ofTask: (taskId: string) => requestsOfTask(taskId),
    openOfTask: (taskId: string) => openRequestsOfTask(taskId),
    /** Open, or answered and not acted on. */
    live: () => liveRequests(),
    byAskKey: (workspaceId: string, key: string) => requestsByAskKey(workspaceId, key)[0],
    /** The one whose answer has reached the agent since then, and only as the end of a task. */
    toldByTask: (workspaceId: string, key: string, since: string) => requestsToldByTask(workspaceId, key, since)[0],
    forAgent: (workspaceId: string, agentId: string, status: 'open' | 'answered' | 'delivered' | 'expired') =>
      requestsForAgent(workspaceId, agentId, status),
    /** The newest that bears the agent's own id; over this connection, if one is given. */
    byExternalId: (workspaceId: string, externalId: string, connectionId?: string) =>
      requestsByExternalId(workspaceId, externalId, connectionId ?? null, connectionId ?? null)[0],
    /** Those that bear the agent's own id and can still be decided. */
    undecided: (workspaceId: string, externalId: string) => undecidedByExternalId(workspaceId, externalId),
    /** An agent has asked something in its own window as well that is not over; what has expired counts if that was since then. */
    isAnyAskedThere: (workspaceId: string, expiredSince: string) => askedThere.get(workspaceId, expiredSince) !== undefined,
    /** Those that are no longer open, the newest first. */
    decided: walkDecided,
    /** The newest permissions that were asked for, whatever became of them. */
    permissions: (workspaceId: string, limit: number) => permissions(workspaceId, limit),
    openCount: (workspaceId: string, agentId: string) => Number(openCount.get(workspaceId, agentId)?.['n'] ?? 0),
    openCountOfWorkspace: (workspaceId: string) => Number(openCountOfWorkspace.get(workspaceId)?.['n'] ?? 0),
    setAskKey: (id: string, key: string) => setRequestKey.run(key, id),
    setRoute: (id: string, { connectionId, source, externalId }: RequestRoute) =>
      setRequestRoute.run(connectionId, source, externalId ?? null, id),
    /** The answer goes to an agent, if only in part: nobody can say from now on that it has not seen it. */
    take: (id: string) => takeRequest.run(id),
    isTaken: (id: string) => requestTaken.get(id)?.['taken'] === 1,
    /** The agent's client has cancelled the call that asked. */
    cancel: (id: string) => cancelRequest.run(id),
    isCancelled: (id: string) => requestCancelled.get(id)?.['cancelled'] === 1,
    /** The caller that asked has the verdict, and what is left of the answer is its note. */
    noteVerdictIn: (id: string) => noteVerdictIn.run(id),
    isVerdictIn: (id: string) => requestTaken.get(id)?.['verdictIn'] === 1,
    route(id: string): RequestRoute | undefined {
      const row = requestRoute.get(id);
      if (typeof row?.['connectionId'] !== 'string') return undefined;
      const externalId = row['externalId'];
      return {
        connectionId: row['connectionId'],
        source: row['source'] as RequestSource,
        ...(typeof externalId === 'string' && { externalId }),
      };
    },
  };
}
