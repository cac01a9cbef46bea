import assert from 'node:assert/strict';
import { openWorkbench } from '../support/workbench/openWorkbench.ts';
import { waitForExtension } from '../support/workbench/waitForWorkbench.ts';
import { waitFor, waitUntil } from '../support/workbench/waitUntil.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { workbenchSuite } from './fixture.ts';

workbenchSuite('two windows', { agent: 'claude-code' }, ({ product, window: first, agent }) => {
  let second: Workbench;

  before(async () => {
    // A window of the same editor: it shares what the first one keeps secret.
    second = await openWorkbench(first.page.context(), product);
    await waitForExtension(second.page);
    await second.openView('AgentRQ');
  });

  it('show the same, and an answer in one is an answer in both', async () => {
    const asking = agent.call('askHuman', { question: 'Which window?', choices: ['This', 'That'], wait_s: 240 });
    await first.waitForRow('Needs You', 'Which window?');
    await second.waitForRow('Needs You', 'Which window?');
    await second.clickRow('Needs You', 'Which window?');
    await second.waitForQuickInput(/Which window\?/);
    await second.pickQuickItem('That');
    assert.deepEqual(((await asking).structured['answer'] as { choices: string[] }).choices, ['That']);
    await first.waitForRow('Needs You', /answered · sent/);
    await agent.call('getWorkspace');
    await first.tree('Needs You').waitForNoRow('Which window?');
  });

  it('announce a question once: two windows, one announcement', async () => {
    const toasts = async (window: Workbench, name: string): Promise<string[]> =>
      (await window.toasts()).map(({ message }) => message).filter((text) => text.includes(name));
    const left = (): number => product.logLines().filter((line) => line.endsWith('is announced by another window')).length;
    for (const name of ['Once?', 'And once more?']) {
      const before = left();
      const asking = agent.call('askHuman', { question: name, choices: ['Yes', 'No'], wait_s: 240 });
      // It hides itself after some seconds, so which window shows it is seen before anything else is waited for.
      const shown = await waitUntil({
        what: 'a toast in one of the windows',
        look: () => Promise.all([first, second].map(async (window) => ({ window, texts: await toasts(window, name) }))),
        find: (windows) => windows.find(({ texts }) => texts.length > 0),
      });
      assert.deepEqual(shown.texts, [`Claude Code asks: ${name}`]);
      const toast = new RegExp(name.replace('?', '\\?'));
      await shown.window.waitForToast(toast);
      await waitFor('the other window to leave it to that one', () => left() > before);
      assert.deepEqual(await toasts(shown.window === first ? second : first, name), []);
      assert.ok((await toasts(shown.window, name)).length <= 1, 'one that is still there is the only one');
      await shown.window.page.bringToFront();
      await shown.window.clickToastButton(toast, 'Yes');
      await asking;
    }
    await agent.call('getWorkspace');
    await first.tree('Needs You').waitForNoRow('Once?');
  });

  it('go on when the one with the hub is closed', async () => {
    const { structured } = await agent.call('askHuman', { question: 'Still there?', choices: ['Yes', 'No'], wait_s: 0 });
    await second.waitForRow('Needs You', 'Still there?');
    await first.page.close();
    await second.waitForRow('Needs You', 'Still there?');
    await second.clickRow('Needs You', 'Still there?');
    await second.waitForQuickInput(/Still there\?/);
    await second.pickQuickItem('Yes');
    await second.waitForRow('Needs You', /not read yet/);
    const answered = await agent.call('waitForReply', { requestId: structured['requestId'], wait_s: 240 });
    assert.deepEqual((answered.structured['answer'] as { choices: string[] }).choices, ['Yes']);
  });
});
