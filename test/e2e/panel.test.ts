import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { fillThread } from '../support/fillTasks.ts';
import { axeFinds } from '../support/workbench/axeFinds.ts';
import { movePointerAway } from '../support/workbench/movePointerAway.ts';
import { type TaskPanel, taskPanel } from '../support/workbench/taskPanel.ts';
import { waitForKeyboard } from '../support/workbench/waitForKeyboard.ts';
import { waitForSavedState } from '../support/workbench/waitForSavedState.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const pictures = join(root, 'out/screenshots');

/** What a test needs of an element of the page that scrolls. */
interface ScrolledPart {
  scrollTop: number;
  querySelector(selector: string): { focus(options: object): void } | null;
}

const options: SuiteOptions = {
  agent: 'claude-code',
  prepare({ home }) {
    mkdirSync(pictures, { recursive: true });
    fillThread(home, 'Long', 10_000);
  },
};

workbenchSuite('the panel of a task', options, ({ window, agent, newTask }) => {
  let current: string | undefined;

  /** Of a permission the agent doesn't say to which task it belongs: to the only one that it works on. */
  async function nextTask(title: string, body?: string): Promise<string> {
    if (current !== undefined) await agent.call('updateTaskStatus', { taskId: current, status: 'blocked' });
    current = await newTask(title, body);
    return current;
  }

  it('opens from its row, shows the thread, and takes a reply', async () => {
    const taskId = await nextTask('Release the shop', 'Bring **0.2** out.');
    await agent.call('reply', { chatId: taskId, text: 'I *began*, see `release.md:3`.' });
    const panel = await window.openTask('Release the shop');
    await panel.waitForText(/Bring 0\.2 out\.[^]*I began, see release\.md:3/);
    await window.dismissToasts();

    const box = panel.frame.getByLabel('Your message');
    await box.fill('Use tabs.');
    await box.press('Enter');
    await box.pressSequentially('And no spaces.');
    await box.press('Control+Enter');
    await panel.waitForText(/You[^]*not read yet[^]*Use tabs\.\s+And no spaces\./);
    assert.equal(await box.inputValue(), '');
    const reply = await agent.call('waitForReply', { taskId, wait_s: 240 });
    assert.match(reply.texts.join('\n'), /Use tabs\.\nAnd no spaces\./);
    await agent.call('getWorkspace');
    await panel.waitForText(/delivered/);

    await panel.frame.getByRole('link', { name: 'release.md:3' }).click();
    await window.editor.waitForTab('release.md');
    await window.openTask('Release the shop');
    const tabs = (await window.editor.tabs()).map(({ label }) => label);
    assert.deepEqual(tabs.filter((label) => label === 'Release the shop').length, 1, `one panel for one task: ${tabs.join(', ')}`);
  });

  it('answers a question by keyboard, and turns the card grey', async () => {
    const taskId = await nextTask('Choose a place');
    const panel = await window.openTask('Choose a place');
    const asking = agent.call('askHuman', { question: 'Where to?', choices: ['Staging', 'Production'], taskId, wait_s: 240 });
    await panel.waitForText(/Where to\?[^]*Staging/);
    const box = panel.frame.getByRole('textbox', { name: /^Answer to: Where to\?|^Your message/ });
    await box.fill('A draft');
    await box.press('Enter');
    await panel.frame.getByRole('button', { name: 'Staging' }).focus();
    await window.page.keyboard.press('Tab');
    // A choice takes nothing in its first moments.
    await waitFor('the choice to be taken', async () => {
      const isThere = (await panel.frame.locator('button:focus:not([aria-disabled=true])', { hasText: 'Production' }).count()) > 0;
      if (isThere) await window.page.keyboard.press('Enter');
      return !isThere;
    });
    assert.deepEqual(((await asking).structured['answer'] as { choices: string[] }).choices, ['Production']);
    await panel.waitForText(/Your answer, [^]*• Production/);
    assert.equal(await panel.frame.getByRole('button', { name: 'Staging' }).count(), 0);
    assert.equal(await panel.frame.locator('.row:focus').count(), 1, 'the row has the keyboard now');
    assert.equal(await box.inputValue(), 'A draft\n', 'what was typed is still there');
    await box.fill('');
  });

  it('shows all of what an agent wants to do, and neither verdict is given by Enter', async () => {
    await nextTask('Clean up');
    const asking = agent.call('requestPermission', {
      tool_name: 'Bash',
      input: { command: `echo ${'x'.repeat(900)}; rm -rf build`, description: 'Tidy' },
      tool_use_id: 'toolu_1',
    });
    const panel = await window.openTask('Clean up');
    await panel.waitForText(/wants to run[^]*rm -rf build[^]*Deny[^]*Allow Once[^]*Always Allow/);
    const note = panel.frame.getByLabel('Note to the agent (optional)');
    await note.fill('Only this folder');
    await note.press('Enter');
    await note.press('Control+Enter');
    await panel.waitForText(/needs your decision/);
    await panel.frame.getByRole('button', { name: 'Deny' }).click();
    assert.match((await asking).text, /deny/);
    await panel.waitForText(/You denied it[^]*Only this folder/);
  });

  it('shows a file of many lines with the number of each on one line, and marks what goes and comes for the eye alone', async () => {
    await nextTask('Write a long file');
    const wants = (tool_name: string, input: object) =>
      agent.call('requestPermission', { tool_name, input, tool_use_id: `toolu_${tool_name}` });
    const content = Array.from({ length: 1_200 }, (_, index) => `line ${index + 1}`).join('\n');
    const asking = wants('Write', { file_path: 'long.txt', content, 'In the folder': '/safe' });
    const panel = await window.openTask('Write a long file');
    await panel.waitForText(/line 1200/);
    const heights = await panel.frame.evaluate(
      `[...new Set([...document.querySelectorAll('.line[data-number]')].flatMap((line) => [getComputedStyle(line).height, getComputedStyle(line, '::before').height]))]`,
    );
    assert.equal((heights as string[]).length, 1, `a number takes one line: ${String(heights)}`);
    // What the agent has named is told from what AgentRQ says of the request.
    assert.equal(await panel.frame.locator('.fact code').innerText(), 'In the folder: /safe');
    await window.screenshot(join(pictures, 'panel-long-file.png'));
    await panel.frame.getByRole('button', { name: 'Deny' }).click();
    assert.match((await asking).text, /deny/);
    const editing = wants('Edit', { file_path: 'long.txt', old_string: 'a\nb', new_string: 'a\nc' });
    await panel.waitForText(/removed:\s+b\s+added:\s+c/);
    await window.screenshot(join(pictures, 'panel-edit.png'));
    const chosen = await panel.frame.evaluate(
      `getSelection().selectAllChildren([...document.querySelectorAll('pre.lines')].at(-1)), getSelection().toString()`,
    );
    assert.equal(String(chosen).trim(), 'a\nb\nc');
    await panel.frame.getByRole('button', { name: 'Deny' }).click();
    assert.match((await editing).text, /deny/);
  });

  it('allows nothing by a press that came before anybody can have read what is allowed', async () => {
    await nextTask('Too soon');
    const panel = await window.openTask('Too soon');
    await panel.waitForText(/In the workbench/);
    // Presses as soon as there is something to press, as a click does that was meant for what stood there before.
    await panel.frame.evaluate(`new MutationObserver((_, observer) => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Allow Once');
    if (button === undefined) return;
    observer.disconnect();
    button.click();
    document.body.dataset.pressed = 'yes';
  }).observe(document.body, { subtree: true, childList: true })`);
    const asking = agent.call('requestPermission', { tool_name: 'Bash', input: { command: 'rm -rf /' }, tool_use_id: 'toolu_soon' });
    await panel.frame.locator('body[data-pressed]').waitFor();
    await panel.frame.getByRole('button', { name: 'Deny' }).click();
    assert.match((await asking).text, /deny/);
  });

  it('keeps a draft, and what was ticked when another question comes, over a reload, and comes back by itself', async () => {
    const taskId = await nextTask('Ticks');
    const ask = (question: string) =>
      agent.call('askHuman', { question, choices: ['crimson', 'jade', 'navy'], multiple: true, taskId, wait_s: 0 });
    await ask('Which colours?');
    const panel = await window.openTask('Ticks');
    await panel.waitForText(/Which colours\?[^]*navy/);
    const ofFirst = (from: TaskPanel, name: string) => from.frame.locator('article', { hasText: 'Which colours?' }).getByLabel(name);
    await ofFirst(panel, 'crimson').check();
    await ofFirst(panel, 'navy').check();
    await ask('And which others?');
    await panel.waitForText(/And which others\?/);
    const ticks = async (from: TaskPanel): Promise<boolean[]> =>
      Promise.all(['crimson', 'jade', 'navy'].map(async (name) => ofFirst(from, name).isChecked()));
    assert.deepEqual(await ticks(panel), [true, false, true]);
    await panel.frame.getByLabel('Where your text goes').selectOption({ label: 'Your message' });
    await panel.frame.getByLabel('Your message').fill('Not sent yet');
    await waitForSavedState(window.page, /navy[^]*Not sent yet|Not sent yet[^]*navy/);
    await window.reload();
    const back = await taskPanel(window.page, 'Ticks');
    await back.waitForText(/Which colours\?/);
    assert.equal(await back.frame.getByLabel('Your message').inputValue(), 'Not sent yet');
    await back.frame.getByLabel('Your message').fill('');
    assert.deepEqual(await ticks(back), [true, false, true]);
    await back.frame.locator('article', { hasText: 'Which colours?' }).getByRole('button', { name: 'Send Answer' }).click();
    assert.match((await agent.call('waitForReply', { taskId, wait_s: 240 })).text, /crimson, navy\nRequest: \S+\nQuestion: Which colours/);
  });

  it('shows hostile text as the text it is, loads nothing and runs nothing', async () => {
    const requests: string[] = [];
    window.page.on('request', (request) => requests.push(request.url()));
    const hostile = [
      '<img src=https://evil.example/a.png onerror="document.title=1"> <script>document.title=2</script>',
      '![pixel](https://evil.example/b.png) [run](command:workbench.action.quit) [js](javascript:alert(1))',
      '[shown](https://evil.example/c) \u202Egnp.exe \u001B[31mred',
      '<svg/onload=alert(1)> <math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    ].join('\n\n');
    const taskId = await nextTask('Hostile <b>text</b>');
    await agent.call('reply', { chatId: taskId, text: hostile });
    const panel = await window.openTask('Hostile <b>text</b>');
    const text = await panel.waitForText(/mglyph/);
    for (const piece of [
      '<img src=https://evil',
      '<script>',
      '[run](command:',
      '[js](javascript:',
      String.raw`\u202Egnp.exe`,
      String.raw`\u001B[31m`,
    ]) {
      assert.ok(text.includes(piece), `${piece} is missing in:\n${text}`);
    }
    assert.equal(
      await panel.frame
        .locator('main [role=list]')
        .locator('img, svg, script, style, [onerror], [onload], [href], [src], [style*=url]')
        .count(),
      0,
    );
    assert.deepEqual(
      requests.filter((url) => url.includes('evil')),
      [],
    );
    await panel.frame.getByRole('link', { name: 'shown' }).click();
    assert.match(await window.dialog.waitFor(/Open this address/), /https:\/\/evil\.example\/c/);
    await window.page.keyboard.press('Escape');
  });

  it('shows a diff against the file that is there', async () => {
    const taskId = await nextTask('A patch');
    const patch =
      '--- a/release.md\n+++ b/release.md\n@@ -1,3 +1,3 @@\n # Release\n \n-What is new, line by line.\n+What is new, in a word.\n';
    await agent.call('reply', { chatId: taskId, text: `Look:\n\n\`\`\`diff\n${patch}\`\`\`` });
    const panel = await window.openTask('A patch');
    await panel.frame.getByRole('button', { name: 'Open in Diff Editor' }).click();
    await window.editor.waitForTab('release.md (diff from a message)');
    await waitFor('both sides', async () =>
      (await window.page.locator('.monaco-diff-editor').first().innerText()).replaceAll('\u00a0', ' ').includes('in a word'),
    );
  });

  it('shows what was decided in a timeline, and finds a step', async () => {
    const panel = await window.openTask('Clean up');
    await panel.frame.getByRole('button', { name: 'Timeline' }).click();
    const step = panel.frame.getByRole('button', { name: /Run: echo/ });
    await step.waitFor();
    await panel.frame.getByRole('searchbox').fill('nothing like it');
    await panel.waitForText(/No match/);
    await panel.frame.getByRole('searchbox').fill('denied echo');
    await window.screenshot(join(pictures, 'panel-timeline.png'));
    await step.click();
    await panel.waitForText(/You denied it/);
  });

  it('takes a verdict on a review, and opens the lines that it is about', async () => {
    const taskId = await nextTask('Look at it');
    const panel = await window.openTask('Look at it');
    const asking = agent.call('requestReview', {
      summary: 'I changed the title.',
      file: 'release.md',
      line: 1,
      snippet: '# Release',
      taskId,
      wait_s: 240,
    });
    await panel.waitForText(/asks for a review[^]*release\.md:1[^]*# Release/);
    await panel.frame.getByRole('button', { name: 'release.md:1' }).click();
    await window.editor.waitForTab('release.md');
    const again = await window.openTask('Look at it');
    await again.waitForText(/Send Back/);
    await again.frame.getByLabel('Note to the agent (optional)').fill('Shorter.');
    await again.frame.getByRole('button', { name: 'Send Back' }).click();
    assert.match((await asking).text, /Shorter\./);
    await again.waitForText(/You sent it back/);
  });

  it('draws few of ten thousand messages, and stands at the newest', async () => {
    await window.clickRow('Tasks', 'Long');
    const panel = await taskPanel(window.page, 'Long');
    // No agent works on it, so its row stays as it is.
    await waitForKeyboard(panel.frame, 'the panel, without a click on it');
    await panel.waitForText(/Message 99\d\d/);
    assert.ok((await panel.frame.locator('.row').count()) < 200);
    await panel.frame.locator('main').evaluate((main: ScrolledPart) => {
      main.scrollTop = 100_000;
      // The list is drawn before the browser sends the event of the scrolling.
      main.querySelector('.row[tabindex="-1"]')?.focus({ preventScroll: true });
    });
    await panel.waitForNoText(/Message 9999\b/);
    assert.ok((await panel.frame.locator('.row').count()) < 200);
    await panel.frame.getByRole('button', { name: 'Jump to Latest' }).click();
    await panel.waitForText(/Message 99\d\d/);
  });

  it('has nothing that a checker of accessibility finds, in any kind of theme', async () => {
    const taskId = await nextTask('Looks right', 'What to do:\n\n1. This\n2. That');
    const code = '```ts\n// Says hello\nexport const hello = (name: string): number => `Hi ${name}`.length + 12;\n```';
    await agent.call('reply', {
      chatId: taskId,
      text: `## Done so far\n\n- one\n- two, in \`release.md\`\n\n${code}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quoted, see [docs](https://example.org)`,
    });
    const patch = '```diff\n--- a/release.md\n+++ b/release.md\n@@ -1,1 +1,1 @@\n-# Release\n+# Releases\n```';
    await agent.call('reply', { chatId: taskId, text: patch });
    void agent.call('askHuman', {
      question: 'Which **colours**?',
      choices: ['red', 'green', 'a longer one'],
      multiple: true,
      taskId,
      wait_s: 0,
    });
    void agent.call('requestPermission', { tool_name: 'Bash', input: { command: 'make release' }, tool_use_id: 'toolu_2' });
    const panel = await window.openTask('Looks right');
    await panel.waitForText(/make release/);
    await window.dismissToasts();
    for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
      await window.setTheme(theme);
      await window.dismissToasts();
      for (const [place, name] of [
        [0, theme],
        [1_000_000, `${theme}-end`],
      ] as const) {
        await panel.frame.locator('main').evaluate((main: { scrollTop: number }, top) => (main.scrollTop = top), place);
        await window.screenshot(join(pictures, `panel-${name}.png`));
        assert.deepEqual(await axeFinds(panel.frame), [], `in ${theme}`);
      }
    }
  });

  it('has nothing of that in reviews, in cards that are grey and in the timeline, nor in the card to catch up', async () => {
    const taskId = await nextTask('Settled');
    const panel = await window.openTask('Settled');
    const press = (name: string): Promise<void> => panel.frame.getByRole('button', { name, exact: true }).click();
    const asked = agent.call('askHuman', { question: 'Where to?', choices: ['Staging', 'Production'], taskId, wait_s: 240 });
    await panel.waitForText(/Where to\?/);
    await panel.decide('Staging');
    await asked;
    const denied = agent.call('requestPermission', { tool_name: 'Bash', input: { command: 'rm -rf build' }, tool_use_id: 'toolu_3' });
    await panel.waitForText(/rm -rf build/);
    await press('Deny');
    await denied;
    const review = { summary: 'The title is **shorter**.', file: 'release.md', line: 1, snippet: '# Release', taskId };
    const approved = agent.call('requestReview', { ...review, wait_s: 240 });
    await panel.waitForText(/The title is shorter/);
    await panel.decide('Approve');
    await approved;
    await panel.waitForText(/You approved it/);
    await agent.call('requestReview', { ...review, summary: 'And this?', wait_s: 0 });
    await panel.waitForText(/And this\?/);
    const rows = panel.frame.locator('main');
    for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
      await window.setTheme(theme);
      await window.dismissToasts();
      for (const top of [0, 1_000_000]) {
        await rows.evaluate((main: { scrollTop: number }, to) => (main.scrollTop = to), top);
        assert.deepEqual(await axeFinds(panel.frame), [], `the cards in ${theme}`);
      }
      await window.screenshot(join(pictures, `panel-settled-${theme}.png`));
      await press('Timeline');
      await panel.frame.locator('.step').nth(3).waitFor();
      assert.deepEqual(await axeFinds(panel.frame), [], `the timeline in ${theme}`);
      await window.screenshot(join(pictures, `panel-timeline-${theme}.png`));
      await press('Timeline');
      await panel.waitForText(/And this\?/);
      await window.tree('Tasks').rowActions('Settled');
      const card = window.page.locator('.monaco-hover', { hasText: 'Needs from you' });
      await card.waitFor();
      assert.deepEqual(await axeFinds(window.page, '.monaco-hover:not(.hidden) .hover-contents'), [], `the card to catch up in ${theme}`);
      await window.screenshot(join(pictures, `catch-up-${theme}.png`));
      await movePointerAway(window.page);
      await card.waitFor({ state: 'hidden' });
    }
  });
});
