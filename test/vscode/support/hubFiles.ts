import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { SettingId } from '../../../src/ui/ids.ts';
import * as hub from '../../support/hubFiles.ts';
import type { AgentAddress } from '../../support/testAgent.ts';

// What the hub of this window has kept on the disk.

const setting = (id: SettingId): string => String(vscode.workspace.getConfiguration().get(id));
const home = (): string => setting('agentrq.hub.home');

/** What the hub's database says now; nothing while there is no database yet. */
export function queryHub(sql: string, ...parameters: string[]): ReturnType<typeof hub.queryHub> {
  return hub.queryHub(home(), sql, ...parameters);
}

/** All that would differ if something were written, connected or answered: the event log, the requests, the connections. */
export function hubState(): unknown {
  const connections = join(home(), 'connections.json');
  return {
    events: [...new Set(queryHub('SELECT payload FROM events ORDER BY number').map(({ payload }) => unlooked(String(payload))))],
    requests: queryHub('SELECT id, status FROM requests ORDER BY id'),
    connections: existsSync(connections) ? readFileSync(connections, 'utf8') : undefined,
  };
}

/** What has changed, but for when the user looked at it: the page of a task notes that whenever it is before them. */
function unlooked(payload: string): string {
  return JSON.stringify({ ...(JSON.parse(payload) as object), seenAt: undefined });
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

/** Where an agent of the workspace connects, with the token that the hub would give the user for it. */
export function agentAddress(workspaceId: string): AgentAddress {
  return hub.agentAddressOf({ home: home(), hubUrl: `http://127.0.0.1:${setting('agentrq.hub.port')}`, workspaceId });
}
