import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { kanbanPage } from '../support/workbench/kanbanPage.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import { waitForKeyboard } from '../support/workbench/waitForKeyboard.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const base = mkdtempSync(join(tmpdir(), 'agentrq-heard-'));
const heard = join(base, 'heard');

const options: SuiteOptions = {
  agent: 'claude-code',
  file: 'release.md',
  settings: { 'agentrq.notifications.kinds': { review: 'toastAndSound' }, 'agentrq.attention.soundCommand': ['touch', heard] },
};

/** Makes every timer of a window late, until `window.setTimeout.onTime` takes its place again. */
const lateTimers = `window.setTimeout = ((onTime) => {
  const late = (run, ms = 0, ...rest) => onTime(run, ms + 300, ...rest);
  return Object.assign(late, { onTime });
})(window.setTimeout)`;

workbenchSuite('what the workbench announces, and what it leaves alone', options, ({ window, agent, newTask }) => {
  after(() => rmSync(base, { recursive: true, force: true }));

  it('announces no question that the tab in front shows already, and one of another task', async () => {
    const taskId = await newTask('In front');
    const other = await newTask('Elsewhere');
    // Rows that move are hard to hit.
    await window.waitForRow('Tasks', 'In front');
    await window.waitForRow('Tasks', 'Elsewhere');
    const panel = await window.openTask('In front');
    await agent.call('askHuman', { question: 'Seen here?', choices: ['Yes', 'No'], taskId, wait_s: 0 });
    await panel.waitForText(/Seen here\?/);
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await agent.call('askHuman', { question: 'And this one?', choices: ['Yes', 'No'], taskId: other, wait_s: 0 });
    // The older one would have come first, and there is one at a time.
    await window.waitForToast(/And this one\?/);
    assert.deepEqual(
      (await window.toasts()).map(({ message }) => message),
      ['Claude Code asks: And this one?'],
    );
    await window.activityBar.waitForBadge('AgentRQ', 2);
    assert.ok(!existsSync(heard), 'a question makes no sound here');
  });

  it('announces it again as before once another tab is in front', async () => {
    await window.openFile('release.md');
    const taskId = await agent.createTask('Later', 'In the workbench.');
    await agent.call('askHuman', { question: 'Not in front?', taskId, wait_s: 0 });
    await window.waitForToast(/Not in front\?/);
  });

  it('is heard where the user wants to hear it', async () => {
    await agent.call('requestReview', { summary: 'It is done, please look.', wait_s: 0 });
    await window.waitForToast(/It is done, please look/);
    await waitFor('the sound to be played', async () => existsSync(heard));
  });

  /** Puts the page that is in front beside the file; it is drawn anew there, and is given the keyboard again. */
  async function putBeside<P extends { frame: Frame }>(find: () => Promise<P>): Promise<P> {
    const before = (await find()).frame;
    await window.runCommand('View: Move Editor into Next Group');
    let found = await find();
    await waitFor('the page to be drawn beside the file', async () => {
      found = await find();
      return found.frame !== before;
    });
    await waitForKeyboard(found.frame, 'the page beside the file');
    return found;
  }

  /** In a window whose timers come late, as on a busy machine: by one of them the editor learns that the palette has no keyboard any more. */
  async function goBackToFile(): Promise<void> {
    await window.page.evaluate(lateTimers);
    try {
      await window.runCommand('View: Focus First Editor Group');
      // A caret that is there already would prove nothing.
      for (const line of [3, 1]) await window.editor.goTo({ line, column: 1 });
    } finally {
      await window.page.evaluate('window.setTimeout = window.setTimeout.onTime');
    }
  }

  const inPage = async (): Promise<boolean> => (await window.focus()).part === 'page';

  it('takes the keyboard from nobody who writes beside a panel in which the buttons go', async () => {
    const taskId = await newTask('Beside');
    await window.openTask('Beside');
    const panel = await putBeside(() => taskPanel(window.page, 'Beside'));
    const asking = agent.call('askHuman', { question: 'Which side?', choices: ['Left', 'Right'], taskId, wait_s: 240 });
    await panel.waitForText(/Which side\?/);
    await panel.frame.locator('.entry.question .who').click();
    await window.page.keyboard.press('Tab');
    await panel.frame.locator('button:focus').waitFor();
    assert.ok(await inPage());
    await goBackToFile();
    await window.page.keyboard.type('one ');
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    await asking;
    await waitFor('the buttons to go', async () => (await panel.frame.getByRole('button', { name: 'Left' }).count()) === 0);
    await window.page.keyboard.type('two ');
    await waitFor('all of it to be in the file', async () => (await window.editorText()).startsWith('one two # Release'));
    assert.ok(!(await inPage()), 'the page took the keyboard');
  });

  it('takes it from nobody who writes beside the Kanban board either', async () => {
    const taskId = await newTask('On the board');
    await window.runCommand('View: Focus First Editor Group');
    await window.openKanban();
    const { frame: page } = await putBeside(async () => ({ frame: await kanbanPage(window.page) }));
    await page.locator('.card', { hasText: 'On the board' }).click();
    assert.ok(await inPage());
    await goBackToFile();
    await window.page.keyboard.type('three ');
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    // The column of what is done is folded.
    await waitFor('the card to go', async () => (await page.locator('.card', { hasText: 'On the board' }).count()) === 0);
    await window.page.keyboard.type('four ');
    await waitFor('all of it to be in the file', async () => (await window.editorText()).startsWith('three four one two # Release'));
    assert.ok(!(await inPage()), 'the page took the keyboard');
  });
});
