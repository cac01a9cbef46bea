import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { pageKeyboard } from '../../../../src/ui/shell/pageKeyboard.ts';
import { createLogger } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { Uri } from '../../../support/fakeVscode/values.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { board, message, now, task } from '../support/fixtures.ts';

const { createTaskPages } = await withFakeVscode(() => import('../../../../src/ui/panel/panel.ts'));
const { vscodePrompts } = await withFakeVscode(() => import('../../../../src/ui/shell/vscodePrompts.ts'));

describe('the panels of tasks', () => {
  beforeEach(() => {
    resetEditor();
    const document = { uri: Uri.file('/shop/release.md'), isClosed: false };
    editor.textEditor = { document, selection: { isEmpty: true } } as vscode.TextEditor;
  });

  function begin() {
    const clock = createFakeClock(now);
    return createTaskPages({
      board: new FakeBoardStore(board()),
      api: new FakeHubApi({
        getTask: () => ({ cursor: 'e.5', task: task(), messages: [message()], requests: [] }),
        markSeen: () => ({ task: task() }),
      }),
      prompts: vscodePrompts,
      clock,
      log: createLogger(() => {}),
      keyboard: pageKeyboard,
      dist: '/dist',
      answered: () => {},
      changed: () => {},
    });
  }

  const listed = (): boolean => editor.quickPicks.some(({ visible }) => visible);

  const before: readonly [what: string, pages: (pages: ReturnType<typeof begin>) => Promise<void>][] = [
    ['is not open', async () => {}],
    ['is in front', (pages) => pages.openTask(task())],
    [
      'is behind another tab',
      async (pages) => {
        await pages.openTask(task());
        editor.panel.show(false);
      },
    ],
  ];
  for (const [what, prepare] of before) {
    it(`leave the keyboard to the list of what to attach, if the panel ${what}`, async () => {
      const pages = begin();
      await prepare(pages);
      if (editor.panels.length > 0) editor.panel.wantsKeyboard = false;
      const attaching = pages.attach(task());
      await turn();
      assert.deepEqual([listed(), editor.panels.length, editor.panel.visible], [true, 1, true]);
      assert.equal(editor.panel.wantsKeyboard, false, 'the page takes the keyboard from the list');
      editor.quickPick.hide();
      await attaching;
      assert.deepEqual([listed(), editor.panel.wantsKeyboard], [false, true]);
      pages.dispose();
    });
  }

  it('are not touched any more if they were closed while something was chosen', async () => {
    const pages = begin();
    const attaching = pages.attach(task());
    await turn();
    editor.panel.dispose();
    editor.quickPick.hide();
    await attaching;
    assert.equal(editor.panels.length, 1);
    pages.dispose();
  });

  it('get the keyboard when they are opened to be read', async () => {
    const pages = begin();
    await pages.openTask(task());
    assert.equal(editor.panel.wantsKeyboard, true);
    pages.dispose();
  });
});
