import type { DatabaseSync } from 'node:sqlite';

// How databases came to be before their schema was put into one step: each step as hubs of that time carried it out. Nothing here changes
// with the product.

const permission = 'iif(json_valid(permission), permission, NULL)';
const answer = 'iif(json_valid(answer), answer, NULL)';
const searchedWords = `concat_ws(char(10), ${[
  'question',
  `${permission} ->> '$.tool'`,
  `${permission} ->> '$.input'`,
  `${answer} ->> '$.choices'`,
  `${answer} ->> '$.text'`,
  `${answer} ->> '$.note'`,
  `${answer} ->> '$.decision'`,
]
  .map((text) => `substr(${text}, 1, 2000)`)
  .join(', ')})`;

const steps: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE workspaces (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, folder TEXT,
    createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX workspacesByFolder ON workspaces (folder) WHERE folder IS NOT NULL;
  CREATE UNIQUE INDEX workspacesByName ON workspaces (name) WHERE folder IS NULL;

  CREATE TABLE agents (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name TEXT NOT NULL, title TEXT, version TEXT, connected INTEGER NOT NULL, lastHeardAt TEXT NOT NULL, waitingFor TEXT
  ) STRICT;
  CREATE UNIQUE INDEX agentsByName ON agents (workspaceId, name);

  CREATE TABLE tasks (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL, createdBy TEXT NOT NULL, assignee TEXT NOT NULL,
    status TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, sortOrder REAL NOT NULL,
    agentId TEXT, lastMessageAt TEXT, clientKey TEXT
  ) STRICT;
  CREATE INDEX tasksByStatus ON tasks (workspaceId, status, assignee, sortOrder, id);
  CREATE INDEX tasksByAgent ON tasks (agentId, status) WHERE agentId IS NOT NULL;
  CREATE UNIQUE INDEX tasksByKey ON tasks (workspaceId, clientKey) WHERE clientKey IS NOT NULL;

  CREATE TABLE messages (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL, taskId TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    createdAt TEXT NOT NULL, sender TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    agentId TEXT, requestId TEXT, delivery TEXT, clientKey TEXT
  ) STRICT;
  CREATE INDEX messagesByTask ON messages (taskId, id);
  CREATE INDEX messagesUnread ON messages (taskId, delivery) WHERE delivery IN ('queued', 'offered');
  CREATE UNIQUE INDEX messagesByKey ON messages (taskId, clientKey) WHERE clientKey IS NOT NULL;

  CREATE TABLE requests (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    taskId TEXT REFERENCES tasks (id) ON DELETE CASCADE,
    agentId TEXT, kind TEXT NOT NULL, status TEXT NOT NULL, question TEXT NOT NULL, choices TEXT NOT NULL,
    multiple INTEGER NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL, answer TEXT,
    askKey TEXT, offered INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX requestsByTask ON requests (taskId, id);
  CREATE INDEX requestsLive ON requests (workspaceId, agentId, status) WHERE status IN ('open', 'answered');
  CREATE INDEX requestsByAskKey ON requests (workspaceId, askKey) WHERE status IN ('open', 'answered');

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    initialize TEXT NOT NULL, createdAt TEXT NOT NULL
  ) STRICT;

  CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, workspaceId TEXT NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL
  ) STRICT;
  CREATE INDEX eventsByWorkspace ON events (workspaceId, number);
  `,
  `
  ALTER TABLE agents ADD COLUMN waitsElsewhere TEXT;

  ALTER TABLE tasks ADD COLUMN via TEXT;
  ALTER TABLE tasks ADD COLUMN claimedVia TEXT;
  ALTER TABLE tasks ADD COLUMN claimedUntil INTEGER;

  ALTER TABLE requests ADD COLUMN permission TEXT;
  ALTER TABLE requests ADD COLUMN handedOver INTEGER;
  ALTER TABLE requests ADD COLUMN via TEXT;
  ALTER TABLE requests ADD COLUMN door TEXT;
  ALTER TABLE requests ADD COLUMN externalId TEXT;
  DROP INDEX requestsLive;
  DROP INDEX requestsByAskKey;
  -- What was delivered is on the board from now on: finish what is there, and let every window read the board anew.
  UPDATE requests SET status = 'acted' WHERE status = 'delivered';
  DELETE FROM meta WHERE key = 'epoch';
  CREATE INDEX requestsLive ON requests (workspaceId, agentId, status) WHERE status IN ('open', 'answered', 'delivered', 'expired');
  CREATE INDEX requestsByAskKey ON requests (workspaceId, askKey) WHERE status IN ('open', 'answered', 'expired');
  CREATE INDEX requestsByExternalId ON requests (workspaceId, externalId) WHERE externalId IS NOT NULL;
  CREATE INDEX permissions ON requests (workspaceId, id) WHERE kind = 'permission';

  CREATE TABLE offers (
    itemId TEXT NOT NULL, kind TEXT NOT NULL, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    agentId TEXT NOT NULL, via TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (itemId, agentId, via)
  ) STRICT;
  CREATE INDEX offersByAgent ON offers (agentId, state);
  CREATE TRIGGER offersOfMessage AFTER DELETE ON messages BEGIN DELETE FROM offers WHERE itemId = old.id; END;
  CREATE TRIGGER offersOfRequest AFTER DELETE ON requests BEGIN DELETE FROM offers WHERE itemId = old.id; END;

  CREATE TABLE rules (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    text TEXT NOT NULL, createdAt TEXT NOT NULL, expiresAt TEXT
  ) STRICT;
  CREATE INDEX rulesByWorkspace ON rules (workspaceId, id);

  ALTER TABLE sessions ADD COLUMN lastUsedAt TEXT;
  UPDATE sessions SET lastUsedAt = createdAt;

  CREATE INDEX messagesUndelivered ON messages (workspaceId, createdAt) WHERE delivery IN ('queued', 'offered');
  CREATE INDEX requestsUnfinished ON requests (id) WHERE status IN ('open', 'answered', 'delivered', 'expired');
  CREATE INDEX offersUnsent ON offers (state) WHERE state IN ('flying', 'broken');
  -- The bytes of the log up to and with this event. With the epoch gone nobody can ask for the older ones.
  DELETE FROM events;
  ALTER TABLE events ADD COLUMN total INTEGER NOT NULL DEFAULT 0;
  `,
  `
  ALTER TABLE tasks ADD COLUMN archivedAt TEXT;
  CREATE INDEX tasksUnfinished ON tasks (id) WHERE archivedAt IS NULL AND status NOT IN ('completed', 'rejected');
  CREATE INDEX tasksFinished ON tasks (updatedAt, id) WHERE archivedAt IS NULL AND status IN ('completed', 'rejected');
  `,
  `
  -- What was answered before this was noted may be anywhere.
  ALTER TABLE requests ADD COLUMN taken INTEGER;
  UPDATE requests SET taken = 1 WHERE answer IS NOT NULL;
  `,
  `
  ALTER TABLE requests ADD COLUMN place TEXT;
  ALTER TABLE tasks ADD COLUMN place TEXT;
  `,
  `
  -- What was decided elsewhere and taken over: no requests, so no agent is given them. What is searched stands in words.
  CREATE TABLE decisions (id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL, entry TEXT NOT NULL, words TEXT NOT NULL) STRICT;
  `,
  `
  ALTER TABLE tasks ADD COLUMN seenAt TEXT;
  `,
  `
  ALTER TABLE tasks ADD COLUMN attachments TEXT;
  ALTER TABLE messages ADD COLUMN attachments TEXT;
  CREATE TABLE attachments (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL, name TEXT NOT NULL, mimeType TEXT NOT NULL, size INTEGER NOT NULL,
    createdAt TEXT NOT NULL, taskId TEXT
  ) STRICT;
  CREATE INDEX attachmentsByTask ON attachments (taskId) WHERE taskId IS NOT NULL;
  CREATE INDEX attachmentsUnused ON attachments (createdAt) WHERE taskId IS NULL;
  -- Unused for ever: the next clean-up takes the files.
  CREATE TRIGGER attachmentsOfTask AFTER DELETE ON tasks BEGIN
    UPDATE attachments SET taskId = NULL, createdAt = '' WHERE taskId = old.id AND taskId IS NOT NULL;
  END;
  `,
  `
  CREATE TRIGGER attachmentsOfMessage AFTER DELETE ON messages WHEN old.attachments IS NOT NULL BEGIN
    UPDATE attachments SET taskId = NULL, createdAt = ''
      WHERE id IN (SELECT value ->> 'id' FROM json_each(old.attachments)) AND taskId = old.taskId;
  END;
  `,
  `
  ALTER TABLE requests ADD COLUMN verdictIn INTEGER;
  -- From now on a list. What agents wait for ends with the hub anyway.
  UPDATE agents SET waitingFor = NULL;
  `,
  `
  -- Rules that were made before may allow no more than what is known to keep reading.
  ALTER TABLE rules ADD COLUMN unchecked INTEGER;
  `,
  `
  -- What a search of the decisions looks at, beside the rows: their texts may be a megabyte each, and only the beginnings are searched.
  CREATE INDEX decidedRequests ON requests (id, status, workspaceId, taskId, agentId, ${searchedWords}) WHERE status <> 'open';
  UPDATE decisions SET words = concat_ws(char(10),
    substr(entry ->> '$.request.question', 1, 2000), substr(entry ->> '$.request.permission.tool', 1, 2000),
    substr(entry ->> '$.request.permission.input', 1, 2000), substr(entry ->> '$.request.answer.choices', 1, 2000),
    substr(entry ->> '$.request.answer.text', 1, 2000), substr(entry ->> '$.request.answer.note', 1, 2000),
    entry ->> '$.request.answer.decision', substr(entry ->> '$.taskTitle', 1, 2000), substr(entry ->> '$.agentName', 1, 2000))
    WHERE length(words) > 2000 AND json_valid(entry);
  CREATE INDEX decisionsSearched ON decisions (id, workspaceId, words);
  `,
  `
  ALTER TABLE requests ADD COLUMN cancelled INTEGER;
  CREATE TABLE waits (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE, agentId TEXT NOT NULL,
    via TEXT NOT NULL, target TEXT NOT NULL, status TEXT NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL, came TEXT
  ) STRICT;
  CREATE INDEX waitsOfAgent ON waits (agentId, id);
  `,
  `
  -- What the user did to a task, as AgentRQ's agents read it, and for which agent it is meant.
  ALTER TABLE messages ADD COLUMN move TEXT;
  ALTER TABLE messages ADD COLUMN action TEXT;
  ALTER TABLE messages ADD COLUMN toAgentId TEXT;
  ALTER TABLE messages ADD COLUMN toVia TEXT;
  CREATE INDEX messagesMeantFor ON messages (toAgentId) WHERE toAgentId IS NOT NULL;
  ALTER TABLE tasks ADD COLUMN stop TEXT;
  -- The hooks of the session that works on it.
  ALTER TABLE tasks ADD COLUMN hook TEXT;
  `,
  `
  ALTER TABLE requests ADD COLUMN dialog TEXT;
  `,
  // What becomes of what the user says to an agent.
  `
  ALTER TABLE agents ADD COLUMN hears TEXT;
  `,
];

/** The last version of the schema that was reached by these steps. */
export const formerVersion = steps.length;

/** Brings a database to version `upTo` of the schema, in the way of hubs of that time. */
export function formerSchema(database: DatabaseSync, upTo = formerVersion): void {
  const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
  database.exec(`BEGIN; ${steps.slice(version, upTo).join('\n')} PRAGMA user_version = ${upTo}; COMMIT;`);
}
