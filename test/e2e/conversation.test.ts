import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { axeFinds } from '../support/workbench/axeFinds.ts';
import { pressMenuItem } from '../support/workbench/pressMenuItem.ts';
import type { TaskPanel } from '../support/workbench/taskPanel.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const pictures = join(root, 'out/screenshots');

const options: SuiteOptions = {
  agent: 'claude-code',
  prepare: () => void mkdirSync(pictures, { recursive: true }),
};

const themes = ['light', 'dark', 'hcDark', 'hcLight'] as const;

workbenchSuite('the panel as a conversation', options, ({ window, agent, newTask }) => {
  let current: string | undefined;

  /** Of a permission the agent doesn't say to which task it belongs: to the only one that it works on. */
  async function nextTask(title: string): Promise<string> {
    if (current !== undefined) await agent.call('updateTaskStatus', { taskId: current, status: 'blocked' });
    current = await newTask(title);
    return current;
  }

  const say = (chatId: string, text: string) => agent.call('reply', { chatId, text });
  const ask = (taskId: string, question: string, more: object = {}) => agent.call('askHuman', { question, taskId, wait_s: 0, ...more });
  const box = ({ frame }: TaskPanel) => frame.locator('footer textarea');
  /** What the box says of where its text goes. */
  const label = (panel: TaskPanel): Promise<string | null> => box(panel).getAttribute('aria-label');
  const isWhole = ({ frame }: TaskPanel): Promise<unknown> => frame.evaluate('document.documentElement.scrollHeight === innerHeight');

  it('draws a day of work so that it can be read: short messages stand together, and no page scrolls away', async () => {
    const taskId = await nextTask('Split image uploads');
    for (let file = 1; file <= 12; file += 1) await say(taskId, `Read ${file * 3} files, \`src/upload${file}.ts\` is next.`);
    const plan = '- [x] read the uploads\n- [ ] split **thumbnails**\n- [ ] measure';
    await say(taskId, `Here is where I am:\n\n${plan}\n\n\`\`\`ts\nexport const parts = 4;\n\`\`\``);
    await ask(taskId, 'Tax depends on the **country**. Should I read it from `cart.country`?', { choices: ['Yes', 'No, ask the user'] });
    const panel = await window.openTask('Split image uploads');
    await panel.waitForText(/Should I read it/);
    await window.dismissToasts();
    assert.doesNotMatch(await panel.text(), /Jump to/, 'it stands at its end, where the question is');
    assert.equal(await panel.frame.locator('.entry.goes-on').count(), 12, 'one name over thirteen messages of a minute');
    const heights = await panel.frame.evaluate<number[]>(
      `[...document.querySelectorAll('.row:has(.goes-on)')].map(({ offsetHeight }) => offsetHeight)`,
    );
    assert.ok(Math.max(...heights.slice(0, 11)) <= 30, `a line of text takes a line of the page: ${String(heights)}`);
    assert.equal(await isWhole(panel), true);
    for (const theme of themes) {
      await window.setTheme(theme);
      await window.dismissToasts();
      await window.screenshot(join(pictures, `conversation-${theme}.png`));
      assert.deepEqual(await axeFinds(panel.frame), [], `in ${theme}`);
    }
    await panel.frame.locator('main').evaluate((main: { scrollTop: number }) => (main.scrollTop = 0));
    await panel.waitForText(/Jump to the Request/);
    await window.screenshot(join(pictures, 'conversation-top.png'));
    assert.deepEqual(await axeFinds(panel.frame), [], 'with what lies over the end');
    await panel.frame.getByRole('button', { name: 'Jump to the Request' }).click();
    await panel.waitForNoText(/Jump to the Request/);
    const done = panel.frame.getByRole('checkbox', { name: 'read the uploads' });
    assert.deepEqual([await done.isChecked(), await done.isDisabled()], [true, true]);
    await panel.frame.getByRole('button', { name: 'Copy' }).click();
    await waitFor('the code to be copied', async () => (await window.clipboard()) === 'export const parts = 4;');
  });

  it('shows a command with its buttons where there is little room', async () => {
    await nextTask('Push the branch');
    const panel = await window.openTask('Push the branch');
    const asking = agent.call('requestPermission', {
      tool_name: 'Bash',
      input: { command: 'git push --force-with-lease origin uploads', description: 'Push the branch' },
      tool_use_id: 'toolu_push',
    });
    await panel.waitForText(/git push/);
    await window.dismissToasts();
    // 1280 × 800 at 150 %.
    await window.page.setViewportSize({ width: 853, height: 533 });
    await panel.frame.locator('main').evaluate((main: { scrollTop: number; scrollHeight: number }) => (main.scrollTop = main.scrollHeight));
    await window.screenshot(join(pictures, 'conversation-zoom150.png'));
    for (const part of ['.bar', '.lines', 'button:has-text("Deny")', 'button:has-text("Allow Once")']) {
      const rect = await panel.frame
        .locator(`.entry.open ${part}`)
        .first()
        .evaluate((element: { getBoundingClientRect(): { top: number; bottom: number } }) => {
          const { top, bottom: end } = element.getBoundingClientRect();
          return { top, bottom: end };
        });
      const bottom = Number(await panel.frame.evaluate(`document.querySelector('footer').getBoundingClientRect().top`));
      assert.ok(rect.top >= 0 && rect.bottom <= bottom, `${part} is in view: ${rect.top}–${rect.bottom} of ${bottom}`);
    }
    assert.equal(await isWhole(panel), true);
    await window.page.setViewportSize({ width: 1280, height: 800 });
    await panel.frame.getByRole('button', { name: 'Deny' }).click();
    await asking;
  });

  it('answers the only question with what is written, and says so before', async () => {
    const taskId = await nextTask('One question');
    const panel = await window.openTask('One question');
    assert.equal(await label(panel), 'Your message');
    const asking = ask(taskId, 'Which **name**?', { wait_s: 240 });
    await waitFor('the box to say what it answers', async () => (await label(panel)) === 'Answer to: Which name?');
    assert.equal(await panel.frame.locator('main textarea').count(), 0, 'there is one box');
    await panel.frame.getByRole('button', { name: 'Type Your Own Answer' }).click();
    await window.page.keyboard.type('Ada');
    await window.screenshot(join(pictures, 'conversation-answering.png'));
    await window.page.keyboard.press('Control+Enter');
    assert.equal(((await asking).structured['answer'] as { text: string }).text, 'Ada');
    await panel.waitForText(/Your answer, [^]*Ada/);
    await waitFor('the box to be empty', async () => (await box(panel).inputValue()) === '' && (await label(panel)) === 'Your message');
  });

  it('never sends a message as the answer to a question that came while it was written', async () => {
    const taskId = await nextTask('Meanwhile');
    const panel = await window.openTask('Meanwhile');
    await box(panel).focus();
    await window.page.keyboard.type('Please stop');
    await ask(taskId, 'Deploy now?', { choices: ['Yes', 'No'] });
    await panel.waitForText(/Deploy now\?/);
    assert.equal(await label(panel), 'Your message');
    await window.page.keyboard.type(' at once.');
    await window.page.keyboard.press('Control+Enter');
    await panel.waitForText(/You[^]*Please stop at once\./);
    assert.match(await panel.text(), /needs your answer/);
    await waitFor('the box to answer the question now', async () => (await label(panel)) === 'Answer to: Deploy now?');
  });

  it('lets the user choose among several questions, and loses no draft when one of them goes', async () => {
    const taskId = await nextTask('Two questions');
    const panel = await window.openTask('Two questions');
    await ask(taskId, 'First?');
    await ask(taskId, 'Second?', { choices: ['Left', 'Right'] });
    await panel.waitForText(/First\?[^]*Second\?/);
    const goesTo = panel.frame.getByLabel('Where your text goes');
    assert.equal(await label(panel), 'Your message');
    await goesTo.selectOption({ label: 'Answer to: Second?' });
    await box(panel).fill('Neither of them');
    await panel.decide('Left');
    await panel.waitForText(/no longer open/);
    assert.deepEqual([await label(panel), await box(panel).inputValue()], ['Answer to: Second?', 'Neither of them']);
    await box(panel).press('Control+Enter');
    await window.screenshot(join(pictures, 'conversation-gone.png'));
    assert.deepEqual(await axeFinds(panel.frame), []);
    assert.match(await panel.text(), /First\?[^]*needs your answer|needs your answer[^]*First\?/, 'the other question has no answer');
    await goesTo.selectOption({ label: 'Your message' });
    await box(panel).press('Control+Enter');
    await panel.waitForText(/You[^]*Neither of them/);
    await waitFor('the box to be empty', async () => (await box(panel).inputValue()) === '');
  });

  it('offers what can be done with the task in a menu of its status', async () => {
    await nextTask('Be done');
    const panel = await window.openTask('Be done');
    await panel.frame.getByRole('button', { name: /Status: Ongoing/ }).click();
    const menu = window.page.locator('.monaco-menu');
    await menu.waitFor();
    await window.screenshot(join(pictures, 'conversation-menu.png'));
    await pressMenuItem(menu.getByText('Change Status…'), 'Change Status…');
    await window.pickQuickItem('Completed');
    await panel.frame.getByRole('button', { name: /Status: Completed/ }).waitFor();
  });

  it('draws a line where the user looked last', async () => {
    const taskId = await nextTask('Come back');
    await say(taskId, 'Old news.');
    const panel = await window.openTask('Come back');
    await panel.waitForText(/Old news/);
    await window.openFile('release.md');
    await say(taskId, 'Fresh news.');
    const again = await window.openTask('Come back');
    await again.waitForText(/Old news\.[^]*New since you looked[^]*Fresh news\./);
    await window.screenshot(join(pictures, 'conversation-new.png'));
  });
});
