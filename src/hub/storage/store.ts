import type { DatabaseSync } from 'node:sqlite';
import type { Agent, Attachment, Message, Request, Rule, Task, TaskStatus, Workspace } from '../../protocol/model.ts';
import { createDecisionTable } from './decisionTable.ts';
import { walkRequests } from './decisionWalk.ts';
import { createOfferTable } from './offerTable.ts';
import { createTable } from './table.ts';
import { createWaitTable } from './waitTable.ts';

/** An agent's session of the older MCP era, as it introduced itself. */
export interface StoredSession {
  id: string;
  workspaceId: string;
  /** The `initialize` request, whole, so that the session can be taken up again after a restart. */
  initialize: Record<string, unknown>;
  createdAt: string;
  /** When it was last heard, give or take a minute. */
  lastUsedAt: string;
}

/** A file, and what it goes with. */
export interface StoredAttachment extends Attachment {
  workspaceId: string;
  createdAt: string;
  /** Absent: it was uploaded, and nothing has used it. */
  taskId?: string | undefined;
}

/** By which door an agent asked; `task`: by a tool, and its client polls for the answer. */
export type Door = 'tool' | 'task' | 'hook' | 'channel';

/** What the hub keeps of a request for itself: how it goes back to whoever asked. */
export interface RequestRoute {
  /** The connection that asked (see `Caller`). */
  via: string;
  door: Door;
  /** The agent's own id for it. */
  externalId?: string | undefined;
}

/** A piece of the list of a workspace's tasks. */
interface TaskPage {
  workspaceId: string;
  /** Empty: all. */
  statuses: readonly TaskStatus[];
  archived?: boolean | undefined;
  limit: number;
  offset: number;
}

export type Store = ReturnType<typeof createStore>;

