import type { DatabaseSync } from 'node:sqlite';
import { createTable, type Table } from './table.ts';

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

/** The sessions. They outlive the hub. */
export function createSessionTable(database: DatabaseSync): Table<StoredSession> {
  return createTable<StoredSession>(database, 'sessions', {
    id: 'plain',
    workspaceId: 'plain',
    initialize: 'json',
    createdAt: 'plain',
    lastUsedAt: 'plain',
  });
}
