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
 * Registers the hub with the editor's own MCP client, one server for each workspace of this window. The editor makes its connections by
 * itself and would send a token to whoever has the port, so it is given the bridge: that needs none, and lets the hub prove itself.
 */
export function registerMcpProvider(deps: {
  onDidChangeWorkspaces: Listen<void>;
  /** Those of this window; empty until the hub has said. */
  workspaces: () => readonly Pick<Workspace, 'id' | 'name' | 'folder'>[];
  /** The path of the bridge's script, and AgentRQ's folder. */
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
          // The editor's own program runs a script like Node when it is told to. What a debugger adds to Node is not for it.
          const env = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: null };
          return new vscode.McpStdioServerDefinition(label, process.execPath, args, env, deps.version);
        });
      },
    }),
  );
  return store;
}
