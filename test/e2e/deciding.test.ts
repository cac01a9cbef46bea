import assert from 'node:assert/strict';
import type { QuickInputContent } from '../support/workbench/quickInput.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

workbenchSuite('deciding by keyboard alone, in the workbench', { agent: 'claude-code' }, ({ window, agent, newTask, permit }) => {
  const caret = { line: 3, column: 1 };

  beforeEach(async () => {
    await window.typeIn('release.md', caret);
  });

  afterEach(async () => {
    await agent.call('getWorkspace');
  });

  /** The one chord, and the prompt that it leads to. */
  async function begin(pattern: RegExp): Promise<QuickInputContent> {
    await window.press('Control+k', 'q');
    return window.waitForQuickInput(pattern);
  }

  /** Moves down until the item with this label has the keyboard, as somebody who has no mouse. */
  async function goTo(label: string): Promise<void> {
    await waitFor(`the keyboard on ${label}`, async () => {
      if ((await window.waitForQuickInput()).items.some((item) => item.focused && item.label === label)) return true;
      await window.press('ArrowDown');
      return false;
    });
  }

  async function choose(label: string): Promise<void> {
    await goTo(label);
    await window.acceptQuickInput();
  }

  /** Presses keys that were meant for something else, and looks that the prompt is as it was and nothing is decided. */
  async function strayEnters(before: QuickInputContent): Promise<void> {
    assert.ok(!before.items.some(({ focused }) => focused), 'something is chosen before the user has chosen');
    await window.press('Enter', 'Enter', 'Enter');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    const now = await window.waitForQuickInput();
    assert.deepEqual([now.title, now.items.map(({ focused }) => focused)], [before.title, before.items.map(() => false)]);
  }

  async function untouched(): Promise<void> {
    await waitFor('the keyboard to be back in the file', async () => (await window.focus()).part === 'editor');
    assert.deepEqual(await window.cursorPosition(), caret);
  }

  const verdictOf = ({ structured }: { structured: Record<string, unknown> }): unknown => {
    const { decision, note } = structured['answer'] as { decision: string; note?: string };
    return { decision, note };
  };

  it('denies with a note; neither Escape, a stray Enter nor an empty note decides anything', async () => {
    const asking = permit('npm publish');
    await window.waitForRow('Needs You', 'Run: npm publish');
    await strayEnters(await begin(/wants to run/));
    await window.quickInput.cancel();
    await window.activityBar.waitForBadge('AgentRQ', 1);

    await begin(/wants to run/);
    await choose('Deny with a Note…');
    const note = await window.waitForQuickInput(/npm publish/);
    assert.equal(note.kind, 'input');
    await waitFor('the prompt to say that a note is wanted', async () => {
      // It took the place of another prompt, and listens once nothing is pressed for a moment.
      if (!(await window.waitForQuickInput()).isBusy) await window.press('Enter');
      return /Write a note, or press Escape/.test((await window.waitForQuickInput()).message);
    });
    await window.page.keyboard.type('Not on a Friday');
    await window.quickInput.cancel();
    await window.activityBar.waitForBadge('AgentRQ', 1);

    await begin(/wants to run/);
    await choose('Deny with a Note…');
    assert.equal((await window.waitForQuickInput(/npm publish/)).value, 'Not on a Friday', 'what was typed is still there');
    await window.acceptQuickInput();
    assert.deepEqual(await asking, { behavior: 'deny', message: 'Not on a Friday' });
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await untouched();
  });

  it('allows with a note, and never by the first key', async () => {
    const asking = permit('make release');
    await window.waitForRow('Needs You', 'Run: make release');
    const prompt = await begin(/wants to run/);
    await strayEnters(prompt);
    await window.press('ArrowDown');
    assert.equal((await window.waitForQuickInput()).items.find(({ focused }) => focused)?.label, 'Deny', 'the nearest one is no Allow');
    await choose('Allow with a Note…');
    await window.waitForQuickInput(/make release/);
    await window.typeInQuickInput('Only once.');
    await window.acceptQuickInput();
    assert.equal((await asking)['behavior'], 'allow');
    await untouched();
  });

  it('approves a review', async () => {
    const asking = agent.call('requestReview', { summary: 'The title is shorter.', wait_s: 240 });
    await window.waitForRow('Needs You', 'The title is shorter.');
    const prompt = await begin(/asks for a review/);
    assert.deepEqual(
      prompt.items.map(({ label }) => label),
      ['Send Back with a Note…', 'Approve', 'Approve with a Note…'],
    );
    await strayEnters(prompt);
    await window.quickInput.cancel();
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await begin(/asks for a review/);
    await choose('Approve');
    assert.deepEqual(verdictOf(await asking), { decision: 'approve', note: undefined });
    await untouched();
  });

  it('sends a review back with what is still to be done', async () => {
    const asking = agent.call('requestReview', { summary: 'The tests are gone.', wait_s: 240 });
    await window.waitForRow('Needs You', 'The tests are gone.');
    await begin(/asks for a review/);
    await choose('Send Back with a Note…');
    await window.waitForQuickInput(/The tests are gone/);
    await window.quickInput.cancel();
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await begin(/asks for a review/);
    await choose('Send Back with a Note…');
    await window.waitForQuickInput(/The tests are gone/);
    await window.typeInQuickInput('Bring them back.');
    await window.acceptQuickInput();
    assert.deepEqual(verdictOf(await asking), { decision: 'sendBack', note: 'Bring them back.' });
    await untouched();
  });

  it('takes the prompt away when the agent no longer waits, says so, and sends nothing', async () => {
    const taskId = await agent.createTask('Given up', 'In the workbench.');
    const asking = agent.call('requestReview', { summary: 'Soon gone.', taskId, wait_s: 240 });
    await window.waitForRow('Needs You', 'Soon gone.');
    await begin(/asks for a review/);
    await goTo('Approve');
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    await window.waitForToast(/already answered elsewhere, or the agent no longer waits for it\. Nothing was sent\./);
    await waitFor('the prompt to go', async () => (await window.quickInput.content()) === undefined);
    assert.equal((await asking).structured['answer'], undefined);
  });

  it('a verdict that is pressed on a toast after another one was given says so, and the card in the panel is grey', async () => {
    await newTask('Decided once');
    const asking = permit('npm run deploy');
    await window.waitForToast(/npm run deploy/);
    await begin(/wants to run/);
    await choose('Deny');
    assert.equal((await asking)['behavior'], 'deny');
    await window.clickToastButton(/npm run deploy/, 'Allow Once');
    await window.waitForToast(/already answered elsewhere.*Nothing was sent/);
    await window.clickRow('Tasks', 'Decided once');
    const panel = await taskPanel(window.page, 'Decided once');
    await panel.waitForText(/You denied it/);
    const card = panel.frame.locator('.entry.permission.settled');
    assert.equal(await card.count(), 1);
    assert.equal(await card.locator('.answering').count(), 0, 'nothing can be pressed any more');
    assert.equal(await panel.frame.locator('.entry.permission.open').count(), 0);
  });
});
