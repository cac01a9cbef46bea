import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { pageScheme } from '../../src/ui/ids.ts';
import type { TestAgent } from '../support/testAgent.ts';
import { connectFolderAgent } from './support/folderAgent.ts';
import { chooseFirst, openTaskPage, waitForText } from './support/person.ts';

describe('the page of a task in text', () => {
  let agent: TestAgent;
  before(async () => {
    agent = await connectFolderAgent('modern', 'page-agent');
  });
  after(() => agent.close());

  it('follows the conversation while it is open, and the agent gets the answer that is chosen', async () => {
    const taskId = await agent.createTask('Prepare the release', 'Write the notes, then deploy.');
    const page = await openTaskPage(taskId);
    await waitForText(page, '# Prepare the release', 'Write the notes, then deploy.', 'Not Started', 'shop', 'No messages yet.');

    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
    await agent.call('reply', { chatId: taskId, text: 'The notes are written.' });
    await waitForText(page, 'page-agent', 'The notes are written.', 'Ongoing');

    const question = 'Where should I deploy the release?';
    const asking = agent.call('askHuman', { question, choices: ['Staging', 'Production'], taskId, wait_s: 100 });
    await waitForText(page, question, 'needs your answer', 'Staging', 'Production');
    await chooseFirst(question);
    const { structured } = await asking;
    assert.equal(structured['status'], 'answered');
    assert.deepEqual((structured['answer'] as { choices: string[] }).choices, ['Staging']);
    await waitForText(page, 'answered · sent', 'Your answer');

    // The next call of the agent proves that it has the answer, and this one goes on with it.
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    await waitForText(page, 'answered · acted on', 'Completed');
    assert.equal(page, vscode.window.activeTextEditor?.document, 'it is still the page that was opened');
  });

  it('shows hostile text as the text it is', async () => {
    const title = 'Deploy \u202Egnp.exe [now](command:workbench.action.quit) <img src=x> `rm`';
    const body = '~~~\n# Not a heading\n\u0007bell, \u200Bnothing, ![x](https://example.invalid/x.png)\n~~~~';
    const taskId = await agent.createTask(title, body);
    const page = await openTaskPage(taskId);
    await agent.call('reply', { chatId: taskId, text: '</script>\u001B[2J\u2066hidden\u2069' });
    await waitForText(page, String.raw`</script>\u001B[2J\u2066hidden\u2069`);
    const text = page.getText();
    assert.match(text, /^# Deploy \\\\u202Egnp\.exe \\\[now\\\]\(command:workbench\.action\.quit\) \\<img src=x\\> \\`rm\\`\n/);
    const lines = new Set(text.split('\n').map((line) => line.trim()));
    for (const line of ['~~~', '# Not a heading', String.raw`\u0007bell, \u200Bnothing, ![x](https://example.invalid/x.png)`, '~~~~']) {
      assert.ok(lines.has(line), `${line} is missing in:\n${text}`);
    }
    assert.equal(text.match(/^#+ /gm)?.length, 3, 'its title, the thread and the message are its only headings');
    assert.doesNotMatch(text + page.fileName, /[^\P{Cc}\n]|\p{Cf}/u, 'nothing invisible is left');
  });

  it('is for reading only', async () => {
    const type = async (): Promise<void> => {
      await vscode.commands.executeCommand('type', { text: 'typed' });
    };
    const notes = vscode.Uri.joinPath(vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail(), 'notes.md');
    const { document } = await vscode.window.showTextDocument(notes);
    await type();
    assert.match(document.getText(), /typed/, 'in an ordinary file one can type');
    await vscode.commands.executeCommand('workbench.action.files.revert');

    const page = await openTaskPage(await agent.createTask('Read me', 'As it is.'));
    const before = page.getText();
    await type();
    assert.equal(page.getText(), before);
    assert.deepEqual([page.uri.scheme, page.isDirty, page.isUntitled], [pageScheme, false, false]);
    assert.equal(await page.save(), false, 'and there is nothing to save');
  });
});
