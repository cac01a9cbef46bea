import type { DatabaseSync } from 'node:sqlite';
import type { Agent, Delivery, Message, Request, Task, TaskStatus, Workspace } from '../../protocol/model.ts';
import { createTable } from './table.ts';

/** An agent's session of the older MCP era, as it introduced itself. */
export interface StoredSession {
  id: string;
  workspaceId: string;
  /** The `initialize` request, whole, so that the session can be taken up again after a restart. */
  initialize: Record<string, unknown>;
  createdAt: string;
}

export type Store = ReturnType<typeof createStore>;

/** The tables and the queries over them. No rules: those are the service's. */
export function createStore(database: DatabaseSync) {
  const workspaces = createTable<Workspace>(database, 'workspaces', ['id', 'name', 'description', 'folder', 'createdAt', 'updatedAt']);
  const agents = createTable<Agent>(
    database,
    'agents',
    ['id', 'workspaceId', 'name', 'title', 'version', 'connected', 'lastHeardAt', 'waitingFor'],
    { connected: 'boolean' },
  );
  const tasks = createTable<Task>(database, 'tasks', [
    'id',
    'workspaceId',
    'createdAt',
    'updatedAt',
    'createdBy',
    'assignee',
    'status',
    'title',
    'body',
    'sortOrder',
    'agentId',
    'lastMessageAt',
  ]);
  const messages = createTable<Message>(database, 'messages', [
    'id',
    'workspaceId',
    'taskId',
    'createdAt',
    'sender',
    'kind',
    'text',
    'agentId',
    'requestId',
    'delivery',
  ]);
  const requests = createTable<Request>(
    database,
    'requests',
    ['id', 'workspaceId', 'taskId', 'agentId', 'kind', 'status', 'question', 'choices', 'multiple', 'createdAt', 'updatedAt', 'answer'],
    { choices: 'json', answer: 'json', multiple: 'boolean' },
  );
  const sessions = createTable<StoredSession>(database, 'sessions', ['id', 'workspaceId', 'initialize', 'createdAt'], {
    initialize: 'json',
  });

  const workspaceByFolder = workspaces.query('WHERE folder = ?');
  const workspaceByName = workspaces.query('WHERE folder IS NULL AND name = ?');
  const agentByName = agents.query('WHERE workspaceId = ? AND name = ?');
  const connectedAgents = agents.query('WHERE connected = 1 OR waitingFor IS NOT NULL');
  const taskByKey = tasks.query('WHERE workspaceId = ? AND clientKey = ?');
  const nextTask = tasks.query(`WHERE workspaceId = ? AND status = 'notstarted' AND assignee = 'agent' ORDER BY sortOrder, id LIMIT 1`);
  const tasksOfAgent = tasks.query(`WHERE agentId = ? AND status = 'ongoing'`);
  const taskPage = tasks.query('WHERE workspaceId = ? ORDER BY id DESC LIMIT ? OFFSET ?');
  const taskPageByStatus = tasks.query(
    `WHERE workspaceId = ? AND status IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ? OFFSET ?`,
  );
  const taskCounts = database.prepare('SELECT status, count(*) AS n FROM tasks WHERE workspaceId = ? GROUP BY status');
  const setTaskKey = database.prepare('UPDATE tasks SET clientKey = ? WHERE id = ?');
  const messagesOfTask = messages.query('WHERE taskId = ? ORDER BY id');
  const messagePage = messages.query('WHERE taskId = ? ORDER BY id LIMIT ? OFFSET ?');
  const messageCount = database.prepare('SELECT count(*) AS n FROM messages WHERE taskId = ?');
  const messageByKey = messages.query('WHERE taskId = ? AND clientKey = ?');
  const setMessageKey = database.prepare('UPDATE messages SET clientKey = ? WHERE id = ?');
  // A reply that answered a question reaches the agent with the answer, so it isn't handed over a second time.
  const messagesForAgent = messages.query(
    `JOIN tasks ON tasks.id = messages.taskId
     WHERE tasks.agentId = ? AND messages.delivery = ? AND messages.requestId IS NULL ORDER BY messages.id`,
  );
  const messagesOfAnswer = messages.query(`WHERE taskId = ? AND requestId = ? AND delivery IN ('queued', 'offered')`);
  const requestsOfTask = requests.query('WHERE taskId = ? ORDER BY id');
  const openRequestsOfTask = requests.query(`WHERE taskId = ? AND status = 'open' ORDER BY id`);
  const liveRequests = requests.query(`WHERE status IN ('open', 'answered') ORDER BY id`);
  const requestsByAskKey = requests.query(
    `WHERE workspaceId = ? AND askKey = ? AND status IN ('open', 'answered') ORDER BY id DESC LIMIT 1`,
  );
  const requestsForAgent = requests.query(
    `WHERE workspaceId = ? AND agentId = ? AND status = ? AND status IN ('open', 'answered') ORDER BY id`,
  );
  const offeredRequests = requests.query(
    `WHERE workspaceId = ? AND agentId = ? AND status = 'answered' AND status IN ('open', 'answered') AND offered = 1`,
  );
  const setRequestKey = database.prepare('UPDATE requests SET askKey = ? WHERE id = ?');
  const setRequestOffered = database.prepare('UPDATE requests SET offered = ? WHERE id = ?');
  const getMeta = database.prepare('SELECT value FROM meta WHERE key = ?');
  const setMeta = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');

  return {
    workspaces: {
      ...workspaces,
      byFolder: (folder: string) => workspaceByFolder(folder)[0],
      byName: (name: string) => workspaceByName(name)[0],
    },
    agents: {
      ...agents,
      byName: (workspaceId: string, name: string) => agentByName(workspaceId, name)[0],
      /** Those that were connected or waiting when the hub last stopped. */
      connected: () => connectedAgents(),
    },
    tasks: {
      ...tasks,
      byKey: (workspaceId: string, key: string) => taskByKey(workspaceId, key)[0],
      setKey: (id: string, key: string) => setTaskKey.run(key, id),
      /** The first in the queue of those that wait for an agent. */
      next: (workspaceId: string) => nextTask(workspaceId)[0],
      ongoingOfAgent: (agentId: string) => tasksOfAgent(agentId),
      page(workspaceId: string, statuses: readonly TaskStatus[], limit: number, offset: number) {
        if (statuses.length === 0) return taskPage(workspaceId, limit, offset);
        return taskPageByStatus(workspaceId, JSON.stringify(statuses), limit, offset);
      },
      counts(workspaceId: string): Map<string, number> {
        return new Map(taskCounts.all(workspaceId).map((row) => [String(row['status']), Number(row['n'])]));
      },
    },
    messages: {
      ...messages,
      ofTask: (taskId: string) => messagesOfTask(taskId),
      page: (taskId: string, limit: number, offset: number) => messagePage(taskId, limit, offset),
      count: (taskId: string) => Number(messageCount.get(taskId)?.['n'] ?? 0),
      byKey: (taskId: string, key: string) => messageByKey(taskId, key)[0],
      setKey: (id: string, key: string) => setMessageKey.run(key, id),
      /** The person's messages in the tasks of an agent that have come just as far as `delivery`. */
      forAgent: (agentId: string, delivery: Delivery) => messagesForAgent(agentId, delivery),
      /** Replies that reach the agent with the answer to this request. */
      ofAnswer: (taskId: string, requestId: string) => messagesOfAnswer(taskId, requestId),
    },
    requests: {
      ...requests,
      ofTask: (taskId: string) => requestsOfTask(taskId),
      openOfTask: (taskId: string) => openRequestsOfTask(taskId),
      /** Open, or answered with the answer still on its way. */
      live: () => liveRequests(),
      byAskKey: (workspaceId: string, key: string) => requestsByAskKey(workspaceId, key)[0],
      forAgent: (workspaceId: string, agentId: string, status: 'open' | 'answered') => requestsForAgent(workspaceId, agentId, status),
      /** Answers that went out with the result of a call. */
      offered: (workspaceId: string, agentId: string) => offeredRequests(workspaceId, agentId),
      setAskKey: (id: string, key: string) => setRequestKey.run(key, id),
      setOffered: (id: string, offered: boolean) => setRequestOffered.run(offered ? 1 : 0, id),
    },
    sessions,
    meta: {
      get: (key: string) => getMeta.get(key)?.['value'] as string | undefined,
      set: (key: string, value: string) => setMeta.run(key, value),
    },
  };
}
