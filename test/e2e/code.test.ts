import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { untilTaken } from '../support/workbench/untilTaken.ts';
import { waitFor, waitUntil } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const screenshots = join(import.meta.dirname, '..', '..', 'out', 'code');

const options: SuiteOptions = {
  agent: 'claude-code',
  era: 'legacy',
  file: 'total.py',
  prepare({ folder }) {
    mkdirSync(screenshots, { recursive: true });
    writeFileSync(join(folder, 'total.py'), 'import cart\n\n\ndef total(items):\n    # TODO: round each line\n    return sum(items)\n');
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org', 'commit', '-q', '-m', 'First'],
    ])
      execFileSync('git', args, { cwd: folder });
    writeFileSync(join(folder, '..', 'outside.txt'), 'nothing of the project\n');
  },
};

workbenchSuite('requests and tasks in the code, in the workbench', options, ({ product, window, agent }) => {
  /** The thread that is open in the editor. */
  const thread = () => window.page.locator('.review-widget').filter({ visible: true });

  /** Sends what was written by the key of the first button, once that takes it: the editor looks a moment later whether there is text. */
  async function send(button: string): Promise<void> {
    const first = thread().locator(`[aria-label="${button} (Ctrl+Enter)"]`);
    await waitFor(`“${button}” to take what was written`, async () => (await first.getAttribute('aria-disabled')) === 'false');
    await window.page.keyboard.press('Control+Enter');
  }

  /** Writes into the box of the thread. The editor folds it in some threads, and gives it the keyboard a moment after a press. */
  async function write(words: string): Promise<void> {
    const box = thread().locator('.comment-form .monaco-editor');
    await untilTaken(async (limitMs) => {
      const folded = thread().locator('.review-thread-reply-button');
      await folded.or(box).filter({ visible: true }).first().click({ timeout: limitMs });
      await box.and(window.page.locator('.focused')).waitFor({ timeout: limitMs });
    });
    await window.page.keyboard.type(words);
    await waitFor(`“${words}” in the box of the thread`, async () => (await box.innerText()).replaceAll('\u00a0', ' ').includes(words));
  }

  it('makes a task of a selection, tells the agent that is there, and leaves the caret where it is', async () => {
    await window.typeIn('total.py', { line: 4, column: 1 });
    await window.press('Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown');
    const caret = { line: 7, column: 1 };
    await window.editor.waitForCursor(caret);
    await window.runCommand('AgentRQ: Send to Agent…');
    await window.waitForQuickInput(/Send to Agent: total\.py:4-6/);
    await window.typeInQuickInput('Explain this');
    await window.screenshot(join(screenshots, '1-send.png'));
    await window.acceptQuickInput();
    await window.pickQuickItem('Claude Code');
    await window.waitForRow('Tasks', 'Explain this');
    await waitFor('the keyboard to be back in the file', async () => (await window.focus()).part === 'editor');
    await window.editor.waitForCursor(caret);
    const heard = await agent.call('getWorkspace');
    assert.match(heard.texts.join('\n'), /Please begin with this task now\./);
    const { text } = await agent.call('getTask');
    assert.match(text, /Title: Explain this\n/);
    assert.ok(text.includes('total.py:4-6\n\n```python\ndef total(items):\n    # TODO: round each line\n    return sum(items)\n```'), text);
  });

  it('offers to send a TODO comment, with what it says', async () => {
    await window.typeIn('total.py', { line: 5, column: 1 });
    const action = window.page.locator('.action-widget').getByText('Send to Agent…');
    await waitFor('the actions of the line', async () => {
      // The editor asks again for what is offered after each move of the caret; a key that comes before that finds nothing.
      await window.page.keyboard.press('Control+.');
      return action.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    });
    // What lies over it, so that no click meant for the text hits it, goes with the first move of the pointer.
    await action.hover({ force: true });
    await action.click();
    assert.equal((await window.waitForQuickInput(/Send to Agent: total\.py:5/)).value, 'round each line');
    await window.quickInput.cancel();
  });

  it('takes neither the keyboard nor any space when a question about the open file comes', async () => {
    await window.openFile('total.py');
    await waitFor('the keyboard in the file', async () => (await window.focus()).part === 'editor');
    const editor = window.page.locator('.part.editor');
    const before = await editor.boundingBox();
    const place = { file: 'total.py', line: 2 };
    const asking = agent.call('askHuman', { question: 'Is the empty line meant?', choices: ['Yes', 'No'], ...place, wait_s: 240 });
    await window.waitForToast(/Is the empty line meant/);
    await window.waitForRow('Needs You', /Is the empty line meant/);
    // The mark in the margin is what the editor draws last.
    await window.page.locator('[class*="comment-range-glyph comment-thread"]').first().waitFor();
    await window.page.keyboard.type('x');
    await waitFor('the letter to be written', async () => (await window.editorText()).includes('x'));
    assert.equal((await window.focus()).part, 'editor');
    assert.deepEqual(await editor.boundingBox(), before);
    assert.equal(await thread().count(), 0, 'the thread is closed until the user opens it');
    await window.screenshot(join(screenshots, '2-asked.png'));
    await window.page.keyboard.press('Control+z');
    await window.clickToastButton(/Is the empty line meant/, 'Yes');
    await asking;
    await agent.call('getWorkspace');
  });

  it('shows a question at its line, and a reply there reaches the agent', async () => {
    const question = 'Keep this? ![x](https://evil.test/x.png) [y](command:workbench.action.quit)';
    // The agent saw it two lines higher.
    const place = { file: 'total.py', line: 4, snippet: '    return sum(items)' };
    const asking = agent.call('askHuman', { question, choices: ['Keep it', 'Drop it'], ...place, wait_s: 240 });
    await window.waitForRow('Needs You', /total\.py:4/);
    await window.rowAction('Needs You', /total\.py:4/, 'Open');
    await thread().waitFor();
    await waitFor('the caret in the line that the snippet has gone to', async () => (await window.cursorPosition())?.line === 6);
    await waitFor('the whole thread', async () => /Claude Code asks[^]*Drop it/.test(await thread().innerText()));
    const text = await thread().innerText();
    assert.ok(text.includes('Keep this? x (https://evil.test/x.png) y (command:workbench.action.quit)'), text);
    assert.equal(await thread().locator('.review-comment-contents img[src^="https://evil"]').count(), 0);
    assert.deepEqual(await thread().locator('.review-comment-contents a').allInnerTexts(), ['Keep it', 'Drop it'], 'only our own links');
    await window.screenshot(join(screenshots, '2-thread.png'));

    await write('keep it');
    await send('Answer');
    const { structured } = await asking;
    assert.deepEqual((structured['answer'] as { choices: string[] }).choices, ['Keep it']);
    await window.activityBar.waitForBadge('AgentRQ', undefined);
    await agent.call('getWorkspace');
    await agent.call('reply', { chatId: await agent.createTask('Go on'), text: 'I keep it.' });
  });

  it('takes a choice by a click in the thread', async () => {
    const place = { file: 'total.py', line: 6 };
    const asking = agent.call('askHuman', { question: 'Round **where**?', choices: ['Per *line*', 'At the end'], ...place, wait_s: 240 });
    await window.waitForRow('Needs You', /total\.py:6/);
    await window.rowAction('Needs You', /total\.py:6/, 'Open');
    await thread().waitFor();
    await window.screenshot(join(screenshots, '2-choices.png'));
    assert.match(await thread().innerText(), /Round where\?/);
    // A choice takes nothing in its first moments.
    await waitFor('the choice to be taken', async () => {
      const choice = thread().getByText('Per *line*');
      if ((await choice.count()) === 0) return true;
      await choice.click({ timeout: 1_000 }).catch(() => undefined);
      return false;
    });
    assert.deepEqual(((await asking).structured['answer'] as { choices: string[] }).choices, ['Per *line*']);
    await agent.call('getWorkspace');
  });

  it('opens with a review what has changed in its file since the last commit', async () => {
    await window.typeIn('total.py', { line: 1, column: 1 });
    writeFileSync(
      join(product.folder, 'total.py'),
      'import cart\n\n\ndef total(items):\n    # TODO: round each line\n    return round(sum(items), 2)\n',
    );
    const asking = agent.call('requestReview', { summary: 'Rounds the **sum**.', file: 'total.py', line: 6, wait_s: 240 });
    await window.waitForRow('Needs You', /total\.py:6/);
    await untilTaken(async (limitMs) => {
      // Until Git has seen that the file was changed, the file itself is opened.
      await window.rowAction('Needs You', /total\.py:6/, 'Open');
      await waitUntil({
        what: 'the changes of the file',
        look: () => window.editor.tabs(),
        find: (tabs) => tabs.some(({ label }) => label.includes('changes since the last commit')) || undefined,
        limitMs,
      });
    });
    await window.page.locator('.monaco-diff-editor').first().waitFor();
    await thread().waitFor();
    await window.screenshot(join(screenshots, '3-review-changes.png'));
    assert.match(await thread().innerText(), /Rounds the sum\./);
    await write('Round each line.');
    await send('Send Back');
    assert.equal(((await asking).structured['answer'] as { decision: string }).decision, 'sendBack');
    execFileSync('git', ['checkout', '-q', 'total.py'], { cwd: product.folder });
    await agent.call('getWorkspace');
  });

  it('sends a review back with a note, from its line', async () => {
    const asking = agent.call('requestReview', { summary: 'The total is rounded now.', file: 'total.py', line: 6, wait_s: 240 });
    await window.waitForRow('Needs You', /total\.py:6/);
    await window.rowAction('Needs You', /total\.py:6/, 'Open');
    await thread().waitFor();
    await write('Name the rule.');
    await window.screenshot(join(screenshots, '3-review.png'));
    assert.equal(await thread().getByRole('button', { name: 'Approve' }).count(), 1);
    await send('Send Back');
    const { structured } = await asking;
    const { decision, note } = structured['answer'] as { decision: string; note: string };
    assert.deepEqual({ decision, note }, { decision: 'sendBack', note: 'Name the rule.' });
    await agent.call('getWorkspace');
  });

  it('approves a review by a click in the thread, without a word', async () => {
    const asking = agent.call('requestReview', { summary: 'The rule has a name.', file: 'total.py', line: 6, wait_s: 240 });
    await window.waitForRow('Needs You', /total\.py:6/);
    await window.rowAction('Needs You', /total\.py:6/, 'Open');
    await thread().waitFor();
    await window.screenshot(join(screenshots, '3-approve.png'));
    assert.deepEqual(await thread().locator('.review-comment-contents a').allInnerTexts(), ['Approve', 'Send Back']);
    await waitFor('the review to be approved', async () => {
      const link = thread().locator('.review-comment-contents a', { hasText: 'Approve' });
      if ((await link.count()) === 0) return true;
      await link.click({ timeout: 1_000 }).catch(() => undefined);
      return false;
    });
    const { decision, note } = (await asking).structured['answer'] as { decision: string; note?: string };
    assert.deepEqual({ decision, note }, { decision: 'approve', note: undefined });
    await agent.call('getWorkspace');
  });

  it('opens a file outside of the folders only when the user says so', async () => {
    const file = join(product.folder, '..', 'outside.txt');
    const asking = agent.call('askHuman', { question: 'And this?', file, line: 1, wait_s: 240 });
    await window.waitForRow('Needs You', /outside\.txt:1/);
    await window.rowAction('Needs You', /outside\.txt:1/, 'Open');
    assert.match(await window.dialog.waitFor(/outside of this window’s folders/), /outside\.txt/);
    await window.dialog.press('Cancel');
    assert.ok(!(await window.editor.tabs()).some(({ label }) => label === 'outside.txt'));
    await window.rowAction('Needs You', /outside\.txt:1/, 'Open');
    await window.dialog.waitFor(/outside of this window’s folders/);
    await window.dialog.press('Open File');
    await window.editor.waitForTab('outside.txt');
    await window.clickRow('Needs You', /And this\?/);
    await window.waitForQuickInput(/And this\?/);
    await window.typeInQuickInput('Yes.');
    await window.acceptQuickInput();
    assert.equal(((await asking).structured['answer'] as { text: string }).text, 'Yes.');
  });
});
