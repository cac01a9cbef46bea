import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { PickItem } from '../../../../src/ui/shell/prompts.ts';
import type { Disposable } from '../../../../src/util/lifecycle.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';

const { vscodePrompts: prompts } = await withFakeVscode(() => import('../../../../src/ui/shell/vscodePrompts.ts'));
const vscode = await withFakeVscode(() => import('vscode'));

/** By then a key is meant for the prompt. */
const strayMs = 400;
const letterMs = 35;

describe('prompts that follow each other', () => {
  let now: number;
  let held: Disposable;

  beforeEach(() => {
    resetEditor();
    now = 1_000;
    mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout'] });
    held = prompts.hold();
  });

  afterEach(async () => {
    held.dispose();
    await pass(strayMs);
    mock.timers.reset();
    mock.restoreAll();
  });

  /** Lets time pass, in which the editor answers at once. */
  async function pass(ms: number): Promise<void> {
    await turn();
    now += ms;
    mock.timers.tick(ms);
    await turn();
  }

  const letters: readonly PickItem<string>[] = ['a', 'b', 'c'].map((label) => ({ label: label.toUpperCase(), value: label }));
  const pickOne = () => prompts.pickOne(letters, { title: 'T', placeholder: 'P', guard: 'typing' });
  const input = (value = '', typed?: (value: string) => void) =>
    prompts.input({ title: 'T', prompt: '', value, ...(typed !== undefined && { typed }) });

  /** Prompts that are on the screen, and what stands in them. */
  const shown = () =>
    [...editor.quickPicks, ...editor.inputBoxes].filter(({ visible }) => visible).map(({ value, busy }) => ({ value, busy }));

  /** Types on without a pause, as a user who looks at the code. */
  async function typeOn(text: string): Promise<void> {
    for (const letter of text) {
      const front = [...editor.quickPicks, ...editor.inputBoxes].find(({ visible }) => visible);
      if (front !== undefined) front.type(front.value + letter);
      await pass(letterMs);
    }
  }

  /** Picks an item, or presses Enter in a box. */
  function choose(): void {
    const pick = editor.quickPicks.find(({ visible }) => visible);
    if (pick === undefined) return editor.inputBox.enter();
    pick.pick('B');
    if (pick.canSelectMany) pick.enter();
  }

  it('leave no gap in which the file has the keyboard: the last one stays, busy, and takes nothing', async () => {
    const first = pickOne();
    await pass(strayMs);
    editor.quickPick.pick('A');
    assert.deepEqual(await first, { kind: 'picked', value: 'a' });
    assert.deepEqual(shown(), [{ value: '', busy: true }]);
    await typeOn('he');
    editor.quickPick.pick('B');
    assert.deepEqual(shown(), [{ value: '', busy: true }]);
    const [rested] = editor.quickPicks;
    const second = input();
    assert.deepEqual(shown(), [{ value: '', busy: true }]);
    assert.equal(rested?.disposed, true);
    await pass(strayMs);
    editor.inputBox.type('words');
    editor.inputBox.enter();
    assert.deepEqual(await second, { kind: 'accepted', value: 'words' });
    held.dispose();
    await pass(strayMs);
    assert.deepEqual(shown(), []);
  });

  it('are all deaf as long as the user types on, whatever they are and whatever stood in them', async () => {
    const results: unknown[] = [];
    const first = pickOne();
    await pass(strayMs);
    editor.quickPick.pick('A');
    await first;
    await typeOn('he');
    for (const [show, kept] of [
      [pickOne, ''],
      [() => input(), ''],
      [() => input('a draft', (value) => results.push(value)), 'a draft'],
      [() => prompts.pickMany(letters, { title: 'T', placeholder: 'P', guard: 'opening' }), ''],
    ] as const) {
      const asked = show();
      void asked.then((result) => results.push(result));
      await typeOn('llo wonderful world, and some more');
      assert.deepEqual(shown(), [{ value: kept, busy: true }]);
      // Enter, and a click, are not taken either, and were typed as well.
      choose();
      await pass(strayMs - 1);
      await turn();
      assert.deepEqual([shown(), results], [[{ value: kept, busy: true }], []]);
      await pass(1);
      assert.deepEqual(shown(), [{ value: kept, busy: false }]);
      assert.deepEqual(
        editor.quickPicks.filter(({ visible, activeItems }) => visible && activeItems.length > 0),
        [],
      );
      await pass(strayMs);
      choose();
      await asked;
      results.length = 0;
    }
  });

  it('end at once by Escape, also in between: then nothing more is asked', async () => {
    const first = pickOne();
    await pass(strayMs);
    editor.quickPick.pick('A');
    await first;
    editor.quickPick.hide();
    assert.deepEqual(shown(), []);
    assert.deepEqual(await pickOne(), { kind: 'dismissed' });
    assert.deepEqual(await input('draft'), { kind: 'dismissed', value: 'draft' });
    assert.deepEqual(shown(), []);
    held.dispose();
    held = prompts.hold();
    const again = pickOne();
    assert.equal(shown().length, 1, 'the next round is asked');
    editor.quickPick.hide();
    assert.deepEqual(await again, { kind: 'dismissed' });
  });

  it('stay for a key or two after the last choice, and no longer', async () => {
    const last = pickOne();
    await pass(strayMs);
    editor.quickPick.pick('A');
    await last;
    held.dispose();
    await typeOn('ab');
    assert.deepEqual(shown(), [{ value: '', busy: true }]);
    await typeOn('cdefghijklmn');
    assert.deepEqual(shown(), [], 'what is typed on is meant for the file by now');
  });

  it('keep a dialog back until nothing is typed any more, because Enter would press its button', async () => {
    const first = pickOne();
    await pass(strayMs);
    editor.quickPick.pick('A');
    await first;
    const explained = prompts.confirm('Always?', 'All of it.', ['Always Allow']);
    await typeOn('hello world');
    await turn();
    assert.equal(editor.toasts.length, 0);
    await pass(strayMs);
    editor.toast.press('Always Allow');
    assert.equal(await explained, 0);
  });

  it('listen only once the editor has told of every key, however busy it is', async () => {
    const first = pickOne();
    await pass(strayMs);
    editor.quickPick.pick('A');
    await first;
    const answers: (() => void)[] = [];
    const answer = (command: string) =>
      command === 'setContext' ? new Promise<void>((resolve) => answers.push(resolve)) : Promise.resolve();
    mock.method(vscode.commands, 'executeCommand', answer);
    const second = input();
    void second;
    await pass(10 * strayMs);
    assert.deepEqual(shown(), [{ value: '', busy: true }], 'nobody knows whether it is on the screen');
    answers.pop()?.();
    await pass(strayMs);
    // Pressed long ago, told now: before the editor answers.
    editor.inputBox.type('he');
    answers.pop()?.();
    await turn();
    assert.deepEqual(shown(), [{ value: '', busy: true }]);
    await pass(strayMs);
    answers.pop()?.();
    await turn();
    assert.deepEqual(shown(), [{ value: '', busy: false }]);
  });

  it('make way for a page that is opened, and for one that nobody holds', async () => {
    const buttons = [{ id: 'open', icon: 'file', tooltip: 'Open' }] as const;
    const asked = prompts.pickOne(letters, { title: 'T', placeholder: 'P', buttons });
    editor.quickPick.press('Open');
    assert.deepEqual(await asked, { kind: 'button', id: 'open' });
    assert.deepEqual(shown(), []);
    held.dispose();
    const alone = prompts.pickOne(letters, { title: 'T', placeholder: 'P' });
    editor.quickPick.pick('A');
    await alone;
    assert.deepEqual(shown(), []);
  });

  it('are gone when what they ask is gone, and the next one is asked in their place', async () => {
    const gone = new AbortController();
    const first = prompts.input({ title: 'T', prompt: '', value: '', signal: gone.signal });
    editor.inputBox.type('half');
    gone.abort();
    assert.deepEqual(await first, { kind: 'aborted', value: 'half' });
    await typeOn(' a sentence');
    const second = pickOne();
    assert.deepEqual(shown(), [{ value: '', busy: true }]);
    await pass(strayMs);
    editor.quickPick.hide();
    assert.deepEqual(await second, { kind: 'dismissed' });
  });
});
