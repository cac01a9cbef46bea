import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

workbenchSuite('the log of decisions, in the workbench', { agent: 'claude-code' }, ({ product, window, agent }) => {
  before(async () => {
    const taskId = await agent.createTask('Release', 'Ship it.');
    for (const [question, answer] of [
      ['Deploy to staging first?', 'Yes'],
      ['Keep the old API?', 'No'],
    ] as const) {
      const asking = agent.call('askHuman', { question, choices: ['Yes', 'No'], taskId, wait_s: 240 });
      await window.waitForToast(question);
      await window.clickToastButton(question, answer);
      await asking;
    }
    await agent.call('reply', { chatId: taskId, text: 'Done.' });
    await window.dismissToasts();
  });

  it('is searched, and an entry is copied as Markdown', async () => {
    await window.runCommand('AgentRQ: Show Decision History…');
    const all = await window.waitForQuickInput(/Search what was asked/);
    await waitFor('both decisions', async () => (await window.waitForQuickInput(/Search/)).items.length >= 2).catch((error: unknown) => {
      throw new Error(JSON.stringify(all), { cause: error });
    });
    await window.typeInQuickInput('old API');
    await waitFor('one of them', async () => {
      const { items } = await window.waitForQuickInput(/Search/);
      return items.length === 1 && items[0]?.label === 'Keep the old API?';
    });
    await window.pickQuickItem('Keep the old API?');
    await window.pickQuickItem('Copy as Markdown');
    await waitFor('the entry on the clipboard', async () => (await window.clipboard()).includes('Keep the old API?'));
    const text = await window.clipboard();
    assert.match(text, /Claude Code/);
    assert.match(text, /No/);
    assert.match(text, /Release/);
  });

  it('is written to a file of JSON Lines, and what is known already is not taken over twice', async () => {
    const file = join(product.folder, 'decisions.jsonl');
    await window.runCommand('AgentRQ: Export Decisions…');
    await window.waitForQuickInput(/Which decisions\?/);
    await window.pickQuickItem('All');
    await window.quickInput.giveFile(file);
    await waitFor('the file', () => existsSync(file) && readFileSync(file, 'utf8').endsWith('\n'));
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    assert.equal(lines.length, 2);
    for (const line of lines) assert.doesNotThrow(() => JSON.parse(line));
    await window.runCommand('AgentRQ: Import Decisions…');
    await window.quickInput.giveFile(file);
    await window.statusBarItem(/Decisions imported: 0\. Already known: 2\./);
  });
});
