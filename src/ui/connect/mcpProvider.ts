import * as vscode from 'vscode';
import type { Workspace } from '../../protocol/model.ts';
import type { Listen } from '../../util/emitter.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { mcpProviderId } from '../ids.ts';
import { distinctNames } from '../text/distinctNames.ts';

/** Whether this editor takes MCP servers from extensions. Forks of VS Code may not. */
export function hasMcpRegistration(): boolean {
  const lm: Partial<typeof vscode.lm> | undefined = vscode.lm;
  const definition: unknown = vscode.McpStdioServerDefinition;
  return typeof lm?.registerMcpServerDefinitionProvider === 'function' && definition !== undefined;
}

/**
 * Registers the hub with the editor's own MCP client, one server for each workspace of this window. The editor connects by itself and would
 * send a token to whatever listens on the port, so it is given the bridge, which needs no token and verifies the hub.
 */
export function registerMcpProvider(deps: {
  onDidChangeWorkspaces: Listen<void>;
  /** The workspaces of this window; empty until the hub has reported them. */
  workspaces: () => readonly Pick<Workspace, 'id' | 'name' | 'folder'>[];
  /** The path of the bridge script. */
  bridge: string;
  home: () => string;
  version: string;
}): Disposable {
  const store = new DisposableStore();
  if (!hasMcpRegistration()) return store;
  const changed = store.add(new vscode.EventEmitter<void>());
  store.add(deps.onDidChangeWorkspaces(() => changed.fire()));

  store.add(
    vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions() {
        const names = distinctNames(deps.workspaces());
        return [...names].map(([id, name]) => {
          const label = names.size === 1 ? 'AgentRQ' : `AgentRQ (${name})`;
          const args = [deps.bridge, '--workspace', id, '--home', deps.home()];
          // ELECTRON_RUN_AS_NODE makes the editor's executable run a script as Node does. Options that a debugger sets for Node must not
          // apply.
          const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: null };
          return new vscode.McpStdioServerDefinition(label, process.execPath, args, env, deps.version);
        });
      },
    }),
  );
  return store;
}
