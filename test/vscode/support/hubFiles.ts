import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as vscode from 'vscode';
import { agentToken } from '../../../src/home/agentToken.ts';
import { databaseFile } from '../../../src/hub/storage/databaseFiles.ts';
import type { SettingId } from '../../../src/ui/ids.ts';
import type { AgentAddress } from '../../support/testAgent.ts';

// The hub's folder as it lies on the disk: the test sees for itself what the extension's hub has kept there, and never writes.

type Row = Record<string, string | number | null>;

const setting = (id: SettingId): string => String(vscode.workspace.getConfiguration().get(id));

/** What the hub's database says now; nothing while there is no database yet. */
export function queryHub(sql: string, ...parameters: string[]): Row[] {
  const file = join(setting('agentrq.hub.home'), databaseFile);
  if (!existsSync(file)) return [];
  const database = new DatabaseSync(file, { readOnly: true, timeout: 2_000 });
  try {
    const tables = database.prepare('SELECT count(*) AS n FROM sqlite_schema').get();
    return tables?.['n'] === 0 ? [] : (database.prepare(sql).all(...parameters) as Row[]);
  } finally {
    database.close();
  }
}

/** The hub's workspace of a folder, once the window has told it of the folder. */
export function workspaceOf(folder: vscode.Uri): { id: string; name: string } | undefined {
  const [row] = queryHub('SELECT id, name FROM workspaces WHERE folder = ?', folder.toString());
  return row && { id: String(row['id']), name: String(row['name']) };
}

/** The newest request with this question. */
export function requestOf(question: string): { id: string; status: string } | undefined {
  const [row] = queryHub('SELECT id, status FROM requests WHERE question = ? ORDER BY id DESC LIMIT 1', question);
  return row && { id: String(row['id']), status: String(row['status']) };
}

/** Where an agent of the workspace connects, with the token that the hub would give the person for it. */
export function agentAddress(workspaceId: string): AgentAddress {
  const masterSecret = readFileSync(join(setting('agentrq.hub.home'), 'master-secret'), 'utf8').trim();
  return {
    mcpUrl: `http://127.0.0.1:${setting('agentrq.hub.port')}/mcp/${workspaceId}`,
    agentToken: agentToken(masterSecret, workspaceId, 1),
  };
}
