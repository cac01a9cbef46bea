import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { typeOn } from '../support/workbench/typeOn.ts';
import { waitForKeyboard } from '../support/workbench/waitForKeyboard.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const options: SuiteOptions = {
  agent: 'claude-code',
  settings: { 'agentrq.notifications.questions': 'off', 'agentrq.notifications.permissions': 'off' },
};

workbenchSuite('a prompt that the palette opens over a page', options, ({ product, window, newTask, permit }) => {
  const command = 'AgentRQ: Answer Next Request';
  before(() => newTask('Split image uploads'));

  async function inbox(): Promise<Frame> {
    await window.runCommand('AgentRQ: Focus on Needs You View');
    const frame = await window.inbox.frame();
    await waitForKeyboard(frame, 'Needs You');
    return frame;
  }

  const pages: readonly (readonly [what: string, open: () => Promise<Frame>])[] = [
    ['the inbox', inbox],
    ['the panel of a task', async () => (await window.openTask('Split image uploads')).frame],
    ['the Kanban board', () => window.openKanban()],
  ];

  /** As a fast typist does: the palette, the command, Enter, and on without a pause. */
  async function choose(thenTyped: string): Promise<void> {
    await window.press('F1');
    await window.waitForQuickInput(/Type the name of a command to run/);
    await window.quickInput.lookFor(`>${command}`);
    await window.quickInput.waitForFocused(command);
    await typeOn(window.page, `\n${thenTyped}`);
  }

  /** Once more as long as it is dropped: the prompt is deaf for a moment after the page has had the keyboard, which it may hear of late. */
  async function deny(): Promise<void> {
    await waitFor('it to be denied', async () => {
      await window.quickInput.type('Deny');
      const prompt = await window.waitForQuickInput(/wants to run/);
      if (!prompt.items.some(({ focused, label }) => focused && label === 'Deny')) return false;
      await window.press('Enter');
      return await window.quickInput.takes(prompt);
    });
  }

  async function placeOf(frame: Frame): Promise<{ x: number; y: number; height: number }> {
    const place = await (await frame.frameElement()).boundingBox();
    assert.ok(place !== null);
    return place;
  }

  /**
   * As long as `during` goes on, the editor's own command gives the page no keyboard: its frame takes the page for one that has it already.
   * It looks four times a second which page has it, and what happens between two looks it gets wrong.
   */
  async function withoutEditor<T>(frame: Frame, during: () => Promise<T>): Promise<T> {
    const outer = frame.parentFrame();
    assert.ok(outer !== null);
    await outer.evaluate(
      `Object.defineProperty(document, 'activeElement', { configurable: true, get: () => document.getElementById('active-frame') })`,
    );
    try {
      return await during();
    } finally {
      await outer.evaluate('delete document.activeElement');
    }
  }

  async function noneIsOpen(): Promise<void> {
    await waitFor('the badge to go', async () => (await window.badgeOf('AgentRQ')) === undefined);
  }

  /** Waits until the extension has done what it does about the press: the badge comes after that. @returns what the badge counts as well */
  async function keepsKeyboard(frame: Frame, what: string): Promise<{ verdict: Promise<Record<string, unknown>> }> {
    const verdict = permit('make more');
    await window.activityBar.waitForBadge('AgentRQ', 2);
    await waitForKeyboard(frame, what);
    return { verdict };
  }

  async function denyBoth(asking: Promise<Record<string, unknown>>, more: { verdict: Promise<Record<string, unknown>> }): Promise<void> {
    await window.waitForQuickInput(/wants to run/);
    await window.page.locator('.quick-input-widget .quick-input-box input').click();
    for (const verdict of [asking, more.verdict]) {
      await deny();
      assert.equal((await verdict)['behavior'], 'deny');
    }
    await noneIsOpen();
  }

  for (const [what, open] of pages) {
    it(`has the keyboard without a click, and what is typed through it decides nothing: ${what}`, async () => {
      const asking = permit(`rm -rf ${what.replaceAll(' ', '-')}`);
      await window.activityBar.waitForBadge('AgentRQ', 1);
      const frame = await open();
      assert.equal(await frame.evaluate('document.hasFocus()'), true);
      await choose('allow all of it, please\nyes\n');
      const prompt = await window.waitForQuickInput(/wants to run/);
      assert.equal(await window.quickInput.untilItListens(prompt), 'now');
      assert.equal((await window.focus()).part, 'quickInput');
      await window.activityBar.waitForBadge('AgentRQ', 1);
      await deny();
      assert.equal((await asking)['behavior'], 'deny');
      await noneIsOpen();
      await window.leaveAll();
    });
  }

  it('leaves the keyboard to a page into which the user has pressed', async () => {
    const asking = permit('make release');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    const { frame } = await window.openTask('Split image uploads');
    await choose('');
    await window.waitForQuickInput(/wants to run/);
    const box = frame.getByRole('textbox').last();
    await box.click();
    const askingMore = await keepsKeyboard(frame, 'the panel of a task');
    await window.page.keyboard.type('Only this');
    assert.equal(await box.inputValue(), 'Only this');
    await waitFor('the keyboard to stay there', async () => frame.evaluate<boolean>('document.hasFocus()'));
    await box.fill('');
    await denyBoth(asking, askingMore);
  });

  for (const [what, open] of pages) {
    it(`leaves the keyboard to a page also if the press comes before the extension has fetched it: ${what}`, async () => {
      const asking = permit(`make ${what.replaceAll(' ', '-')}`);
      await window.activityBar.waitForBadge('AgentRQ', 1);
      const frame = await open();
      await choose('');
      await window.waitForQuickInput(/wants to run/);
      const { x, y, height } = await placeOf(frame);
      const more = await withoutEditor(frame, async () => {
        await product.stall(async () => {
          // As the editor does when the palette closes; the extension hears of it late.
          await frame.evaluate('window.focus()');
          await waitForKeyboard(frame, what);
          await window.page.mouse.click(x + 3, y + height - 3);
        });
        return await keepsKeyboard(frame, what);
      });
      await denyBoth(asking, more);
      await window.leaveAll();
    });
  }
});
