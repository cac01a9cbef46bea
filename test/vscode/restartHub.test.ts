import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds } from '../../src/ui/ids.ts';
import { eras } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import { connectFolderAgent } from './support/folderAgent.ts';
import { requestOf } from './support/hubFiles.ts';
import { chooseFirst, openTaskPage, waitForText } from './support/person.ts';

for (const era of eras) {
  describe(`a restart of the hub, with an agent of the ${era} era`, () => {
    it('loses nothing: the agent that waits is told to ask again, and gets its answer; the open page goes on', async () => {
      const agent = await connectFolderAgent(era, `${era}-agent`);
      const title = `Survive a restart (${era})`;
      const taskId = await agent.createTask(title, 'Whatever happens.');
      const page = await openTaskPage(taskId);
      await waitForText(page, title);
      const shown: string[] = [];
      const listener = vscode.workspace.onDidChangeTextDocument(({ document }) => document === page && shown.push(page.getText()));

      const question = `Still there (${era})?`;
      const ask = (waitS: number) => agent.call('askHuman', { question, choices: ['Yes', 'No'], taskId, wait_s: waitS });
      const asking = ask(100);
      await waitFor('the question', () => requestOf(question) !== undefined);
      await waitForText(page, question);
      await vscode.commands.executeCommand(commandIds.restartHub);
      const { structured } = await asking;
      const requestId = String(structured['requestId']);
      assert.deepEqual([structured['status'], requestId], ['pending', requestOf(question)?.id]);

      assert.equal((await ask(0)).structured['requestId'], requestId, 'asking again asks nothing new');
      const waiting = agent.call('waitForReply', { requestId, wait_s: 100 });
      await chooseFirst(question);
      assert.deepEqual(((await waiting).structured['answer'] as { choices: string[] }).choices, ['Yes']);
      await agent.call('reply', { chatId: taskId, text: 'I am still here.' });
      await waitForText(page, 'I am still here.', 'answered · acted on');
      assert.equal(requestOf(question)?.status, 'acted');

      listener.dispose();
      assert.deepEqual(
        shown.filter((text) => !text.includes(title)),
        [],
        'the page never showed anything else in between',
      );
      await agent.close();
    });
  });
}
