import type { DatabaseSync } from 'node:sqlite';
import { searchedWords } from './searchedWords.ts';

// The schema, and its changes since. Columns bear the names of the model's members, so that a row is nearly the thing itself.

/** The version of `baseline`. Databases of earlier versions were never released, and are refused. */
const baselineVersion = 16;

const unfinished = `status IN ('open', 'answered', 'delivered', 'expired')`;
const unread = `delivery IN ('queued', 'offered')`;

/** The schema of an empty database. */
const baseline = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE workspaces (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL, folder TEXT,
    createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX workspacesByFolder ON workspaces (folder) WHERE folder IS NOT NULL;
  CREATE UNIQUE INDEX workspacesByName ON workspaces (name) WHERE folder IS NULL;

  CREATE TABLE agents (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    name TEXT NOT NULL, title TEXT, version TEXT, connected INTEGER NOT NULL, lastHeardAt TEXT NOT NULL, waitingFor TEXT,
    waitsElsewhere TEXT, hears TEXT
  ) STRICT;
  CREATE UNIQUE INDEX agentsByName ON agents (workspaceId, name);

  CREATE TABLE tasks (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL, createdBy TEXT NOT NULL, assignee TEXT NOT NULL,
    status TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, sortOrder REAL NOT NULL,
    agentId TEXT, lastMessageAt TEXT, clientKey TEXT, via TEXT, claimedVia TEXT, claimedUntil INTEGER,
    archivedAt TEXT, place TEXT, seenAt TEXT, attachments TEXT, stop TEXT, hook TEXT
  ) STRICT;
  CREATE INDEX tasksByStatus ON tasks (workspaceId, status, assignee, sortOrder, id);
  CREATE INDEX tasksByAgent ON tasks (agentId, status) WHERE agentId IS NOT NULL;
  CREATE UNIQUE INDEX tasksByKey ON tasks (workspaceId, clientKey) WHERE clientKey IS NOT NULL;
  CREATE INDEX tasksUnfinished ON tasks (id) WHERE archivedAt IS NULL AND status NOT IN ('completed', 'rejected');
  CREATE INDEX tasksFinished ON tasks (updatedAt, id) WHERE archivedAt IS NULL AND status IN ('completed', 'rejected');

  CREATE TABLE messages (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL, taskId TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
    createdAt TEXT NOT NULL, sender TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL,
    agentId TEXT, requestId TEXT, delivery TEXT, clientKey TEXT, attachments TEXT, move TEXT, action TEXT,
    toAgentId TEXT, toVia TEXT
  ) STRICT;
  CREATE INDEX messagesByTask ON messages (taskId, id);
  CREATE INDEX messagesUnread ON messages (taskId, delivery) WHERE ${unread};
  CREATE UNIQUE INDEX messagesByKey ON messages (taskId, clientKey) WHERE clientKey IS NOT NULL;
  CREATE INDEX messagesUndelivered ON messages (workspaceId, createdAt) WHERE ${unread};
  CREATE INDEX messagesMeantFor ON messages (toAgentId) WHERE toAgentId IS NOT NULL;

  CREATE TABLE requests (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    taskId TEXT REFERENCES tasks (id) ON DELETE CASCADE,
    agentId TEXT, kind TEXT NOT NULL, status TEXT NOT NULL, question TEXT NOT NULL, choices TEXT NOT NULL,
    multiple INTEGER NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL, answer TEXT,
    askKey TEXT, offered INTEGER NOT NULL DEFAULT 0, permission TEXT, handedOver INTEGER, via TEXT, door TEXT,
    externalId TEXT, taken INTEGER, place TEXT, verdictIn INTEGER, cancelled INTEGER, dialog TEXT
  ) STRICT;
  CREATE INDEX requestsByTask ON requests (taskId, id);
  CREATE INDEX requestsLive ON requests (workspaceId, agentId, status) WHERE ${unfinished};
  CREATE INDEX requestsByAskKey ON requests (workspaceId, askKey) WHERE status IN ('open', 'answered', 'expired');
  CREATE INDEX requestsByExternalId ON requests (workspaceId, externalId) WHERE externalId IS NOT NULL;
  CREATE INDEX requestsUnfinished ON requests (id) WHERE ${unfinished};
  CREATE INDEX permissions ON requests (workspaceId, id) WHERE kind = 'permission';
  -- What a search of the decisions looks at, beside the rows: their texts may be a megabyte each, and only the beginnings are searched.
  CREATE INDEX decidedRequests ON requests (id, status, workspaceId, taskId, agentId, ${searchedWords}) WHERE status <> 'open';

  CREATE TABLE offers (
    itemId TEXT NOT NULL, kind TEXT NOT NULL, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    agentId TEXT NOT NULL, via TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (itemId, agentId, via)
  ) STRICT;
  CREATE INDEX offersByAgent ON offers (agentId, state);
  CREATE INDEX offersUnsent ON offers (state) WHERE state IN ('flying', 'broken');
  CREATE TRIGGER offersOfMessage AFTER DELETE ON messages BEGIN DELETE FROM offers WHERE itemId = old.id; END;
  CREATE TRIGGER offersOfRequest AFTER DELETE ON requests BEGIN DELETE FROM offers WHERE itemId = old.id; END;

  CREATE TABLE waits (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE, agentId TEXT NOT NULL,
    via TEXT NOT NULL, target TEXT NOT NULL, status TEXT NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL, came TEXT
  ) STRICT;
  CREATE INDEX waitsOfAgent ON waits (agentId, id);

  CREATE TABLE rules (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    text TEXT NOT NULL, createdAt TEXT NOT NULL, expiresAt TEXT, unchecked INTEGER
  ) STRICT;
  CREATE INDEX rulesByWorkspace ON rules (workspaceId, id);

  CREATE TABLE sessions (
    id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    initialize TEXT NOT NULL, createdAt TEXT NOT NULL, lastUsedAt TEXT
  ) STRICT;

  -- Decisions that were made elsewhere and imported: no requests, so no agent is given them. \`words\` is what is searched.
  CREATE TABLE decisions (id TEXT PRIMARY KEY, workspaceId TEXT NOT NULL, entry TEXT NOT NULL, words TEXT NOT NULL) STRICT;
  CREATE INDEX decisionsSearched ON decisions (id, workspaceId, words);

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
  CREATE TRIGGER attachmentsOfMessage AFTER DELETE ON messages WHEN old.attachments IS NOT NULL BEGIN
    UPDATE attachments SET taskId = NULL, createdAt = ''
      WHERE id IN (SELECT value ->> 'id' FROM json_each(old.attachments)) AND taskId = old.taskId;
  END;

  -- \`total\`: the bytes of the log up to and with this event.
  CREATE TABLE events (
    number INTEGER PRIMARY KEY AUTOINCREMENT, workspaceId TEXT NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL,
    total INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX eventsByWorkspace ON events (workspaceId, number);
`;

/** The first brings a database of the version of `baseline` to the next one, and so on. Entries are only ever added. */
const migrations: readonly string[] = [
  // Tables and columns are called by the words of the vocabulary.
  `
  ALTER TABLE tasks RENAME COLUMN via TO connectionId;
  ALTER TABLE tasks RENAME COLUMN claimedVia TO leasedTo;
  ALTER TABLE tasks RENAME COLUMN claimedUntil TO leasedUntil;
  ALTER TABLE messages RENAME COLUMN toVia TO toConnectionId;
  ALTER TABLE requests RENAME COLUMN via TO connectionId;
  ALTER TABLE requests RENAME COLUMN door TO source;
  ALTER TABLE requests DROP COLUMN offered;
  ALTER TABLE waits RENAME COLUMN via TO connectionId;

  DROP TRIGGER offersOfMessage;
  DROP TRIGGER offersOfRequest;
  DROP INDEX offersByAgent;
  DROP INDEX offersUnsent;
  ALTER TABLE offers RENAME TO deliveries;
  ALTER TABLE deliveries RENAME COLUMN via TO connectionId;
  CREATE INDEX deliveriesByAgent ON deliveries (agentId, state);
  CREATE INDEX deliveriesUnsent ON deliveries (state) WHERE state IN ('flying', 'broken');
  CREATE TRIGGER deliveriesOfMessage AFTER DELETE ON messages BEGIN DELETE FROM deliveries WHERE itemId = old.id; END;
  CREATE TRIGGER deliveriesOfRequest AFTER DELETE ON requests BEGIN DELETE FROM deliveries WHERE itemId = old.id; END;
  `,
  // Each page that a commit changes is written twice, and every commit appends to the log: its numbers need no table of their own, because
  // its newest event is never deleted, and an index by workspace would serve only readers of one workspace that are far behind.
  `
  DELETE FROM meta WHERE key = 'epoch' AND NOT EXISTS (SELECT 1 FROM events);
  ALTER TABLE events RENAME TO formerEvents;
  DROP INDEX eventsByWorkspace;
  CREATE TABLE events (
    number INTEGER PRIMARY KEY, workspaceId TEXT NOT NULL, at TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL,
    total INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  INSERT INTO events SELECT number, workspaceId, at, type, payload, total FROM formerEvents;
  DROP TABLE formerEvents;
  `,
  // A task that the user gave to one agent is kept for that one.
  'ALTER TABLE tasks ADD COLUMN meantFor TEXT;',
  // An agent that the user has taken off their list.
  'ALTER TABLE agents ADD COLUMN removedAt TEXT;',
];

/** The version of the schema that this hub works with. */
export const newestVersion = baselineVersion + migrations.length;

/** The version of the schema of a database; 0: it has none yet. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

/** Whether this hub can work with a database of that version, or bring it to the newest one. */
export function isKnown(version: number): boolean {
  return version === 0 || (version >= baselineVersion && version <= newestVersion);
}

/** Brings `database` to the newest schema, or to version `upTo` of it: all the way, or not at all. */
export function migrate(database: DatabaseSync, upTo = newestVersion): void {
  const version = versionOf(database);
  if (!isKnown(version)) throw new Error(`the database has schema ${version}, and this hub knows ${baselineVersion} to ${newestVersion}`);
  if (version >= upTo) return;
  const steps = [baseline, ...migrations].slice(version === 0 ? 0 : version - baselineVersion + 1, upTo - baselineVersion + 1);
  try {
    database.exec(`BEGIN IMMEDIATE; ${steps.join('\n')} PRAGMA user_version = ${upTo}; COMMIT;`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
