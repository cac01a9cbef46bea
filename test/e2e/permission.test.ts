import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { axeFinds } from '../support/workbench/axeFinds.ts';
import { requestPage } from '../support/workbench/requestPage.ts';
import { waitForKeyboard } from '../support/workbench/waitForKeyboard.ts';
import { waitForSavedState } from '../support/workbench/waitForSavedState.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'permission');

const options: SuiteOptions = { agent: 'claude-code', file: 'release.md', prepare: () => void mkdirSync(screenshots, { recursive: true }) };

/** All text of an element, also of what is folded away. */
const textOf = ({ textContent }: { textContent: string | null }): string => textContent ?? '';

workbenchSuite('deciding what an agent may do, in the workbench', options, ({ product, window, agent, permit }) => {
  /** A picture of the window, to look at. */
  async function picture(name: string): Promise<void> {
    await window.screenshot(join(screenshots, `${name}.png`));
  }

  it('allows once what the toast shows whole', async () => {
    const asking = permit('npm publish');
    const toast = await window.waitForToast(/npm publish/);
    assert.equal(toast.message, 'Claude Code wants to run: npm publish');
    assert.deepEqual(toast.buttons, ['Deny', 'Allow Once', 'More…']);
    await window.waitForRow('Needs You', 'Run: npm publish');
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await picture('1-toast');
    await window.clickToastButton(/npm publish/, 'Allow Once');
    assert.deepEqual(await asking, { behavior: 'allow', updatedInput: { command: 'npm publish' } });
    await window.activityBar.waitForBadge('AgentRQ', undefined);
  });

  it('takes a press on a toast, although the window stands still for longer than the press may take', async () => {
    const asking = permit('npm pack');
    await window.waitForToast(/npm pack/);
    await window.page.evaluate(`
      const standStill = () => { for (const end = Date.now() + 3_000; Date.now() < end; ); };
      addEventListener('mouseup', standStill, { capture: true, once: true });
    `);
    await window.clickToastButton(/npm pack/, 'Allow Once');
    assert.deepEqual(await asking, { behavior: 'allow', updatedInput: { command: 'npm pack' } });
  });

  it('takes a press on a toast that has hidden itself, although the tooltip of the bell comes at once', async () => {
    await product.changeSettings({ 'workbench.hover.delay': 1 });
    try {
      const asking = permit('npm audit');
      await window.waitForToast(/npm audit/);
      await window.page.keyboard.press('Escape');
      await window.notifications.waitForNone(/npm audit/);
      await window.clickToastButton(/npm audit/, 'More…');
      await window.pickQuickItem('Allow Once');
      assert.equal((await asking)['behavior'], 'allow');
    } finally {
      await product.changeSettings({ 'workbench.hover.delay': undefined });
    }
  });

  it('shows all of what does not fit before it lets the user decide, and carries their note', async () => {
    const command = `npm test\n${'\n'.repeat(200)}rm -rf \u202E/srv ${'x'.repeat(500)} theend`;
    const asking = permit(command);
    const toast = await window.waitForToast(/npm test/);
    assert.deepEqual(toast.buttons, ['Review…']);
    await window.clickToastButton(/npm test/, 'Review…');
    const pick = await window.waitForQuickInput(/shown on the right/);
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['Deny', 'Deny with a Note…', 'Allow Once', 'Allow with a Note…', 'Always Allow…'],
    );
    assert.deepEqual(
      pick.items.map(({ focused }) => focused),
      [false, false, false, false, false],
    );
    const page = await requestPage(window.page, 'theend');
    assert.deepEqual(await page.evaluate('[document.hasFocus(), document.scrollingElement.scrollHeight === innerHeight]'), [false, true]);
    assert.match(await page.locator('pre.lines').innerText(), /^npm test\s+200 blank lines\s+rm -rf \\u202E\/srv x{500} theend\s*$/);
    const sent = page.locator('details.raw');
    assert.match(await sent.locator('.parts').evaluate(textOf), /lines: 202, characters: 729, of these beyond ASCII: 1/);
    assert.match(await sent.locator('.parts').evaluate(textOf), /202 │ rm -rf \\u202E\/srv x+\n\s+│ x+ theend/);
    await picture('2-review');
    await window.pickQuickItem('Deny with a Note…');
    await window.typeInQuickInput('Not the whole disk, please.');
    await window.acceptQuickInput();
    assert.deepEqual(await asking, { behavior: 'deny', message: 'Not the whole disk, please.' });
    await waitFor('the page to be closed', async () => (await window.editor.tabs()).length === 1);
  });

  it('decides nothing by Escape', async () => {
    const asking = permit('make clean');
    await window.waitForToast(/make clean/);
    await window.clickRow('Needs You', 'Run: make clean');
    await window.waitForQuickInput(/make clean/);
    await window.quickInput.cancel();
    await window.rowAction('Needs You', 'Run: make clean', 'Open');
    await window.editor.waitForTab('Run: make clean');
    const page = await requestPage(window.page, 'make clean');
    await waitForKeyboard(page, 'the request');
    await window.page.keyboard.press('Escape');
    await page.locator('article.whole').waitFor();
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await window.clickRow('Needs You', 'Run: make clean');
    await window.waitForQuickInput(/make clean/);
    await window.pickQuickItem('Deny');
    assert.equal((await asking)['behavior'], 'deny');
    // The page says what was decided, wherever that was.
    await page.locator('.verdict.no').filter({ hasText: 'You denied it' }).waitFor();
    await picture('2-page-denied');
    await window.editor.closeTab('Run: make clean');
  });

  it('gives the keyboard to the page that the menu of a card opens, although Needs You takes it a moment later', async () => {
    const asking = permit('make late');
    await window.waitForRow('Needs You', 'Run: make late');
    await window.dismissToasts();
    // When a menu closes, the editor gives the keyboard back to the page under it by a message, which a busy page reads late.
    await (await window.inbox.frame()).evaluate(`
      const takeIt = window.focus;
      window.focus = () => {
        const { activeElement: own } = top.document;
        const looking = setInterval(() => {
          const { activeElement: now } = top.document;
          if (now === own || now.tagName !== 'IFRAME') return;
          clearInterval(looking);
          window.focus = takeIt;
          takeIt();
        });
      };
    `);
    await window.rowAction('Needs You', 'Run: make late', 'Open');
    const page = await requestPage(window.page, 'make late');
    await waitForKeyboard(page, 'the request');
    await window.inbox.pressUntil('a', 'the request to be allowed', async () => (await page.locator('.verdict.yes').count()) > 0);
    assert.equal((await asking)['behavior'], 'allow');
    await window.editor.closeTab('Run: make late');
  });

  it('shows a request alone on a page, which is answered there by keys and by the mouse', async () => {
    const input = { command: 'make release && scp dist/* web:/srv', description: 'Release the shop' };
    const byKey = permit(input.command, { input });
    await window.waitForRow('Needs You', 'Run: make release');
    await window.dismissToasts();
    await window.rowAction('Needs You', 'Run: make release', 'Open');
    const page = await requestPage(window.page, 'scp dist');
    await waitForKeyboard(page, 'the request');
    await page.locator('h1:focus').waitFor();
    await page.getByText('Show as Sent').click();
    assert.match(await page.locator('details.raw').innerText(), /“description” .*Release the shop/s);
    await page.getByText('Show as Sent').click();
    for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const) {
      await window.setTheme(theme);
      await picture(`8-request-${theme}`);
      assert.deepEqual(await axeFinds(page), [], theme);
    }
    assert.deepEqual(await page.evaluate('[document.scrollingElement.scrollHeight === innerHeight, scrollY]'), [true, 0]);
    // Typing decides nothing.
    await page.evaluate(`for (const key of 'deny all of it and allow')
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));`);
    await page.locator('article.whole').waitFor();
    await window.inbox.pressUntil('a', 'the request to be allowed', async () => (await page.locator('.verdict.yes').count()) > 0);
    assert.equal((await byKey)['behavior'], 'allow');
    await picture('8-request-allowed');
    assert.deepEqual(await axeFinds(page), [], 'allowed');
    await window.editor.closeTab('Run: make release');

    const question = agent.call('askHuman', { question: 'Which **stage**?', choices: ['Staging', 'Production'], wait_s: 240 });
    await window.waitForRow('Needs You', 'Which stage?');
    await window.dismissToasts();
    await window.rowAction('Needs You', 'Which stage?', 'Open');
    const other = await requestPage(window.page, 'Which stage?');
    await picture('9-question');
    const choice = other.getByRole('button', { name: 'Production' });
    // A press on what has only just come does nothing, and the button goes with the first that does.
    await waitFor('the press to be heard', async () => {
      if ((await choice.count()) > 0) await choice.click({ timeout: 2_000 }).catch(() => undefined);
      return (await other.locator('.verdict').count()) > 0;
    });
    const { structured } = await question;
    assert.deepEqual((structured['answer'] as Record<string, unknown>)['choices'], ['Production']);
    await agent.call('getWorkspace');
    await other
      .locator('.facts .state')
      .filter({ hasText: 'acted on' })
      .or(other.locator('.facts .state', { hasText: 'delivered' }))
      .first()
      .waitFor();
    await window.editor.closeTab('Which stage?');
  });

  it('keeps what was written on the page of a request over a reload', async () => {
    await agent.call('askHuman', { question: 'What is it called?', wait_s: 0 });
    await window.waitForRow('Needs You', 'What is it called?');
    await window.dismissToasts();
    await window.rowAction('Needs You', 'What is it called?', 'Open');
    await (await requestPage(window.page, 'What is it called?')).locator('textarea').fill('Aurora, perhaps');
    await waitForSavedState(window.page, /Aurora, perhaps/);
    await window.reload();
    const page = await requestPage(window.page, 'What is it called?');
    assert.equal(await page.locator('textarea').inputValue(), 'Aurora, perhaps');
    await page.getByRole('button', { name: 'Dismiss…' }).click();
    await window.dialog.press('Dismiss');
    await page.locator('.facts .state').filter({ hasText: 'withdrawn' }).waitFor();
    assert.equal(await page.locator('textarea').count(), 0);
    await window.editor.closeTab('What is it called?');
    await window.openView('AgentRQ');
  });

  it('allows always by a rule that the user has seen, and asks no more; the rule can be removed and brought back', async () => {
    const asking = permit('git log --oneline');
    await window.waitForToast(/git log/);
    await window.clickToastButton(/git log/, 'More…');
    await window.pickQuickItem('Always Allow…');
    const proposals = await window.waitForQuickInput(/What is allowed from now on/);
    await picture('3-proposals');
    assert.ok(proposals.items.length > 1);
    await window.pickQuickItem('Bash:git log --oneline');
    await window.waitForQuickInput(/For how long/);
    await window.pickQuickItem('Until I Remove It');
    assert.match(await window.dialog.waitFor(/without asking you/), /git log --oneline/);
    await picture('4-confirm');
    await window.dialog.press('Always Allow');
    assert.equal((await asking)['behavior'], 'allow');
    await window.dismissToasts();
    // The agent may have its verdict before this window hears of it.
    await window.activityBar.waitForBadge('AgentRQ', undefined);

    assert.equal((await permit('git log --oneline'))['behavior'], 'allow');
    assert.deepEqual(await window.toasts(), []);
    assert.equal(await window.badgeOf('AgentRQ'), undefined);

    await window.runCommand('AgentRQ: Manage Permission Rules…');
    await window.waitForQuickInput(/Pick a rule to remove it/);
    await picture('5-rules');
    await window.pickQuickItem('Bash:git log --oneline');
    await window.dialog.waitFor(/git log --oneline/);
    await window.dialog.press('Remove');
    await window.waitForToast(/is removed/);
    await window.clickToastButton(/is removed/, 'Undo');
    await window.statusBarItem(/is in force/);
    assert.equal((await permit('git log --oneline'))['behavior'], 'allow');
    await waitFor('nothing to be left in Needs You', async () => (await window.rows('Needs You')).length === 0);
  });

  it('takes a request off the board when the user dismisses it', async () => {
    await agent.call('askHuman', { question: 'Never mind?', wait_s: 0 });
    await window.waitForRow('Needs You', 'Never mind?');
    await window.tree('Needs You').rowMenu('Never mind?', 'Dismiss Request…');
    await window.dialog.waitFor(/Dismiss this request\?/);
    await picture('6-dismiss');
    await window.dialog.press('Dismiss');
    await window.tree('Needs You').waitForNoRow('Never mind?');
  });

  it('points at an agent that waits in its own window, until it goes on', async () => {
    const event = {
      session_id: 's1',
      hook_event_name: 'Notification',
      notification_type: 'permission_prompt',
      message: 'Claude needs your permission to use Bash',
    };
    const address = await product.agentAddress();
    const posted = await fetch(`${address.mcpUrl.replace('/mcp/', '/hooks/')}/claude-code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${address.agentToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    assert.equal(posted.status, 200);
    const toast = await window.waitForToast(/waiting in its own window/);
    assert.equal(toast.message, 'Claude Code is waiting in its own window: Claude needs your permission to use Bash');
    await window.waitForRow('Needs You', event.message);
    await window.waitForRow('Agents', /waiting in its own window: Claude needs/);
    await window.activityBar.waitForBadge('AgentRQ', 1);
    await picture('7-elsewhere');
    await agent.call('getWorkspace');
    await window.tree('Needs You').waitForNoRow(event.message);
    await window.activityBar.waitForBadge('AgentRQ', undefined);
  });
});
