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
  /** How many tabs were opened to which the keyboard goes. */
  let kept: number;
  beforeEach(() => {
    resetEditor();
    kept = 0;
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
      keepInEditor: () => void (kept += 1),
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
      const keptBefore = kept;
      editor.quickPick.hide();
      await attaching;
      assert.deepEqual([listed(), editor.panel.wantsKeyboard, kept], [false, true, keptBefore + 1]);
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
    assert.deepEqual([editor.panel.wantsKeyboard, kept], [true, 1]);
    editor.files.set('agentrq-task:///task/workspace01/task0000001/Fix%20the%20login.md', '');
    await pages.openAsText(task());
    assert.equal(kept, 2);
    pages.dispose();
  });
});
