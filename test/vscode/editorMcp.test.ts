import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { tools } from '../../src/protocol/tools.ts';
import { commandIds } from '../../src/ui/ids.ts';
import { waitFor } from '../support/waitFor.ts';
import { queryHub, workspaceOf } from './support/hubFiles.ts';

describe("the editor's own MCP client", () => {
  const toolsOfHub = () => vscode.lm.tools.filter(({ name }) => name.startsWith('mcp_agentrq'));

  it('has the tools of the hub for every folder without being configured, also after the hub was restarted', async () => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    await waitFor('the hub to know the folders', () => folders.every(({ uri }) => workspaceOf(uri) !== undefined));
    // As the user does in the editor's list of servers; the editor itself starts them when a chat begins.
    await waitFor('the tools', async () => {
      await vscode.commands.executeCommand('workbench.mcp.startServer', '*', { waitForLiveTools: true });
      return toolsOfHub().length === folders.length * Object.keys(tools).length;
    });
    const names = toolsOfHub().map(({ name }) => name.replace(/^mcp_agentrq\d*_/, ''));
    const wanted = folders.flatMap(() => Object.keys(tools));
    assert.deepEqual(names.toSorted(), wanted.toSorted());

    assert.deepEqual(await namesOfWorkspaces(), new Set(['docs', 'shop']));
    const agents = queryHub('SELECT workspaceId FROM agents WHERE name = ?', vscode.env.appName);
    assert.deepEqual(new Set(agents.map(({ workspaceId }) => workspaceId)), new Set(folders.map(({ uri }) => workspaceOf(uri)?.id)));

    await vscode.commands.executeCommand(commandIds.restartHub);
    assert.deepEqual(await namesOfWorkspaces(), new Set(['docs', 'shop']));
  });

  /** What `getWorkspace` says, asked by the editor with the token that it was given. */
  async function namesOfWorkspaces(): Promise<Set<string | undefined>> {
    const askers = toolsOfHub().filter(({ name }) => name.endsWith('_getWorkspace'));
    const results = await Promise.all(askers.map(({ name }) => vscode.lm.invokeTool(name, { input: {}, toolInvocationToken: undefined })));
    const texts = results.map(({ content }) => content.map((part) => (part as vscode.LanguageModelTextPart).value).join('\n'));
    return new Set(texts.map((text) => /^Workspace: (.*)$/m.exec(text)?.[1]));
  }
});
