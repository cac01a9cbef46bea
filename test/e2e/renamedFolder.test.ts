import assert from 'node:assert/strict';
import { renameSync } from 'node:fs';
import { openWorkbench } from '../support/workbench/openWorkbench.ts';
import { waitForExtension } from '../support/workbench/waitForWorkbench.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

workbenchSuite('a renamed folder', { agent: 'claude-code' }, ({ product, window, agent, newTask }) => {
  it('is asked about in its window, and then is what its agents work for', async () => {
    await newTask('Deploy the shop');
    await window.waitForRow('Tasks', 'Deploy the shop');
    const store = `${product.folder}-store`;
    renameSync(product.folder, store);
    const address = new URL(product.address);
    address.searchParams.set('folder', store);
    const second = await openWorkbench(window.page.context(), { address: address.href, changeSettings: product.changeSettings });
    try {
      await waitForExtension(second.page);
      const { message, buttons } = await second.waitForToast(/is now called .*-store\. Take over its tasks and rules\?/);
      assert.deepEqual(buttons, ['Take Over', 'Start Empty'], message);
      await second.openView('AgentRQ');
      await second.clickToastButton(/is now called/, 'Take Over');
      const name = async (): Promise<string> => (await agent.call('getWorkspace')).text;
      await waitFor('the agent’s workspace to have the new name', async () => (await name()).includes('-store'));
      await second.waitForRow('Tasks', 'Deploy the shop');
      const asking = agent.call('askHuman', { question: 'Is it you?', choices: ['Yes', 'No'], wait_s: 240 });
      await second.waitForRow('Needs You', 'Is it you?');
      await second.clickRow('Needs You', 'Is it you?');
      await second.waitForQuickInput(/Is it you\?/);
      await second.pickQuickItem('Yes');
      assert.deepEqual(((await asking).structured['answer'] as { choices: string[] }).choices, ['Yes']);
    } finally {
      await second.page.close();
      renameSync(store, product.folder);
    }
  });
});