/** The tables and the queries over them. No rules: those are the service's. */
export function createStore(database: DatabaseSync) {
  const workspaces = createTable<Workspace>(database, 'workspaces', ['id', 'name', 'description', 'folder', 'createdAt', 'updatedAt']);
  const agents = createTable<Agent>(
    database,
    'agents',
    ['id', 'workspaceId', 'name', 'title', 'version', 'connected', 'lastHeardAt', 'waitingFor', 'waitsElsewhere', 'hears'],
    { connected: 'boolean', waitingFor: 'json', waitsElsewhere: 'json' },
  );
  const tasks = createTable<Task>(
    database,
    'tasks',
    [
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
      'archivedAt',
      'place',
      'seenAt',
      'attachments',
      'stop',
    ],
    { place: 'json', attachments: 'json', stop: 'json' },
  );
  const messages = createTable<Message>(
    database,
    'messages',
    [
      'id',
      'workspaceId',
      'taskId',
      'createdAt',
      'sender',
      'kind',
      'move',
      'action',
      'text',
      'agentId',
      'requestId',
      'delivery',
      'attachments',
    ],
    { move: 'json', attachments: 'json' },
  );
  const attachments = createTable<StoredAttachment>(database, 'attachments', [
    'id',
    'workspaceId',
    'name',
    'mimeType',
    'size',
    'createdAt',
    'taskId',
  ]);
  const unusedAttachments = attachments.query('WHERE taskId IS NULL AND createdAt < ? LIMIT 1000');
  // A file takes a block of the disk, however small it is.
  const attachmentBytes = database.prepare(
    `SELECT coalesce(sum(max(size, 4096)), 0) AS n, coalesce(sum(max(size, 4096)) FILTER (WHERE workspaceId = ?), 0) AS own FROM attachments`,
  );
  const requests = createTable<Request>(
    database,
    'requests',
    [
      'id',
      'workspaceId',
      'taskId',
      'agentId',
      'kind',
      'status',
      'question',
      'place',
      'permission',
      'dialog',
      'choices',
      'multiple',
      'createdAt',
      'updatedAt',
      'answer',
      'handedOver',
    ],
    { place: 'json', permission: 'json', dialog: 'json', choices: 'json', answer: 'json', multiple: 'boolean', handedOver: 'boolean' },
  );
  const sessions = createTable<StoredSession>(database, 'sessions', ['id', 'workspaceId', 'initialize', 'createdAt', 'lastUsedAt'], {
    initialize: 'json',
  });
  const rules = createTable<Rule>(database, 'rules', ['id', 'workspaceId', 'text', 'createdAt', 'expiresAt', 'unchecked'], {
    unchecked: 'boolean',
  });
  const offers = createOfferTable(database);
  const waits = createWaitTable(database);
  const decisions = createDecisionTable(database);

  const workspaceByFolder = workspaces.query('WHERE folder = ?');
  const workspaceByName = workspaces.query('WHERE folder IS NULL AND name = ?');
  const freeFolder = database.prepare('UPDATE workspaces SET folder = id WHERE id = ?');
  const agentByName = agents.query('WHERE workspaceId = ? AND name = ?');
  const setAgentHeard = database.prepare('UPDATE agents SET lastHeardAt = ? WHERE id = ?');
  const agentsOfWorkspace = agents.query('WHERE workspaceId = ?');
  const taskByKey = tasks.query('WHERE workspaceId = ? AND clientKey = ?');
  const nextTask = tasks.query(
    `WHERE workspaceId = ? AND status = 'notstarted' AND assignee = 'agent' AND archivedAt IS NULL
       AND (claimedUntil IS NULL OR claimedUntil <= ? OR claimedVia = ?)
     ORDER BY claimedVia IS ? DESC, sortOrder, id LIMIT 1`,
  );
  const claimTask = database.prepare('UPDATE tasks SET claimedVia = ?, claimedUntil = ? WHERE id = ?');
  const releaseTask = database.prepare('UPDATE tasks SET claimedVia = NULL, claimedUntil = NULL WHERE id = ?');
  const taskVia = database.prepare('SELECT via FROM tasks WHERE id = ?');
  const setLastMessage = database.prepare('UPDATE tasks SET lastMessageAt = ? WHERE id = ?');
  const taskHook = database.prepare('SELECT hook FROM tasks WHERE id = ?');
  const setTaskHook = database.prepare('UPDATE tasks SET hook = ? WHERE id = ?');
  const stoppedTask = database.prepare(`SELECT 1 FROM tasks WHERE workspaceId = ? AND status = 'ongoing' AND stop IS NOT NULL LIMIT 1`);
  const setTaskVia = database.prepare('UPDATE tasks SET via = ?, hook = iif(? IS NULL, NULL, hook) WHERE id = ?');
  const tasksOfAgent = tasks.query(`WHERE agentId = ? AND status = 'ongoing'`);
  const unfinishedTasks = tasks.query(`WHERE archivedAt IS NULL AND status NOT IN ('completed', 'rejected')`);
  const finishedTasks = tasks.query(
    `WHERE archivedAt IS NULL AND status IN ('completed', 'rejected') ORDER BY updatedAt DESC, id DESC LIMIT ?`,
  );
  const taskPage = tasks.query('WHERE workspaceId = ? AND (archivedAt IS NOT NULL) = ? ORDER BY id DESC LIMIT ? OFFSET ?');
  const taskPageByStatus = tasks.query(
    `WHERE workspaceId = ? AND (archivedAt IS NOT NULL) = ? AND status IN (SELECT value FROM json_each(?)) ORDER BY id DESC LIMIT ? OFFSET ?`,
  );
  const tasksWithOpenPermission = tasks.query(
    `WHERE id IN (SELECT taskId FROM requests WHERE workspaceId = ? AND kind = 'permission' AND status = 'open')
     ORDER BY createdAt LIMIT ? OFFSET ?`,
  );
  const taskCounts = database.prepare(
    'SELECT status, count(*) AS n FROM tasks WHERE workspaceId = ? AND archivedAt IS NULL GROUP BY status',
  );
  const setTaskKey = database.prepare('UPDATE tasks SET clientKey = ? WHERE id = ?');
  const messagesOfTask = messages.query('WHERE taskId = ? ORDER BY id');
  const messagePage = messages.query('WHERE taskId = ? ORDER BY id LIMIT ? OFFSET ?');
  const messageCount = database.prepare('SELECT count(*) AS n FROM messages WHERE taskId = ?');
  const messageByKey = messages.query('WHERE taskId = ? AND clientKey = ?');
  const setMessageKey = database.prepare('UPDATE messages SET clientKey = ? WHERE id = ?');
  // A reply that answered a question reaches the agent with the answer, so it isn't handed over a second time.
  const messagesForAgent = messages.query(
    `JOIN tasks ON tasks.id = messages.taskId
     WHERE tasks.agentId = ? AND messages.delivery IN ('queued', 'offered') AND messages.requestId IS NULL AND messages.toAgentId IS NULL
     ORDER BY messages.id`,
  );
  const messagesMeantFor = messages.query(`WHERE toAgentId = ? AND delivery IN ('queued', 'offered') ORDER BY id`);
  const movesOfTask = messages.query('WHERE taskId = ? AND move IS NOT NULL ORDER BY id DESC LIMIT 50');
  const recipientOf = database.prepare('SELECT toAgentId AS agentId, toVia AS via FROM messages WHERE id = ?');
  const setRecipient = database.prepare('UPDATE messages SET toAgentId = ?, toVia = ? WHERE id = ?');
  const undeliveredMessages = messages.query(
    `WHERE workspaceId = ? AND createdAt >= ? AND delivery IN ('queued', 'offered') AND requestId IS NULL ORDER BY id`,
  );
  const messagesOfAnswer = messages.query(`WHERE taskId = ? AND requestId = ? AND delivery IN ('queued', 'offered')`);
  const requestsOfTask = requests.query('WHERE taskId = ? ORDER BY id');
  const openRequestsOfTask = requests.query(`WHERE taskId = ? AND status = 'open' ORDER BY id`);
  // An index of some rows is used where its condition is repeated word for word.
  const unfinished = `status IN ('open', 'answered', 'delivered', 'expired')`;
  const liveRequests = requests.query(`WHERE ${unfinished} AND status <> 'expired' ORDER BY id`);
  const requestsByAskKey = requests.query(
    `WHERE workspaceId = ? AND askKey = ? AND status IN ('open', 'answered', 'expired') ORDER BY id DESC LIMIT 1`,
  );
  const requestsToldByTask = requests.query(
    `WHERE workspaceId = ? AND askKey = ? AND status = 'delivered' AND door = 'task' AND updatedAt >= ? AND ${unfinished}
     ORDER BY id DESC LIMIT 1`,
  );
  const requestsForAgent = requests.query(`WHERE workspaceId = ? AND agentId = ? AND status = ? AND ${unfinished} ORDER BY id`);
  const requestsByExternalId = requests.query(
    'WHERE workspaceId = ? AND externalId = ? AND (? IS NULL OR via = ?) ORDER BY id DESC LIMIT 1',
  );
  const undecidedByExternalId = requests.query(`WHERE workspaceId = ? AND externalId = ? AND status IN ('open', 'expired') ORDER BY id`);
  const permissions = requests.query(`WHERE workspaceId = ? AND kind = 'permission' ORDER BY id DESC LIMIT ?`);
  const walkDecided = walkRequests(database);
  const setRequestKey = database.prepare('UPDATE requests SET askKey = ? WHERE id = ?');
  const setRequestRoute = database.prepare('UPDATE requests SET via = ?, door = ?, externalId = ? WHERE id = ?');
  const takeRequest = database.prepare('UPDATE requests SET taken = 1 WHERE id = ?');
  const cancelRequest = database.prepare('UPDATE requests SET cancelled = 1 WHERE id = ?');
  const requestCancelled = database.prepare('SELECT cancelled FROM requests WHERE id = ?');
  const noteVerdictIn = database.prepare('UPDATE requests SET verdictIn = 1 WHERE id = ?');
  const requestTaken = database.prepare('SELECT taken, verdictIn FROM requests WHERE id = ?');
  const requestRoute = database.prepare('SELECT via, door, externalId FROM requests WHERE id = ?');
  const openCount = database.prepare(
    `SELECT count(*) AS n FROM requests WHERE workspaceId = ? AND agentId = ? AND status = 'open' AND ${unfinished}`,
  );
  const openCountOfWorkspace = database.prepare(
    `SELECT count(*) AS n FROM requests WHERE workspaceId = ? AND status = 'open' AND ${unfinished}`,
  );
  const agentCount = database.prepare('SELECT count(*) AS n FROM agents WHERE workspaceId = ?');
  const rulesOfWorkspace = rules.query('WHERE workspaceId = ? ORDER BY id');
  const getMeta = database.prepare('SELECT value FROM meta WHERE key = ?');
  const setMeta = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');

  return {
    workspaces: {
      ...workspaces,
      byFolder: (folder: string) => workspaceByFolder(folder)[0],
      byName: (name: string) => workspaceByName(name)[0],
      /** Two of them are about to change folders with each other, and each folder has one at a time. */
      freeFolder: (id: string) => freeFolder.run(id),
    },
    agents: {
      ...agents,
      byName: (workspaceId: string, name: string) => agentByName(workspaceId, name)[0],
      countOfWorkspace: (workspaceId: string) => Number(agentCount.get(workspaceId)?.['n'] ?? 0),
      ofWorkspace: (workspaceId: string) => agentsOfWorkspace(workspaceId),
      /** No change that is told: it is for a hub that restarts. */
      setHeard: (id: string, at: string) => setAgentHeard.run(at, id),
    },
    tasks: {
      ...tasks,
      byKey: (workspaceId: string, key: string) => taskByKey(workspaceId, key)[0],
      setKey: (id: string, key: string) => setTaskKey.run(key, id),
      /** The first in the queue that `via` may have: what it got before and has not begun, then what nobody has. `now` in ms. */
      next: (workspaceId: string, via: string, now: number) => nextTask(workspaceId, now, via, via)[0],
      claim: (id: string, via: string, untilMs: number) => claimTask.run(via, untilMs, id),
      release: (id: string) => releaseTask.run(id),
      /** The connection that last worked on it. */
      via: (id: string) => (taskVia.get(id)?.['via'] as string | null | undefined) ?? undefined,
      setLastMessage: (id: string, at: string) => setLastMessage.run(at, id),
      setVia: (id: string, via: string | undefined) => setTaskVia.run(via ?? null, via ?? null, id),
      /** The hooks of the session that last worked on it. */
      hook: (id: string) => (taskHook.get(id)?.['hook'] as string | null | undefined) ?? undefined,
      setHook: (id: string, via: string | undefined) => setTaskHook.run(via ?? null, id),
      /** The person has stopped one that is ongoing. */
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
      /** Those in which a permission waits for the person, the oldest first. */
      withOpenPermission: (workspaceId: string, limit: number, offset: number) => tasksWithOpenPermission(workspaceId, limit, offset),
      /** How many there are in each status; archived ones don't count. */
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
      /** The person's messages for an agent that are not proven to have arrived: those in its tasks, and those that are meant for it alone. */
      forAgent: (agentId: string) =>
        [...messagesForAgent(agentId), ...messagesMeantFor(agentId)].toSorted((left, right) => (left.id < right.id ? -1 : 1)),
      /** The notes of what the person did to a task, the newest first. */
      moves: (taskId: string) => movesOfTask(taskId),
      /** For whom alone it is meant; `undefined`: for whoever has the task. */
      recipient(id: string): { agentId: string; via: string | undefined } | undefined {
        const row = recipientOf.get(id);
        if (typeof row?.['agentId'] !== 'string') return undefined;
        return { agentId: row['agentId'], via: typeof row['via'] === 'string' ? row['via'] : undefined };
      },
      setRecipient: (id: string, { agentId, via }: { agentId: string; via: string | undefined }) =>
        setRecipient.run(agentId, via ?? null, id),
      /** The person's messages since then in a workspace that are not proven to have arrived, whoever works on their tasks. */
      undelivered: (workspaceId: string, since: string) => undeliveredMessages(workspaceId, since),
      /** Replies that reach the agent with the answer to this request. */
      ofAnswer: (taskId: string, requestId: string) => messagesOfAnswer(taskId, requestId),
    },
    requests: {
      ...requests,
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
      byExternalId: (workspaceId: string, externalId: string, via?: string) =>
        requestsByExternalId(workspaceId, externalId, via ?? null, via ?? null)[0],
      /** Those that bear the agent's own id and can still be decided. */
      undecided: (workspaceId: string, externalId: string) => undecidedByExternalId(workspaceId, externalId),
      /** Those that are no longer open, the newest first. */
      decided: walkDecided,
      /** The newest permissions that were asked for, whatever became of them. */
      permissions: (workspaceId: string, limit: number) => permissions(workspaceId, limit),
      openCount: (workspaceId: string, agentId: string) => Number(openCount.get(workspaceId, agentId)?.['n'] ?? 0),
      openCountOfWorkspace: (workspaceId: string) => Number(openCountOfWorkspace.get(workspaceId)?.['n'] ?? 0),
      setAskKey: (id: string, key: string) => setRequestKey.run(key, id),
      setRoute: (id: string, { via, door, externalId }: RequestRoute) => setRequestRoute.run(via, door, externalId ?? null, id),
      /** The answer goes to an agent, if only in part: nobody can say from now on that it has not seen it. */
      take: (id: string) => takeRequest.run(id),
      isTaken: (id: string) => requestTaken.get(id)?.['taken'] === 1,
      /** The agent's client has cancelled the call that asked. */
      cancel: (id: string) => cancelRequest.run(id),
      isCancelled: (id: string) => requestCancelled.get(id)?.['cancelled'] === 1,
      /** Whoever asked has the verdict, and what is left of the answer is its note. */
      noteVerdictIn: (id: string) => noteVerdictIn.run(id),
      isVerdictIn: (id: string) => requestTaken.get(id)?.['verdictIn'] === 1,
      route(id: string): RequestRoute | undefined {
        const row = requestRoute.get(id);
        if (typeof row?.['via'] !== 'string') return undefined;
        const externalId = row['externalId'];
        return { via: row['via'], door: row['door'] as Door, ...(typeof externalId === 'string' && { externalId }) };
      },
    },
    rules: { ...rules, ofWorkspace: (workspaceId: string) => rulesOfWorkspace(workspaceId) },
    attachments: {
      ...attachments,
      /** Those that go with nothing, and were there before then. */
      unused: (before: string) => unusedAttachments(before),
      /** What all of them take, and those of one workspace. */
      bytes(workspaceId: string): { all: number; own: number } {
        const row = attachmentBytes.get(workspaceId);
        return { all: Number(row?.['n'] ?? 0), own: Number(row?.['own'] ?? 0) };
      },
    },
    offers,
    waits,
    decisions,
    sessions,
    meta: {
      get: (key: string) => getMeta.get(key)?.['value'] as string | undefined,
      set: (key: string, value: string) => setMeta.run(key, value),
    },
  };
}
