import assert from 'node:assert/strict';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

// What an agent may write to look like something else, and how it has to be seen.
const written =
  '$(check) <img src=https://evil.example/t.png onerror=alert(1)> [run](command:workbench.action.quit) \u202Egnp.exe a\u200Bb \u001B[31mred';
/** Titles are one line without controls. */
const title = written.replace(/ \S*$/, '');
const whole = String.raw`$(check) <img src=https://evil.example/t.png onerror=alert(1)> [run](command:workbench.action.quit) \u202Egnp.exe a\u200Bb \u001B[31mred`;
/** On one line a link is its text and its address. */
const seen = whole.replace('[run](command:workbench.action.quit)', 'run (command:workbench.action.quit)');

workbenchSuite('hostile text in the workbench', { agent: 'Y\u200Bou' }, ({ window, agent, newTask }) => {
  let taskId: string;
  const requests: string[] = [];
  const dialogs: string[] = [];

  before(async () => {
    window.page.on('request', (request) => requests.push(request.url()));
    window.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    taskId = await newTask(title, written);
  });

  afterEach(() => {
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
    // The question stands in lines, which may be broken anywhere.
    const bare = (text: string): string => text.replace(/[\s\u00A0↪]/g, '');
    const lines = pick.items.map(({ label }) => label).join('');
    assert.ok(bare(lines).includes(bare(seen)), lines);
    if (pick.kind === 'pick') assert.equal(pick.items[0]?.label, whole);
    assert.equal(await window.page.locator('.quick-input-widget .quick-input-list .codicon-check, .quick-input-widget img').count(), 0);
    await window.quickInput.cancel();
  });

  it('is text in the panel, and its author is an agent whatever it is called', async () => {
    await agent.call('reply', { chatId: taskId, text: written });
    const panel = await window.openTask(/evil\.example/, seen.replace(/ \S*$/, ''));
    // The name stands in the title before the thread has come.
    await waitFor('its thread', async () => plain(await panel.text()).split(whole).length > 3);
    assert.equal(await panel.frame.locator('body').locator('img, script, iframe, [onerror], [src]:not(script)').count(), 0);
    for (const head of await panel.frame.locator('.entry.other .head').allInnerTexts())
      assert.match(plain(head), /^Agent ?Agent “Y\\u200Bou”/);
    await panel.frame.getByRole('button', { name: 'Timeline' }).click();
    await panel.frame.locator('.step').first().waitFor();
    for (const step of await panel.frame.locator('.step .what').allInnerTexts()) assert.match(plain(step), /^Agent ?Agent “/);
  });

  it('is text on the Kanban board', async () => {
    const page = await window.openKanban();
    const card = page.locator('.card').first();
    const shown = plain(await card.locator('.title').innerText());
    assert.ok(seen.startsWith(shown.replace(/…$/, '')), shown);
    assert.match(plain(await card.locator('.words').innerText()), /Asks \$\(check\) <img src=https:\/\/evil\.example/);
    assert.equal(await page.locator('.card').locator('img, script, a, [onerror]').count(), 0);
  });
});
