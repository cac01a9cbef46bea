import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { type Product, startProduct } from '../support/product.ts';
import { connectAgent, type TestAgent } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { copyAddress } from './copyAddress.ts';

describe('what the workbench announces, and what it leaves alone', function () {
  this.timeout(120_000);
  const base = mkdtempSync(join(tmpdir(), 'agentrq-heard-'));
  const heard = join(base, 'heard');
  let product: Product;
  let window: Workbench;
  let agent: TestAgent;

  before(async () => {
    const settings = { 'agentrq.notifications.kinds': { review: 'toastAndSound' }, 'agentrq.attention.soundCommand': ['touch', heard] };
    product = await startProduct({ log: console.log, settings });
    window = await product.open();
    await window.openFile('release.md');
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/no agent has come yet/);
    agent = await connectAgent('modern', await copyAddress(window), 'claude-code');
  });

  after(async () => {
    await agent?.close();
    await product?.dispose();
    rmSync(base, { recursive: true, force: true });
  });

  afterEach(async () => {
    await window.dismissToasts();
  });

  async function newTask(title: string): Promise<string> {
    const taskId = (await agent.call('createTask', { title, body: 'In the workbench.' })).text.slice(-11);
    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
    return taskId;
  }

  it('announces no question that the tab in front shows already, and one of another task', async () => {
    const taskId = await newTask('In front');
    const other = await newTask('Elsewhere');
    // Rows that move are hard to hit.
    await window.waitForRow('Tasks', 'In front');
    await window.waitForRow('Tasks', 'Elsewhere');
    await window.clickRow('Tasks', 'In front');
    const panel = await taskPanel(window.page, 'In front');
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
    const { text } = await agent.call('createTask', { title: 'Later', body: 'In the workbench.' });
    await agent.call('askHuman', { question: 'Not in front?', taskId: text.slice(-11), wait_s: 0 });
    await window.waitForToast(/Not in front\?/);
  });

  it('is heard where the person wants to hear it', async () => {
    await agent.call('requestReview', { summary: 'It is done, please look.', wait_s: 0 });
    await window.waitForToast(/It is done, please look/);
    await waitFor('the sound to be played', async () => existsSync(heard));
  });

  /** Puts the page that is in front beside the file; it is drawn anew there. */
  const putBeside = (): Promise<void> => window.runCommand('View: Move Editor into Next Group');

  async function goBackToFile(): Promise<void> {
    await window.runCommand('View: Focus First Editor Group');
    await window.page.keyboard.press('Control+Home');
    await waitFor('the keyboard in the file', async () => (await window.focus()).part === 'editor' && !(await inPage()));
  }

  const inPage = async (): Promise<boolean> => (await window.page.evaluate('document.activeElement?.tagName')) === 'IFRAME';

  it('takes the keyboard from nobody who writes beside a panel in which the buttons go', async () => {
    const taskId = await newTask('Beside');
    await window.waitForRow('Tasks', 'Beside');
    await window.clickRow('Tasks', 'Beside');
    await taskPanel(window.page, 'Beside');
    await putBeside();
    const panel = await taskPanel(window.page, 'Beside');
    const asking = agent.call('askHuman', { question: 'Which side?', choices: ['Left', 'Right'], taskId, wait_s: 60 }, { timeout: 90_000 });
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
    await window.runCommand('AgentRQ: Open Kanban Board');
    await kanban();
    await putBeside();
    const page = await kanban();
    await page.locator('.card', { hasText: 'On the board' }).click();
    assert.ok(await inPage());
    await goBackToFile();
    await window.page.keyboard.type('three ');
    await agent.call('updateTaskStatus', { taskId, status: 'completed' });
    await page.locator('section[data-status=completed] .card', { hasText: 'On the board' }).waitFor();
    await window.page.keyboard.type('four ');
    await waitFor('all of it to be in the file', async () => (await window.editorText()).startsWith('three four one two # Release'));
    assert.ok(!(await inPage()), 'the page took the keyboard');
  });

  async function kanban(): Promise<Frame> {
    let found: Frame | undefined;
    await waitFor('the Kanban board', async () => {
      found = undefined;
      for (const frame of window.page.frames()) {
        const sections = await frame
          .locator('section[data-status]')
          .count()
          .catch(() => 0);
        if (sections > 0) found = frame;
      }
      return found !== undefined;
    });
    return found ?? assert.fail();
  }

  it('leaves no error of its own in the console', () => {
    assert.deepEqual(
      window.errors.unexpected.filter((line) => /agentrq/i.test(line)),
      [],
    );
  });
});
