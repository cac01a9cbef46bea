import * as vscode from 'vscode';
import type { HubAddress } from '../client/hubAddress.ts';
import type { HubApi } from '../client/hubApi.ts';
import type { Workspace } from '../protocol/model.ts';
import type { Listen } from '../util/emitter.ts';
import { describeError } from '../util/errors.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import { distinctNames } from './distinctNames.ts';
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
  /** Those of this window. */
  workspaces: () => readonly Pick<Workspace, 'id' | 'name' | 'folder'>[];
  version: string;
  log: Logger;
}): Disposable {
  const store = new DisposableStore();
  if (!hasMcpRegistration()) return store;
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(deps.onDidChangeAddress(() => changed.fire()));

  store.add(
    vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, {
      onDidChangeMcpServerDefinitions: changed.event,
      async provideMcpServerDefinitions() {
        try {
          const { url } = await deps.address();
          const names = distinctNames(deps.workspaces());
          return [...names].map(([id, name]) => {
            const label = names.size === 1 ? 'AgentRQ' : `AgentRQ (${name})`;
            return new vscode.McpHttpServerDefinition(label, vscode.Uri.parse(`${url}/mcp/${id}`, true), {}, deps.version);
          });
        } catch (error) {
          deps.log.warn(`the editor's MCP client gets no server: ${describeError(error)}`);
          return [];
        }
      },
      async resolveMcpServerDefinition(server) {
        const own = deps.workspaces().find(({ id }) => 'uri' in server && server.uri.path === `/mcp/${id}`);
        if (own === undefined) return undefined;
        // The token is handed over when the server is started, never before.
        const { token, mcpUrl } = await deps.api.call('getWorkspaceToken', { workspaceId: own.id });
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
