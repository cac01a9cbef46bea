import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/suites.ts';
import { drawPng } from '../support/drawPng.ts';
import { axeFinds } from '../support/workbench/axeFinds.ts';
import { handFiles } from '../support/workbench/handFiles.ts';
import { type TaskPanel, taskPanel } from '../support/workbench/taskPanel.ts';
import { ViewPane } from '../support/workbench/viewPane.ts';
import { waitForSavedState } from '../support/workbench/waitForSavedState.ts';
import { waitFor } from '../support/workbench/waitUntil.ts';
import { workbenchSuite } from './fixture.ts';

const pictures = join(root, 'out/screenshots');

/** How wide a picture is once it is there, and where it comes from. */
async function decoded(element: unknown): Promise<string> {
  const image = element as { decode(): Promise<void>; naturalWidth: number; src: string };
  await image.decode();
  return `${image.naturalWidth} ${image.src.slice(0, 5)}`;
}

/** Pixels between what is seen and the end. */
function toEnd(element: unknown): number {
  const { scrollHeight, scrollTop, clientHeight } = element as { scrollHeight: number; scrollTop: number; clientHeight: number };
  return scrollHeight - scrollTop - clientHeight;
}

workbenchSuite('files in the panel of a task', { agent: 'claude-code' }, ({ product, window, agent, newTask }) => {
  before(async () => {
    mkdirSync(pictures, { recursive: true });
    // There are more tasks than have room beside it.
    await new ViewPane(window.page, 'Needs You').fold();
  });

  async function openNewTask(title: string): Promise<{ taskId: string; panel: TaskPanel }> {
    const taskId = await newTask(title);
    await window.waitForRow('Agents', `working on “${title}`);
    await window.waitForRow('Tasks', `${title}, Ongoing`);
    await window.dismissToasts();
    return { taskId, panel: await window.openTask(title) };
  }

  /** What the agent gets of the files that its next message brings, by name. */
  async function received(taskId: string): Promise<Map<string, Buffer>> {
    const said = (await agent.call('waitForReply', { taskId, wait_s: 240 })).texts.join('\n');
    const files = new Map<string, Buffer>();
    for (const [, attachmentId = '', name = ''] of said.matchAll(/- id=(\S+) name=(.+) type=/g)) {
      const { text } = await agent.call('downloadAttachment', { attachmentId, taskId });
      files.set(name, Buffer.from(text, 'base64'));
    }
    return files;
  }

  const chips = async (panel: TaskPanel): Promise<string[]> =>
    (await panel.frame.locator('.chip').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());

  it('go to the agent by keyboard alone, byte for byte', async () => {
    const bytes = Buffer.from(Array.from({ length: 1_300_000 }, (_, index) => (index * 7) % 256));
    writeFileSync(join(product.folder, 'every byte.bin'), bytes);
    const { taskId, panel } = await openNewTask('By keyboard');
    await panel.frame.getByLabel('Your message').focus();
    await panel.frame.getByLabel('Your message').pressSequentially('See this.');
    await window.page.keyboard.press('Tab');
    await window.page.keyboard.press('Tab');
    assert.equal(await panel.frame.locator('button:focus').innerText(), 'Attach…');
    await window.page.keyboard.press('Enter');
    await window.waitForQuickInput(/Attach/);
    await window.quickInput.giveFile(join(product.folder, 'every byte.bin'));
    await panel.waitForText(/every byte\.bin\s*1\.3 MB/);
    await panel.frame.getByLabel('Your message').press('Control+Enter');
    await panel.waitForText(/You[^]*See this\.\s+every byte\.bin/);
    await waitFor('no file beside the box', async () => (await chips(panel)).length === 0);
    assert.deepEqual([...(await received(taskId))], [['every byte.bin', bytes]]);
  });

  it('go to the agent by drop and by paste, without a word, and are seen in the thread', async () => {
    const { taskId, panel } = await openNewTask('By drop');
    const [png, text] = [drawPng(320, 180), Buffer.from('Größe: 1\n')];
    const named = { name: 'näme <b>.txt', mimeType: 'text/plain', bytes: text };
    await handFiles(panel.frame, 'drag', [named]);
    await window.screenshot(join(pictures, 'panel-files-drop.png'));
    await handFiles(panel.frame, 'drop', [named]);
    await handFiles(panel.frame, 'paste', [{ name: 'image.png', mimeType: 'image/png', bytes: png }]);
    await panel.waitForText(/näme <b>\.txt\s*11 bytes[^]*image\.png\s*[\d.]+ kB/);
    await window.screenshot(join(pictures, 'panel-files-draft.png'));
    await panel.frame.getByRole('button', { name: 'Send', exact: true }).click();
    await panel.waitForText(/näme <b>\.txt\s*11 bytes\s*Open\s*Save As…[^]*image\.png/);
    assert.deepEqual(
      [...(await received(taskId))],
      [
        ['näme <b>.txt', text],
        ['image.png', png],
      ],
    );
    const image = panel.frame.getByRole('img', { name: 'Picture: image.png' });
    await image.waitFor();
    assert.equal(await image.evaluate(decoded), '320 blob:');
    await panel.frame.getByRole('button', { name: 'Open näme <b>.txt' }).click();
    await window.editor.waitForTab('näme _b_.txt');
    await waitFor('its text', async () => (await window.editorText()).includes('Größe: 1'));
  });

  it('are chosen by a press on the button beside a box that the keyboard is not in', async () => {
    const { panel } = await openNewTask('By a press');
    await panel.frame.getByRole('button', { name: 'Attach…' }).click();
    await window.waitForQuickInput(/Attach/);
    await window.quickInput.cancel();
  });

  it('are part of the draft: they stay over a reload, and go with what was typed', async () => {
    const { taskId, panel } = await openNewTask('Kept');
    await panel.frame.getByLabel('Your message').fill('Both of us');
    await handFiles(panel.frame, 'drop', [{ name: 'kept.txt', mimeType: 'text/plain', bytes: Buffer.from('kept') }]);
    await panel.waitForText(/kept\.txt\s*4 bytes/);
    await waitForSavedState(window.page, 'kept.txt');
    await window.reload();
    const back = await taskPanel(window.page, 'Kept');
    await back.waitForText(/kept\.txt\s*4 bytes/);
    assert.equal(await back.frame.getByLabel('Your message').inputValue(), 'Both of us');
    await back.frame.getByLabel('Your message').press('Control+Enter');
    await back.waitForText(/You[^]*Both of us\s+kept\.txt/);
    assert.deepEqual([...(await received(taskId))], [['kept.txt', Buffer.from('kept')]]);
  });

  it('that can’t go along say why and what to do, and nothing is lost', async () => {
    const { panel } = await openNewTask('Too much');
    const box = panel.frame.getByLabel('Your message');
    await box.fill('A draft');
    await handFiles(panel.frame, 'drop', [{ name: 'huge.bin', mimeType: '', bytes: Buffer.alloc(12_000_000) }]);
    await panel.waitForText(/huge\.bin[^]*It has 12 MB, and a file may have 10\.5 MB\. Send a smaller one/);
    await box.press('Control+Enter');
    await panel.waitForText(/A file is not attached\. Remove it, or attach it again, then send\./);
    assert.equal(await box.inputValue(), 'A draft');
    const small = Array.from({ length: 21 }, (_, index) => ({ name: `${index}.txt`, mimeType: 'text/plain', bytes: Buffer.from('x') }));
    await handFiles(panel.frame, 'drop', small);
    await panel.waitForText(/At most 20 files go with a message/);
    await waitFor('twenty chips', async () => (await chips(panel)).length === 20);
    await window.screenshot(join(pictures, 'panel-files-refused.png'));
    await panel.frame.getByRole('button', { name: 'Remove huge.bin' }).press('Enter');
    await waitFor('one less', async () => (await chips(panel)).length === 19);
    assert.equal(await panel.frame.locator('footer :focus').count(), 1, 'the keyboard stays with the files');
    await box.press('Control+Enter');
    await panel.waitForText(/You[^]*A draft\s+0\.txt/);
    await waitFor('no file beside the box', async () => (await chips(panel)).length === 0);
  });

  it('of a selection go to the agent by a command', async () => {
    const { taskId } = await openNewTask('Selected');
    await window.openFile('release.md');
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.press('Shift+End');
    const again = await window.openTask('Selected');
    await again.frame.getByLabel('Your message').focus();
    await window.runCommand('AgentRQ: Attach File or Selection…');
    await window.waitForQuickInput(/What do you want to attach/);
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('ArrowUp');
    await window.acceptQuickInput();
    await again.waitForText(/release \(line 1\)\.md\s*9 bytes/);
    await again.frame.getByRole('button', { name: 'Send', exact: true }).click();
    await again.waitForText(/You[^]*release \(line 1\)\.md/);
    assert.deepEqual([...(await received(taskId))], [['release (line 1).md', Buffer.from('# Release')]]);
  });

  it('of an agent are seen if they are pictures, saved as they are, and never run', async () => {
    const requests: string[] = [];
    window.page.on('request', (request) => requests.push(request.url()));
    const { taskId, panel } = await openNewTask('From the agent');
    const png = drawPng(600, 240);
    const attach = (name: string, mimeType: string, bytes: Buffer) => ({ name, mimeType, data: bytes.toString('base64') });
    const svg = Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><image href="https://evil.example/x"/></svg>',
    );
    const page = Buffer.from('<script>document.title = "run"</script><img src="https://evil.example/y">');
    await agent.call('reply', {
      chatId: taskId,
      text: 'It looks like this now.',
      attachments: [
        attach('chart.png', 'image/png', png),
        attach('liar.png', 'image/png', svg),
        attach('vector.svg', 'image/svg+xml', svg),
        attach('page.html', 'text/html', page),
        attach('archive.zip', 'application/zip', Buffer.from('PK\u0003\u0004')),
      ],
    });
    await panel.waitForText(/chart\.png[^]*This picture can’t be shown here[^]*liar\.png[^]*vector\.svg[^]*page\.html[^]*archive\.zip/);
    const image = panel.frame.getByRole('img', { name: 'Picture: chart.png' });
    await image.waitFor();
    assert.equal(await image.evaluate(decoded), '600 blob:');
    assert.equal(await panel.frame.locator('img').count(), 1);
    assert.equal(await panel.frame.getByRole('list').locator('svg, script, iframe, object, embed').count(), 0);
    await panel.frame.getByRole('button', { name: 'Open page.html' }).click();
    await window.editor.waitForTab('page.html');
    await waitFor('its text', async () => (await window.editorText()).includes('document.title'));
    const again = await window.openTask('From the agent');
    await again.frame.getByRole('button', { name: 'Save As… chart.png' }).click();
    await window.waitForQuickInput(/Folder path/);
    await window.quickInput.giveFile(join(product.folder, 'saved.png'));
    await again.waitForText(/saved\.png is saved\./);
    assert.deepEqual(readFileSync(join(product.folder, 'saved.png')), png);
    assert.deepEqual(
      requests.filter((url) => url.includes('evil')),
      [],
    );
  });

  it('of an agent are loaded when their row comes near the screen, and the thread stays at its end', async () => {
    const { taskId, panel } = await openNewTask('Many pictures');
    const data = drawPng(300, 300).toString('base64');
    for (let each = 0; each < 40; each += 1) {
      const attachments = [{ name: `${each}.png`, mimeType: 'image/png', data }];
      await agent.call('reply', { chatId: taskId, text: `Number ${each}`, attachments });
    }
    const picture = (each: number) => panel.frame.getByRole('img', { name: `Picture: ${each}.png`, exact: true });
    await picture(39).waitFor();
    await waitFor('the end of the thread', async () => (await panel.frame.locator('main').evaluate(toEnd)) < 48);
    assert.ok((await panel.frame.locator('img').count()) < 25);
    assert.equal(await picture(0).count(), 0);
    await panel.frame.locator('main').evaluate((main: { scrollTop: number }) => (main.scrollTop = 0));
    assert.equal(await picture(0).evaluate(decoded), '300 blob:');
    assert.equal(await picture(39).count(), 0);
  });

  it('have nothing that a checker of accessibility finds, in any kind of theme', async () => {
    const panel = await window.openTask('From the agent');
    const draft = { name: 'draft.txt', mimeType: 'text/plain', bytes: Buffer.from('x') };
    await handFiles(panel.frame, 'drop', [draft, { name: 'huge.bin', mimeType: '', bytes: Buffer.alloc(12_000_000) }]);
    await panel.waitForText(/draft\.txt\s*1 byte[^]*huge\.bin[^]*Send a smaller one/);
    for (const theme of ['dark', 'light', 'hcDark', 'hcLight'] as const) {
      await window.setTheme(theme);
      await window.dismissToasts();
      await window.screenshot(join(pictures, `panel-files-${theme}.png`));
      assert.deepEqual(await axeFinds(panel.frame), [], `in ${theme}`);
    }
  });
});
