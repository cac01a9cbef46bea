import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { pseudo, type Texts } from '../guards/checkTranslations.ts';
import { type Product, startProduct } from '../support/product.ts';
import { connectAgent, type TestAgent } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import { clippedTexts, textsOf } from '../support/workbench/pageTexts.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { copyAddress } from './copyAddress.ts';

const language = 'qps-ploc';
const pictures = join(import.meta.dirname, '..', '..', 'out', 'language');

// What agents and people write is in letters of another alphabet, so that a Latin letter is one of a text that nobody can translate.
// Names, keys and times stay.
const names = /AgentRQ|Claude Code|shop|\(Ctrl\+K Q\)|\w+ \d+, \d{4}, \d+:\d+ [AP]M|\bnow\b|\d+ sec\. ago/g;

/** Puts a language with accents into the installed extension. */
function translate(extensions: string): void {
  const folder = readdirSync(extensions).find((name) => name.startsWith('agentrq.'));
  if (folder === undefined) throw new Error('the extension is not installed');
  const read = (path: string): Texts => JSON.parse(readFileSync(join(extensions, folder, path), 'utf8')) as Texts;
  const write = (path: string, texts: Texts): void =>
    writeFileSync(
      join(extensions, folder, path),
      JSON.stringify(Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)]))),
    );
  write(`package.nls.${language}.json`, read('package.nls.json'));
  write(`l10n/bundle.l10n.${language}.json`, read('l10n/bundle.l10n.json'));
}

describe('a language with accents that is 40 % longer, in the workbench', function () {
  this.timeout(120_000);
  let product: Product;
  let window: Workbench;
  let agent: TestAgent;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    product = await startProduct({ log: console.log });
    translate(join(product.host.dataDir, 'extensions'));
    const english = await product.open();
    await english.openView('AgentRQ');
    await english.view('Needs You').waitForWelcome(/no agent has come yet/, 60_000);
    agent = await connectAgent('modern', await copyAddress(english), 'claude-code');
    await english.close();
    window = await product.open({ language });
    await window.openView('AgentRQ');
    await window.view(pseudo('Needs You')).waitForWelcome('⟦', 60_000);
    await waitFor('the hub to be back', async () =>
      agent.call('getWorkspace').then(
        () => true,
        () => false,
      ),
    );
    const taskId = await create('Σύνδεση');
    await create('Πληρωμή');
    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
    await agent.call('reply', { chatId: taskId, text: 'Έτοιμο.' });
    await agent.call('askHuman', { question: 'Συνέχεια;', choices: ['Ναι', 'Όχι'], taskId, wait_s: 0 });
    await agent.call('requestReview', { summary: 'Κοίταξε.', taskId, wait_s: 0 });
    await window.waitForRow(pseudo('Needs You'), 'Συνέχεια');
  });

  after(async () => {
    await agent?.close();
    await product?.dispose();
  });

  async function create(title: string): Promise<string> {
    return (await agent.call('createTask', { title, body: title })).text.slice(-11);
  }

  /** What of the page is in English. */
  async function inEnglish(page: Frame): Promise<string[]> {
    return (await textsOf(page)).filter((text) => /[A-Za-z]/.test(text.replace(names, '')));
  }

  async function check(page: Frame): Promise<void> {
    assert.deepEqual(await inEnglish(page), [], 'texts that are in English');
    assert.deepEqual(await clippedTexts(page), [], 'texts that are cut off');
  }

  it('leaves nothing of the views in English', async () => {
    const titles = ['Needs You', 'Tasks', 'Agents'].map(pseudo);
    for (const title of titles) {
      const rows = (await window.rows(title)).flatMap(({ label, description, ariaLabel }) => [label, description, ariaLabel]);
      const actions = (await window.view(title).content())?.actions ?? [];
      // These two buttons are the editor's own.
      const ours = actions.filter((name) => name !== 'Collapse All' && name !== 'More Actions...');
      assert.deepEqual(
        [...rows, ...ours].filter((text) => /[A-Za-z]/.test(text.replace(names, ''))),
        [],
      );
    }
    await window.screenshot(join(pictures, 'views.png'));
  });

  it('leaves nothing of the page of a task in English, and cuts nothing off', async () => {
    await window.clickRow(pseudo('Tasks'), 'Σύνδεση');
    const { frame, waitForText } = await taskPanel(window.page, 'Σύνδεση');
    await waitForText(/Κοίταξε/);
    await window.screenshot(join(pictures, 'task.png'));
    await check(frame);
  });

  it('leaves nothing of the Kanban board in English, and cuts nothing off; a text that is cut off or in English is found', async () => {
    await window.runCommand(`AgentRQ: ${pseudo('Open Kanban Board')}`);
    let page: Frame | undefined;
    await waitFor('the Kanban board', async () => {
      for (const frame of window.page.frames()) {
        const columns = await frame
          .locator('section[data-status] .card')
          .count()
          .catch(() => 0);
        if (columns > 0) page = frame;
      }
      return page !== undefined;
    });
    if (page === undefined) throw new Error('there is no Kanban board');
    await window.screenshot(join(pictures, 'kanban.png'));
    await check(page);
    await page.evaluate(`(() => {
      const added = document.createElement('p');
      added.textContent = 'Nobody can translate this';
      document.querySelector('header').append(added);
      document.querySelector('h2').style.setProperty('width', '20px');
      document.querySelector('h2').style.setProperty('overflow', 'hidden');
    })()`);
    assert.deepEqual(await inEnglish(page), ['Nobody can translate this']);
    assert.match((await clippedTexts(page)).join('\n'), /^h2/);
  });
});
