import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { agentToken, masterSecretFile } from '../../src/home/agentToken.ts';
import { readGenerations } from '../../src/home/generations.ts';
import { databaseFile } from '../../src/hub/storage/databaseFiles.ts';
import type { AgentAddress } from './testAgent.ts';

// The hub's folder as it lies on the disk: a test sees for itself what a hub has kept there, and never writes.

type Row = Record<string, string | number | null>;

/** What the database of the hub in this home says now; nothing while there is no database yet. */
export function queryHub(home: string, sql: string, ...parameters: string[]): Row[] {
  const file = join(home, databaseFile);
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  try {
    const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get();
    return tables?.['n'] === 0 ? [] : (database.prepare(sql).all(...parameters) as Row[]);
  } finally {
    database.close();
  }
}

/** The id of the workspace with this name, once the hub knows it. */
export function workspaceNamed(home: string, name: string): string | undefined {
  const id = queryHub(home, 'SELECT id FROM workspaces WHERE name = ?', name)[0]?.['id'];
  return id === undefined ? undefined : String(id);
}

/** Where an agent of the workspace connects, with the token that the hub would give the user for it. */
export function agentAddressOf({ home, hubUrl, workspaceId }: { home: string; hubUrl: string; workspaceId: string }): AgentAddress {
  const secret = readFileSync(join(home, masterSecretFile), 'utf8').trim();
  return {
    mcpUrl: `${hubUrl}/mcp/${workspaceId}`,
    agentToken: agentToken(secret, workspaceId, readGenerations(home).get(workspaceId) ?? 1),
  };
}
