import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/ui/ids.ts';
import type { TestAgent, ToolResult } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import { connectFolderAgent } from './support/folderAgent.ts';
import { hubState, requestOf } from './support/hubFiles.ts';
import { chooseFirst } from './support/person.ts';
import { waitForTab } from './support/waitForTab.ts';

describe('links', () => {
  const question = 'Does a link answer this?';
  const title = 'A task with a link';
  let agent: TestAgent;
  let taskId: string;
  let asking: Promise<ToolResult>;

  before(async () => {
    agent = await connectFolderAgent('modern', 'link-agent');
    taskId = await agent.createTask(title);
    asking = agent.call('askHuman', { question, choices: ['Yes', 'No'], taskId, wait_s: 100 });
    await waitFor('the question', () => requestOf(question) !== undefined);
  });
  after(() => agent.close());

  /** As the editor opens a link of its own scheme, wherever it was clicked. */
  async function open(link: string): Promise<void> {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(link, true));
  }

  const scheme = `${vscode.env.uriScheme}://agentrq.agentrq`;

  it('are copied by a command, and show the task that they name: nothing is written, connected or answered', async () => {
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand(commandIds.copyTaskLink, { taskId });
    const link = await vscode.env.clipboard.readText();
    assert.equal(link, `${scheme}/task/${taskId}`);
    const before = hubState();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await open(link);
    await waitForTab(title);
    assert.deepEqual(hubState(), before);
  });

  it('pass over whatever else they say', async () => {
    const before = hubState();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await open(`${scheme}/task/${taskId}?answer=Yes&status=completed#stop`);
    await waitForTab(title);
    const { id } = requestOf(question) ?? assert.fail();
    for (const path of [`/request/${id}/answer`, `/task/${taskId}/stop`, '/connect/claude']) await open(scheme + path);
    await vscode.commands.executeCommand('notifications.clearAll');
    assert.deepEqual(hubState(), before);
    assert.equal(requestOf(question)?.status, 'open');
  });

  it('lead to the list of agents, and connect none', async () => {
    const before = hubState();
    await open(`${scheme}/connect`);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    assert.deepEqual(hubState(), before);
    await chooseFirst(question);
    assert.equal((await asking).structured['status'], 'answered', 'the user answers');
    assert.notDeepEqual(hubState(), before, 'and that is seen');
  });
});
