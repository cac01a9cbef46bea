import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { root } from '../../scripts/suites.ts';
import type { TestAgent, ToolResult } from '../support/testAgent.ts';
import { axeFinds } from '../support/workbench/axeFinds.ts';
import { waitForKeyboard } from '../support/workbench/waitForKeyboard.ts';
import { waitForSavedState } from '../support/workbench/waitForSavedState.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { type SuiteOptions, workbenchSuite } from './fixture.ts';

const pictures = join(root, 'out/screenshots');
const options: SuiteOptions = {
  agent: 'claude-code',
  settings: { 'agentrq.notifications.questions': 'off' },
  prepare: () => void mkdirSync(pictures, { recursive: true }),
};

const allOf = 'git push --force-with-lease origin main && npm publish --access public';

workbenchSuite('Needs You', options, ({ window, agent, connect, newTask, permit }) => {
  const answerOf = (result: ToolResult) => result.structured['answer'] as Record<string, unknown>;

  /** Gives the keyboard to the first card, without the mouse. */
  async function enter(): Promise<Frame> {
    await window.runCommand('AgentRQ: Focus on Needs You View');
    const frame = await window.inbox.frame();
    await waitForKeyboard(frame, 'Needs You');
    await frame.locator('.top:focus, .clear:focus').waitFor();
    return frame;
  }

  const opened = (frame: Frame): Locator => frame.locator('article.opened');

  /** Opens the card that has the keyboard, and waits until keys are heard on it. */
  async function openByKeyboard(frame: Frame, text: string): Promise<Locator> {
    const card = opened(frame).filter({ hasText: text });
    await waitFor(`the keyboard on the card ${text}`, async () =>
      (await frame.locator('article:has(.top:focus)').innerText()).includes(text),
    );
    await window.inbox.pressUntil('Enter', `the card ${text} to be open`, async () => (await card.locator('.body').count()) > 0);
    await frame.locator('article.opened.whole').waitFor();
    return card;
  }

  it('says that all is clear, and how to go on', async () => {
    await window.inbox.waitForWelcome(/All clear/);
    const frame = await enter();
    assert.deepEqual(await axeFinds(frame), []);
    assert.equal((await window.inbox.content()).welcomeButtons.length, 0, 'an agent is connected already');
  });

  it('lets seven requests of five agents be read and answered by keys alone', async () => {
    const others = await Promise.all(
      ['codex-mcp-client', 'gemini-cli-mcp-client', 'github-copilot-developer', 'cursor-vscode'].map((name) => connect(name)),
    );
    const [codex, gemini, copilot, cursor] = others as [TestAgent, TestAgent, TestAgent, TestAgent];
    const taskId = await newTask('Split image uploads');
    const frame = await enter();
    // One after the other, so that their order is known; permissions stand before them.
    const arrived = (text: string) => window.inbox.waitForRow(text);
    const permission = permit(allOf, { input: { command: allOf, description: 'Push the branch' } });
    await arrived('Run: git push');
    const provider = codex.call('askHuman', {
      question: 'Which provider for **new accounts**?',
      choices: ['Stripe', 'Adyen'],
      wait_s: 240,
    });
    await arrived('Which provider');
    const parts = gemini.call('askHuman', { question: 'Which parts?', choices: ['Header', 'Body', 'Footer'], multiple: true, wait_s: 240 });
    await arrived('Which parts?');
    const name = copilot.call('askHuman', { question: 'What is the release called?', wait_s: 240 });
    await arrived('What is the release called?');
    const review = cursor.call('requestReview', { summary: 'The title is shorter.', taskId, wait_s: 240 });
    await arrived('The title is shorter.');
    const where = agent.call('askHuman', { question: 'Where to?', choices: ['Staging', 'Production'], taskId, wait_s: 240 });
    await arrived('Where to?');
    const denied = permit('rm -rf build');
    await arrived('rm -rf build');
    await window.activityBar.waitForBadge('AgentRQ', 7);
    await window.screenshot(join(pictures, 'inbox-seven.png'));
    await window.press('Home');

    const decide = async (card: string, decisive: string, key: string): Promise<void> => {
      await isWhollyShown(frame, await openByKeyboard(frame, card), decisive);
      await window.inbox.pressUntil(key, `${card} to be answered`, async () => (await opened(frame).count()) === 0);
    };
    const write = async (card: Locator, words: string): Promise<void> => {
      await window.inbox.pressUntil('r', 'the keyboard in the box', async () => (await card.locator('textarea:focus').count()) > 0);
      await window.page.keyboard.type(words);
      await window.press('Control+Enter');
      await waitFor('the card to be closed', async () => (await opened(frame).count()) === 0);
    };

    await decide('git push', allOf, 'a');
    assert.equal((await permission)['behavior'], 'allow');
    await decide('rm -rf build', 'rm -rf build', 'd');
    assert.equal((await denied)['behavior'], 'deny');
    await decide('Which provider', 'Which provider for new accounts?', '2');
    assert.deepEqual(answerOf(await provider)['choices'], ['Adyen']);

    const several = await openByKeyboard(frame, 'Which parts?');
    await isWhollyShown(frame, several, 'Which parts?');
    await window.inbox.pressUntil('1', 'the first box to be ticked', () => several.getByLabel('Header').isChecked());
    await write(several, 'and 2 of 3');
    const chosen = answerOf(await parts);
    assert.deepEqual([chosen['choices'], chosen['text']], [['Header'], 'and 2 of 3']);

    await write(await openByKeyboard(frame, 'What is the release called?'), 'Aurora');
    assert.equal(answerOf(await name)['text'], 'Aurora');
    await decide('The title is shorter.', 'The title is shorter.', 'a');
    assert.match((await review).text, /approved/i);
    await decide('Where to?', 'Where to?', '1');
    assert.deepEqual(answerOf(await where)['choices'], ['Staging']);
    await frame.locator('.clear:focus').waitFor();
    assert.match(await frame.locator('details.sent').innerText(), /Sent \(\d\)/);
    for (const each of [agent, ...others]) await each.call('getWorkspace');
    await waitFor('nothing to be left', async () => (await window.inbox.rows()).length === 0);
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
  });

  it('decides nothing by keys that are typed one after the other, nor while the card has only just come', async () => {
    const asking = agent.call('askHuman', { question: 'Blindly?', choices: ['Yes', 'No'], wait_s: 240 });
    await window.inbox.waitForRow('Blindly?');
    const frame = await enter();
    await openByKeyboard(frame, 'Blindly?');
    const before = await frame.locator('article').count();
    // All in one turn of the page: however busy the machine is, nobody types faster.
    await frame.evaluate(`for (const key of 'deny all of it and allow 1 or 2 as usual')
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));`);
    const permission = permit('rm -rf /', {});
    await window.inbox.waitForRow('rm -rf /');
    // Pressed in the turn in which the card is drawn, and by what stood there before.
    await window.press('Home');
    await frame.evaluate(`new MutationObserver((_, observer) => {
      const button = document.querySelector('.body [data-key="a"]');
      if (button === null) return;
      observer.disconnect();
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true }));
      button.click();
      document.body.dataset.pressed = 'yes';
    }).observe(document.body, { subtree: true, childList: true })`);
    const card = await openByKeyboard(frame, 'rm -rf /');
    await frame.locator('body[data-pressed]').waitFor();
    assert.equal(await frame.locator('article').count(), before + 1);
    await window.inbox.pressUntil('d', 'the permission to be denied', async () => (await card.count()) === 0);
    assert.equal((await permission)['behavior'], 'deny');
    await openByKeyboard(frame, 'Blindly?');
    await window.inbox.pressUntil('2', 'the question to be answered', async () => (await opened(frame).count()) === 0);
    assert.deepEqual(answerOf(await asking)['choices'], ['No']);
    await agent.call('getWorkspace');
  });

  it('answers by a press on a closed card, keeps what was sent until the agent has it, and takes it back by a key', async () => {
    const taskId = await newTask('Deploy');
    const asked = await agent.call('askHuman', { question: 'Which stage?', choices: ['Staging', 'Production'], taskId, wait_s: 0 });
    const card = await window.inbox.card('Which stage?');
    await waitFor('the press to be heard', async () => {
      // One on a card that has only just come is not, and the button goes with the first that is.
      const button = card.getByRole('button', { name: 'Production' });
      if ((await button.count()) > 0) await button.click({ timeout: 2_000 }).catch(() => undefined);
      return (await window.inbox.rows()).some(({ description }) => /not read yet/.test(description));
    });
    await window.inbox.waitForWelcome(/All clear/);
    const frame = await enter();
    await window.inbox.pressUntil('u', 'the question to be open again', async () =>
      /Which stage/.test((await frame.locator('.cards').allInnerTexts()).join('\n')),
    );
    await window.inbox.clickRow('Which stage?');
    await window.waitForQuickInput(/Which stage\?/);
    await window.pickQuickItem('Staging');
    const answered = await agent.call('waitForReply', { requestId: asked.structured['requestId'], wait_s: 240 });
    assert.deepEqual(answerOf(answered)['choices'], ['Staging']);
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    await window.inbox.waitForNoRow('Which stage?');
  });

  it('keeps a draft over a reload, and the keyboard stays in the file when a card comes', async () => {
    await agent.call('askHuman', { question: 'How is it written?', wait_s: 0 });
    const card = await window.inbox.open('How is it written?');
    await card.locator('textarea').fill('With a capital');
    await waitForSavedState(window.page, /With a capital/);
    await window.reload();
    await window.openView('AgentRQ');
    assert.equal(await (await window.inbox.card('How is it written?')).locator('textarea').inputValue(), 'With a capital');
    await window.typeIn('release.md');
    await agent.call('askHuman', { question: 'And this?', wait_s: 0 });
    await window.inbox.waitForRow('And this?');
    assert.equal((await window.focus()).part, 'editor');
    for (const question of ['How is it written?', 'And this?']) {
      await window.inbox.rowMenu(question, 'Dismiss Request…');
      await window.dialog.press('Dismiss');
      await window.inbox.waitForNoRow(question);
    }
  });

  it('brings a card into view also if it comes before the one above it has been drawn closed', async () => {
    const [long, short] = ['What of these is wanted first?', 'Is it Tuesday?'];
    await agent.call('askHuman', { question: long, choices: ['Pictures', 'Numbers', 'Links', 'Words', 'Sounds', 'Lists'], wait_s: 0 });
    await agent.call('askHuman', { question: short, choices: ['Yes', 'No'], wait_s: 0 });
    await window.page.setViewportSize({ width: 853, height: 533 });
    const frame = await window.inbox.frame();
    const whole = frame.locator('article.opened.whole').filter({ hasText: short });
    await frame.evaluate(`addEventListener('message', ({ data }) => data.type === 'card' && (globalThis.card = data))`);
    await window.inbox.open(short);
    await whole.waitFor();
    await frame.evaluate('void (globalThis.cardOfShort = card)');
    await window.inbox.open(long);
    // The press, and what the extension sends for it, in one frame, as on a busy machine.
    await waitFor('the press to be heard', async () => {
      await frame.evaluate(`{
        [...document.querySelectorAll('article')].find((each) => each.textContent.includes('${short}')).querySelector('.top').click();
        dispatchEvent(new MessageEvent('message', { data: cardOfShort }));
      }`);
      return (await opened(frame).filter({ hasText: short }).count()) > 0;
    });
    await whole.waitFor();
    await window.page.setViewportSize({ width: 1280, height: 800 });
    for (const question of [short, long]) {
      await window.inbox.rowMenu(question, 'Dismiss Request…');
      await window.dialog.press('Dismiss');
      await window.inbox.waitForNoRow(question);
    }
  });

  it('is whole and accessible in every theme, in a narrow side bar, and at 150 and 200 % zoom', async () => {
    await agent.call('askHuman', {
      question: 'Tax depends on the **country**. Read it from `cart.country`?',
      choices: ['Yes', 'No'],
      wait_s: 0,
    });
    void permit(allOf);
    await window.inbox.waitForRow('Run: git push');
    const frame = await window.inbox.frame();
    const sash = async (width: number): Promise<void> => {
      const { mouse } = window.page;
      const box = (await window.page.locator('.part.sidebar').boundingBox()) ?? assert.fail('a side bar');
      await mouse.move(box.x + box.width, box.y + 300);
      await mouse.down();
      await mouse.move(box.x + width, box.y + 300, { steps: 4 });
      await mouse.up();
      await waitFor(`a side bar of ${width} px`, async () => Math.abs(Number(await frame.evaluate('innerWidth')) - width) < 12);
    };
    for (const width of [300, 190]) {
      await sash(width);
      for (const theme of ['light', 'dark', 'hcDark', 'hcLight'] as const) {
        await window.setTheme(theme);
        for (const text of ['Tax depends', 'git push']) {
          const card = await window.inbox.open(text);
          await isWhollyShown(frame, card, text === 'git push' ? allOf : 'Tax depends on the country. Read it from cart.country?');
        }
        await window.screenshot(join(pictures, `inbox-${width}-${theme}.png`));
        assert.deepEqual(await axeFinds(frame), [], `${width} px in ${theme}`);
      }
    }
    await sash(300);
    await window.page.setViewportSize({ width: 853, height: 533 });
    const card = await window.inbox.open('Tax depends');
    await isWhollyShown(frame, card, 'Tax depends on the country. Read it from cart.country?');
    // The question and all of its choices are in view, so keys are heard.
    await frame.locator('article.opened.whole').waitFor();
    await window.screenshot(join(pictures, 'inbox-zoom150.png'));
    // There is less room than the card takes: it is scrolled, and nothing of it is cut off.
    await window.page.setViewportSize({ width: 640, height: 400 });
    for (const text of ['Tax depends', 'git push']) await isWhollyShown(frame, await window.inbox.open(text), text);
    await window.screenshot(join(pictures, 'inbox-zoom200.png'));
    await window.page.setViewportSize({ width: 1280, height: 800 });
  });
});

/** Whether all of a text is drawn, with nothing cut off and no ellipsis. */
async function isWhollyShown(frame: Frame, card: Locator, text: string): Promise<void> {
  assert.match((await card.innerText()).replace(/\s+/g, ' '), new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  const cut = await card.evaluate(
    (element: { querySelectorAll(selector: string): Iterable<unknown> }) =>
      [...element.querySelectorAll('.says, .text, .text *, pre, pre *, button')].filter((each) => {
        const box = each as { scrollWidth: number; clientWidth: number; scrollHeight: number; clientHeight: number };
        return box.clientWidth > 0 && (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 2);
      }).length,
  );
  assert.equal(cut, 0, `${text} is cut off`);
  assert.deepEqual(await frame.evaluate('[document.scrollingElement.scrollHeight === innerHeight, scrollY]'), [true, 0]);
}
