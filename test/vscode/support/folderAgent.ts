import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { connectAgent, type Era, type TestAgent } from '../../support/testAgent.ts';
import { waitFor } from '../../support/waitFor.ts';
import { agentAddress, workspaceOf } from './hubFiles.ts';

/** An agent that works in the window's first folder, connected as soon as the hub is up. */
export async function connectFolderAgent(era: Era, name: string): Promise<TestAgent> {
  const folder = vscode.workspace.workspaceFolders?.[0] ?? assert.fail('no folder is open');
  await waitFor('the hub to know the folder', () => workspaceOf(folder.uri) !== undefined);
  const { id } = workspaceOf(folder.uri) ?? assert.fail();
  return await connectAgent(era, agentAddress(id), name, 110);
}
