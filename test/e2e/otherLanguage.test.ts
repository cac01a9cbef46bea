import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { pseudo, type Texts } from '../guards/checkTranslations.ts';
import { clippedTexts, textsOf } from '../support/workbench/pageTexts.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const language = 'qps-ploc';
const pictures = join(import.meta.dirname, '..', '..', 'out', 'language');

// What agents and people write is in letters of another alphabet, so that a Latin letter is one of a text that nobody can translate.
// Names, keys and times stay.
const names = /AgentRQ|Claude Code|shop|\(Ctrl\+K Q\)|Ctrl\+Enter|\w+ \d+, \d{4}, \d+:\d+ [AP]M|\bnow\b|\d+ (?:sec|min)\. ago/g;

/** What is translated, and where the translation is looked for. */
const translations = [
  ['package.nls.json', `package.nls.${language}.json`],
  ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
] as const;

/** Puts a language with accents into the installed extension. */
function translate(extension: string): void {
  for (const [from, to] of translations) {
    const texts = JSON.parse(readFileSync(join(extension, from), 'utf8')) as Texts;
    const translated = Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text)]));
    writeFileSync(join(extension, to), JSON.stringify(translated));
  }
}

const options: SuiteOptions = {
  agent: 'claude-code',
  window: { language },
  prepare({ extensionFolder }) {
    mkdirSync(pictures, { recursive: true });
    translate(extensionFolder());
  },
};

workbenchSuite('a language with accents that is 40 % longer, in the workbench', options, ({ product, window, agent }) => {
  before(async () => {
    const taskId = await agent.createTask('Σύνδεση', 'Σύνδεση');
    await agent.createTask('Πληρωμή', 'Πληρωμή');
    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
    await agent.call('reply', { chatId: taskId, text: 'Έτοιμο.' });
    await agent.call('askHuman', { question: 'Συνέχεια;', choices: ['Ναι', 'Όχι'], taskId, wait_s: 0 });
    await agent.call('requestReview', { summary: 'Κοίταξε.', taskId, wait_s: 0 });
    await window.waitForRow('Needs You', 'Συνέχεια');
  });

  after(() => {
    for (const [, to] of translations) rmSync(join(product.extensionFolder(), to));
  });

  /** What of the page is in English. */
  async function inEnglish(page: Frame): Promise<string[]> {
    return (await textsOf(page)).filter((text) => /[A-Za-z]/.test(text.replace(names, '')));
  }

  async function check(page: Frame): Promise<void> {
    assert.deepEqual(await inEnglish(page), [], 'texts that are in English');
    assert.deepEqual(await clippedTexts(page), [], 'texts that are cut off');
  }

  it('leaves nothing of the views in English', async () => {
    await check(await window.inbox.frame());
    for (const title of ['Tasks', 'Agents'].map(pseudo)) {
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
    const page = await window.openKanban(`AgentRQ: ${pseudo('Open Kanban Board')}`);
    await page.locator('.card').first().waitFor();
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
