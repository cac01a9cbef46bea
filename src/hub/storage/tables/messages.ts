import type { DatabaseSync } from 'node:sqlite';
import { type Message, messageSchema } from '../../../protocol/model.ts';
import { columnsOf, createTable } from './table.ts';

/** The messages, with whom each is meant for. */
export function createMessageTable(database: DatabaseSync) {
  const table = createTable<Message>(database, 'messages', columnsOf(messageSchema));
  const messagesOfTask = table.query('WHERE taskId = ? ORDER BY id');
  const messagePage = table.query('WHERE taskId = ? ORDER BY id LIMIT ? OFFSET ?');
  const messageCount = database.prepare('SELECT count(*) AS n FROM messages WHERE taskId = ?');
  const messageByKey = table.query('WHERE taskId = ? AND clientKey = ?');
  const setMessageKey = database.prepare('UPDATE messages SET clientKey = ? WHERE id = ?');
  // A reply that answered a question reaches the agent with the answer, so it isn't handed over a second time.
  const messagesForAgent = table.query(
    `JOIN tasks ON tasks.id = messages.taskId
     WHERE tasks.agentId = ? AND messages.delivery IN ('queued', 'offered') AND messages.requestId IS NULL AND messages.toAgentId IS NULL
     ORDER BY messages.id`,
  );
  const messagesMeantFor = table.query(`WHERE toAgentId = ? AND delivery IN ('queued', 'offered') ORDER BY id`);
  const movesOfTask = table.query('WHERE taskId = ? AND move IS NOT NULL ORDER BY id DESC LIMIT 50');
  const recipientOf = database.prepare('SELECT toAgentId AS agentId, toConnectionId AS connectionId FROM messages WHERE id = ?');
  const setRecipient = database.prepare('UPDATE messages SET toAgentId = ?, toConnectionId = ? WHERE id = ?');
  const undeliveredMessages = table.query(
    `WHERE workspaceId = ? AND createdAt >= ? AND delivery IN ('queued', 'offered') AND requestId IS NULL ORDER BY id`,
  );
  const messagesOfAnswer = table.query(`WHERE taskId = ? AND requestId = ? AND delivery IN ('queued', 'offered')`);

  return {
    ...table,
    ofTask: (taskId: string) => messagesOfTask(taskId),
    page: (taskId: string, limit: number, offset: number) => messagePage(taskId, limit, offset),
    count: (taskId: string) => Number(messageCount.get(taskId)?.['n'] ?? 0),
    byKey: (taskId: string, key: string) => messageByKey(taskId, key)[0],
    setKey: (id: string, key: string) => setMessageKey.run(key, id),
    /** The user's messages for an agent that are not proven to have arrived: those in its tasks, and those that are meant for it alone. */
    forAgent: (agentId: string) =>
      [...messagesForAgent(agentId), ...messagesMeantFor(agentId)].toSorted((left, right) => (left.id < right.id ? -1 : 1)),
    /** The notes of what the user did to a task, the newest first. */
    moves: (taskId: string) => movesOfTask(taskId),
    /** For whom alone it is meant; `undefined`: for the agent that has the task. */
    recipient(id: string): { agentId: string; connectionId: string | undefined } | undefined {
      const row = recipientOf.get(id);
      if (typeof row?.['agentId'] !== 'string') return undefined;
      return { agentId: row['agentId'], connectionId: typeof row['connectionId'] === 'string' ? row['connectionId'] : undefined };
    },
    setRecipient: (id: string, { agentId, connectionId }: { agentId: string; connectionId: string | undefined }) =>
      setRecipient.run(agentId, connectionId ?? null, id),
    /** The user's messages since then in a workspace that are not proven to have arrived, of tasks of any agent. */
    undelivered: (workspaceId: string, since: string) => undeliveredMessages(workspaceId, since),
    /** Replies that reach the agent with the answer to this request. */
    ofAnswer: (taskId: string, requestId: string) => messagesOfAnswer(taskId, requestId),
  };
}
