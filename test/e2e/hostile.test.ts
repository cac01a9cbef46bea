import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { type Product, startProduct } from '../support/product.ts';
import { type AgentAddress, connectAgent, type TestAgent } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import { taskPanel } from '../support/workbench/taskPanel.ts';
import type { Workbench } from '../support/workbench/workbench.ts';
import { copyAddress } from './copyAddress.ts';

// What an agent may write to look like something else, and how it has to be seen.
const written =
  '$(check) <img src=https://evil.example/t.png onerror=alert(1)> [run](command:workbench.action.quit) \u202Egnp.exe a\u200Bb \u001B[31mred';
/** Titles are one line without controls. */
const title = written.replace(/ \S*$/, '');
const seen = String.raw`$(check) <img src=https://evil.example/t.png onerror=alert(1)> [run](command:workbench.action.quit) \u202Egnp.exe a\u200Bb \u001B[31mred`;

describe('hostile text in the workbench', function () {
  this.timeout(120_000);
  let product: Product;
  let window: Workbench;
  let address: AgentAddress;
  let agent: TestAgent;
  let taskId: string;
  const requests: string[] = [];
  const dialogs: string[] = [];

  before(async () => {
    product = await startProduct({ log: console.log });
    window = await product.open();
    await window.openView('AgentRQ');
    await window.view('Needs You').waitForWelcome(/no agent has come yet/);
    address = await copyAddress(window);
    window.page.on('request', (request) => requests.push(request.url()));
    window.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    agent = await connectAgent('modern', address, 'Y\u200Bou');
    taskId = (await agent.call('createTask', { title, body: written })).text.slice(-11);
    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
  });

  after(async () => {
    await agent?.close();
    await product?.dispose();
  });

  afterEach(async () => {
    await window.dismissToasts();
    assert.deepEqual(
      requests.filter((url) => url.includes('evil.example')),
      [],
      'something was loaded',
    );
    assert.deepEqual(dialogs, [], 'something ran');
  });

  /** What a screen shows of a text: the editor sets blanks that don't break, and lines break where they like. */
  const plain = (text: string): string => text.replaceAll('\u00A0', ' ').replace(/\s+/g, ' ');

  it('is text in the views, whole, and nothing in it is an icon', async () => {
    const asking = await agent.call('askHuman', { question: written, choices: [written, 'No'], taskId, wait_s: 0 });
    assert.ok(asking.structured['requestId']);
    const need = await window.waitForRow('Needs You', /evil\.example/);
    assert.ok(seen.startsWith(need.label.replace(/…$/, '')), need.label);
    assert.ok(need.ariaLabel.includes(String.raw`\u202Egnp.exe`), need.ariaLabel);
    const task = await window.waitForRow('Tasks', /evil\.example/);
    assert.ok(seen.startsWith(task.label.replace(/…$/, '')), task.label);
    assert.match((await window.waitForRow('Agents', /Agent “/)).label, /^Agent “Y\\u200Bou”/);
    const trees = window.page.locator('.pane-body [role="tree"]');
    assert.equal(await trees.locator('.monaco-icon-name-container .codicon, img, script').count(), 0);
  });

  it('is text in a prompt', async () => {
    await window.clickRow('Needs You', /evil\.example/);
    const pick = await window.waitForQuickInput(/evil\.example/);
    assert.match(pick.title, /^Agent “Y\\u200Bou” asks/);
    assert.ok(plain(pick.placeholder).startsWith(seen), pick.placeholder);
    if (pick.kind === 'pick') assert.equal(pick.items[0]?.label, seen);
    assert.equal(await window.page.locator('.quick-input-widget .quick-input-list .codicon-check, .quick-input-widget img').count(), 0);
    await window.quickInput.cancel();
  });

  it('is text in the panel, and its author is an agent whatever it is called', async () => {
    await agent.call('reply', { chatId: taskId, text: written });
    await window.clickRow('Tasks', /evil\.example/);
    const panel = await taskPanel(window.page, seen.replace(/ \S*$/, ''));
    const text = plain(await panel.waitForText(/gnp\.exe/));
    assert.ok(text.split(seen).length > 3, text);
    assert.equal(await panel.frame.locator('body').locator('img, script, iframe, [onerror], [src]:not(script)').count(), 0);
    for (const head of await panel.frame.locator('.entry.other .head').allInnerTexts())
      assert.match(plain(head), /^Agent ?Agent “Y\\u200Bou”/);
    await panel.frame.getByRole('button', { name: 'Timeline' }).click();
    await panel.frame.locator('.step').first().waitFor();
    for (const step of await panel.frame.locator('.step .what').allInnerTexts()) assert.match(plain(step), /^Agent ?Agent “/);
  });

  it('is text on the Kanban board', async () => {
    await window.runCommand('AgentRQ: Open Kanban Board');
    let page: Frame | undefined;
    await waitFor('the card', async () => {
      for (const frame of window.page.frames()) {
        const cards = await frame
          .locator('.card')
          .count()
          .catch(() => 0);
        if (cards > 0) page = frame;
      }
      return page !== undefined;
    });
    const card = page?.locator('.card').first();
    const shown = plain((await card?.locator('.title').innerText()) ?? '');
    assert.ok(seen.startsWith(shown.replace(/…$/, '')), shown);
    assert.match(plain((await card?.locator('.words').innerText()) ?? ''), /Asks \$\(check\) <img src=https:\/\/evil\.example/);
    assert.equal(await page?.locator('.card').locator('img, script, a, [onerror]').count(), 0);
  });

  it('leaves no error of its own in the console', () => {
    assert.deepEqual(
      window.errors.unexpected.filter((line) => /agentrq/i.test(line)),
      [],
    );
  });
});
