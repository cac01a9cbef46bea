import * as vscode from 'vscode';
import type { HubAddress } from '../client/hubAddress.ts';
import type { HubApi } from '../client/hubApi.ts';
import type { Listen } from '../util/emitter.ts';
import { describeError } from '../util/errors.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { mcpProviderId } from './ids.ts';

/** Whether this editor takes MCP servers from extensions. Forks of VS Code may not. */
export function hasMcpRegistration(): boolean {
  const lm: Partial<typeof vscode.lm> | undefined = vscode.lm;
  const definition: unknown = vscode.McpHttpServerDefinition;
  return typeof lm?.registerMcpServerDefinitionProvider === 'function' && definition !== undefined;
}

/** Registers the hub with the editor's own MCP client, one server for each workspace of this window. */
export function registerMcpProvider(deps: {
  api: HubApi;
  address: () => Promise<HubAddress>;
  onDidChangeAddress: Listen<void>;
  workspaceIds: () => readonly string[];
  nameOf: (workspaceId: string) => string;
  version: string;
  log: Logger;
}): Disposable {
  const store = new DisposableStore();
  if (!hasMcpRegistration()) return store;
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(deps.onDidChangeAddress(() => changed.fire()));

  /** The workspace of each definition that was given out. */
  const workspaces = new Map<string, string>();

  store.add(
    vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, {
      onDidChangeMcpServerDefinitions: changed.event,
      async provideMcpServerDefinitions() {
        try {
          const { url } = await deps.address();
          const ids = deps.workspaceIds();
          return ids.map((id) => {
            const label = ids.length === 1 ? 'AgentRQ' : `AgentRQ (${deps.nameOf(id)})`;
            workspaces.set(label, id);
            return new vscode.McpHttpServerDefinition(label, vscode.Uri.parse(`${url}/mcp/${id}`, true), {}, deps.version);
          });
        } catch (error) {
          deps.log.warn(`the editor's MCP client gets no server: ${describeError(error)}`);
          return [];
        }
      },
      async resolveMcpServerDefinition(server) {
        const workspaceId = workspaces.get(server.label);
        if (workspaceId === undefined) return undefined;
        // The token is handed over when the server is started, never before.
        const { token, mcpUrl } = await deps.api.call('getWorkspaceToken', { workspaceId });
        return new vscode.McpHttpServerDefinition(
          server.label,
          vscode.Uri.parse(mcpUrl, true),
          { Authorization: `Bearer ${token}` },
          deps.version,
        );
      },
    }),
  );
  return store;
}
