import type { DatabaseSync } from 'node:sqlite';
import { type Task, type TaskStatus, taskSchema } from '../../../protocol/model.ts';
import { columnsOf, createTable } from './table.ts';

/** A piece of the list of a workspace's tasks. */
interface TaskPage {
  workspaceId: string;
  /** Empty: all. */
  statuses: readonly TaskStatus[];
  archived?: boolean | undefined;
  limit: number;
  offset: number;
}

/** What decides which task of the queue comes next. */
interface QueuePlace {
  workspaceId: string;
  connectionId: string;
  /** Of tasks that are meant for one agent, those for one of these. */
  agentIds: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
}

/** The tasks, with what the hub keeps of each for itself: who may begin it, and who last worked on it. */
export function createTaskTable(database: DatabaseSync) {
  const table = createTable<Task>(database, 'tasks', columnsOf(taskSchema));
  const taskByKey = table.query('WHERE workspaceId = ? AND clientKey = ?');
  const nextTask = table.query(
    `WHERE workspaceId = ? AND status = 'notstarted' AND assignee = 'agent' AND archivedAt IS NULL
       AND (meantFor IS NULL OR meantFor IN (SELECT value FROM json_each(?)))
       AND (leasedUntil IS NULL OR leasedUntil <= ? OR leasedTo = ?)
     ORDER BY leasedTo IS ? DESC, sortOrder, id LIMIT 1`,
  );
  const leaseTask = database.prepare('UPDATE tasks SET leasedTo = ?, leasedUntil = ? WHERE id = ?');
  const endLease = database.prepare('UPDATE tasks SET leasedTo = NULL, leasedUntil = NULL WHERE id = ?');
  const taskConnection = database.prepare('SELECT connectionId FROM tasks WHERE id = ?');
  const setLastMessage = database.prepare('UPDATE tasks SET lastMessageAt = ? WHERE id = ?');
  const taskHook = database.prepare('SELECT hook FROM tasks WHERE id = ?');
  const setTaskHook = database.prepare('UPDATE tasks SET hook = ? WHERE id = ?');
  const stoppedTask = database.prepare(`SELECT 1 FROM tasks WHERE workspaceId = ? AND status = 'ongoing' AND stop IS NOT NULL LIMIT 1`);
  const setTaskConnection = database.prepare('UPDATE tasks SET connectionId = ?, hook = iif(? IS NULL, NULL, hook) WHERE id = ?');
  const tasksOfAgent = table.query(`WHERE agentId = ? AND status = 'ongoing'`);
  const unfinishedTasks = table.query(`WHERE archivedAt IS NULL AND status NOT IN ('completed', 'rejected')`);
  const finishedTasks = table.query(
    `WHERE archivedAt IS NULL AND status IN ('completed', 'rejected') ORDER BY updatedAt DESC, id DESC LIMIT ?`,
  );
  const taskPage = table.query('WHERE workspaceId = ? AND (archivedAt IS NOT NULL) = ? ORDER BY id DESC LIMIT ? OFFSET ?');
  const taskPageByStatus = table.query(
    `WHERE workspaceId = ? AND (archivedAt IS NOT NULL) = ? AND status IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ? OFFSET ?`,
  );
  const tasksWithOpenPermission = table.query(
    `WHERE id IN (SELECT taskId FROM requests WHERE workspaceId = ? AND kind = 'permission' AND status = 'open')
     ORDER BY createdAt LIMIT ? OFFSET ?`,
  );
  const taskCounts = database.prepare(
    'SELECT status, count(*) AS n FROM tasks WHERE workspaceId = ? AND archivedAt IS NULL GROUP BY status',
  );
  const setTaskKey = database.prepare('UPDATE tasks SET clientKey = ? WHERE id = ?');

  return {
    ...table,
    byKey: (workspaceId: string, key: string) => taskByKey(workspaceId, key)[0],
    setKey: (id: string, key: string) => setTaskKey.run(key, id),
    /** The first in the queue that this connection may have: what it got before and has not begun, then what nobody has. */
    next: ({ workspaceId, connectionId, agentIds, now }: QueuePlace) =>
      nextTask(workspaceId, JSON.stringify(agentIds), now, connectionId, connectionId)[0],
    lease: (id: string, connectionId: string, untilMs: number) => leaseTask.run(connectionId, untilMs, id),
    endLease: (id: string) => endLease.run(id),
    /** The connection that last worked on it. */
    connectionOf: (id: string) => (taskConnection.get(id)?.['connectionId'] as string | null | undefined) ?? undefined,
    setLastMessage: (id: string, at: string) => setLastMessage.run(at, id),
    setConnection: (id: string, connectionId: string | undefined) => setTaskConnection.run(connectionId ?? null, connectionId ?? null, id),
    /** The hooks of the session that last worked on it. */
    hook: (id: string) => (taskHook.get(id)?.['hook'] as string | null | undefined) ?? undefined,
    setHook: (id: string, connectionId: string | undefined) => setTaskHook.run(connectionId ?? null, id),
    /** The user has stopped one that is ongoing. */
    isStopped: (workspaceId: string) => stoppedTask.get(workspaceId) !== undefined,
    ongoingOfAgent: (agentId: string) => tasksOfAgent(agentId),
    /** What a board shows: all that isn't finished, and of the rest the `finished` that changed last. Nothing archived. */
    onBoard: (finished: number) => [...unfinishedTasks(), ...finishedTasks(finished)],
    /** The newest first: either what was archived, or what wasn't. */
    page({ workspaceId, statuses, archived = false, limit, offset }: TaskPage) {
      const isArchived = archived ? 1 : 0;
      if (statuses.length === 0) return taskPage(workspaceId, isArchived, limit, offset);
      return taskPageByStatus(workspaceId, isArchived, JSON.stringify(statuses), limit, offset);
    },
    /** Those in which a permission waits for the user, the oldest first. */
    withOpenPermission: (workspaceId: string, limit: number, offset: number) => tasksWithOpenPermission(workspaceId, limit, offset),
    /** How many there are in each status; archived ones don't count. */
    counts(workspaceId: string): Map<string, number> {
      return new Map(taskCounts.all(workspaceId).map((row) => [String(row['status']), Number(row['n'])]));
    },
  };
}
