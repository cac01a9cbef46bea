import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { KeyboardPage } from '../../../../src/ui/shell/pageKeyboard.ts';
import type { PickItem } from '../../../../src/ui/shell/prompts.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { leavePrompts } from '../../../support/fakeVscode/quickInputs.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { runs } from '../../../support/generated.ts';
import { PassingTime } from '../support/passingTime.ts';

const { vscodePrompts: prompts } = await withFakeVscode(() => import('../../../../src/ui/shell/vscodePrompts.ts'));
const { pageKeyboard } = await withFakeVscode(() => import('../../../../src/ui/shell/pageKeyboard.ts'));
const vscode = await withFakeVscode(() => import('vscode'));

/** Keys that come faster than this are typed without a pause. Milliseconds. */
const strayMs = 400;

describe('a prompt that decides, and a page that takes the keyboard from it', () => {
  /** The editor and the page are slow. */
  const time = new PassingTime(5);
  let where: 'page' | 'prompt';
  let fetchTakes: number;
  let goneTakes: number;
  let fetched: number;
  /** How often the page was made to take it. */
  let given: number;
  const page: KeyboardPage = { place: 'tab', takeKeyboard: () => (given += 1) };

  beforeEach(() => {
    time.mock();
    mock.method(vscode.commands, 'executeCommand', async (command: string) => {
      if (command !== 'workbench.action.focusQuickOpen') return;
      fetched += 1;
      await new Promise<void>((resolve) => time.at(fetchTakes, resolve));
      if (where === 'page') time.at(goneTakes, () => pageKeyboard.tell('gone', page));
      where = 'prompt';
    });
    begin();
  });

  afterEach(() => {
    leavePrompts();
    mock.timers.reset();
    mock.restoreAll();
  });

  function begin(): void {
    leavePrompts();
    resetEditor();
    time.reset();
    [where, fetchTakes, goneTakes, fetched, given] = ['prompt', 0, 0, 0, 0];
  }

  /** The editor gives the keyboard to the page, and the page says so. */
  function take(reportTakes = 0): void {
    where = 'page';
    time.at(reportTakes, () => pageKeyboard.tell('given', page));
  }

  const items: readonly PickItem<string>[] = [
    { label: 'Deny', key: 'd', value: 'deny' },
    { label: 'Allow Once', key: 'a', value: 'allow' },
  ];

  function open(guard: 'opening' | 'typing'): string[] {
    const decided: string[] = [];
    void prompts.pickOne(items, { title: 'Bash?', placeholder: '', guard }).then((result) => {
      if (result.kind === 'picked') decided.push(result.value);
    });
    return decided;
  }

  /** Into the page it goes unheard. */
  function press(key: 'letter' | 'Enter'): void {
    if (where === 'page' || !editor.quickPick.visible) return;
    if (key === 'letter') editor.quickPick.type(`${editor.quickPick.value}x`);
    else editor.quickPick.pick('Allow Once');
  }

  const gap = fc.oneof(fc.integer({ min: 0, max: strayMs - 10 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: strayMs, max: 900 }));
  const history = fc.record({
    guard: fc.constantFrom('opening' as const, 'typing' as const),
    keys: fc.array(fc.record({ gap, key: fc.constantFrom('letter' as const, 'letter' as const, 'Enter' as const) }), { maxLength: 12 }),
    takenAt: fc.integer({ min: 0, max: 1_200 }),
    slow: fc.record({
      report: fc.integer({ min: 0, max: 700 }),
      fetch: fc.integer({ min: 0, max: 700 }),
      gone: fc.integer({ min: 0, max: 700 }),
    }),
  });

  it('takes nothing that is typed without a pause since a key went into the page, however slow all are, and then listens', async () => {
    await fc.assert(
      fc.asyncProperty(history, async ({ guard, keys, takenAt, slow }) => {
        begin();
        [fetchTakes, goneTakes] = [slow.fetch, slow.gone];
        const decided = open(guard);
        time.at(takenAt, () => take(slow.report));
        let isStray = false;
        for (const { gap: ms, key } of keys) {
          await time.pass(ms);
          isStray = (isStray && ms < strayMs) || where === 'page';
          press(key);
          await turn();
          assert.ok(!isStray || decided.length === 0, 'decided by a key that was typed on from the page');
          if (decided.length > 0) return;
        }
        await time.pass(5_000);
        assert.deepEqual([where, fetched], ['prompt', 1]);
        press('Enter');
        await turn();
        assert.deepEqual(decided, ['allow']);
      }),
      { numRuns: runs(100) },
    );
  });

  it('takes no key that picks if the next one went into the page', async () => {
    const decided = open('typing');
    await time.pass(1_000);
    editor.quickPick.type('a');
    await time.pass(35);
    take();
    await time.pass(2_000);
    assert.deepEqual(decided, []);
    assert.deepEqual([editor.quickPick.value, editor.quickPick.busy, editor.quickPick.activeItems], ['a', false, []]);
  });

  it('leaves the keyboard to the page where the user has pressed, or goes later', async () => {
    const decided = open('opening');
    await time.pass(1_000);
    pageKeyboard.tell('taken', page);
    await time.pass(2_000);
    pageKeyboard.tell('given', page);
    await time.pass(1_000);
    assert.equal(fetched, 0);
    press('Enter');
    await turn();
    assert.deepEqual(decided, ['allow'], 'it listens as before');
  });

  it('gives the keyboard back to a page into which the user has pressed before it was fetched from there', async () => {
    const decided = open('opening');
    await time.pass(1_000);
    [fetchTakes, goneTakes] = [300, 50];
    take();
    await time.pass(100);
    pageKeyboard.tell('taken', page);
    await time.pass(100);
    assert.deepEqual([fetched, given], [1, 0], 'the fetch would take it from there again');
    await time.pass(1_000);
    assert.deepEqual([fetched, given], [1, 1]);
    press('Enter');
    await turn();
    assert.deepEqual(decided, ['allow'], 'it listens as before');
  });

  it('fetches it from no page any more once the user has pressed into one', async () => {
    void prompts.pickOne(items, { title: 'Which?', placeholder: '' });
    await time.pass(200);
    pageKeyboard.tell('gone', page);
    pageKeyboard.tell('taken', page);
    pageKeyboard.tell('given', page);
    await time.pass(2_000);
    assert.deepEqual([fetched, given], [1, 0]);
  });

  it('says that Enter was held back, as after a key', async () => {
    const decided = open('opening');
    await time.pass(1_000);
    take();
    await time.pass(100);
    press('Enter');
    assert.equal(editor.quickPick.title, 'Bash? · Press Enter once more');
    await time.pass(strayMs);
    press('Enter');
    await turn();
    assert.deepEqual(decided, ['allow']);
  });

  it('asks for no Enter where what was looked for is dropped, because nothing is chosen any more', async () => {
    const decided = open('opening');
    await time.pass(1_000);
    take();
    await time.pass(100);
    editor.quickPick.type('Allow');
    press('Enter');
    assert.equal(editor.quickPick.title, 'Bash? · Press Enter once more');
    await time.pass(strayMs);
    const { title, value, activeItems, busy } = editor.quickPick;
    assert.deepEqual({ title, value, activeItems, busy }, { title: 'Bash?', value: '', activeItems: [], busy: false });
    press('Enter');
    await turn();
    assert.deepEqual(decided, ['allow'], 'it listens again');
  });

  it('asks for Enter still where something is ticked, which stays', async () => {
    const decided: string[][] = [];
    void prompts.pickMany(items, { title: 'Which?', placeholder: '', guard: 'opening' }).then((result) => {
      if (result.kind === 'picked') decided.push([...result.value]);
    });
    await time.pass(1_000);
    take();
    await time.pass(100);
    editor.quickPick.type('Allow');
    editor.quickPick.pick('Allow Once');
    editor.quickPick.enter();
    await time.pass(strayMs);
    assert.deepEqual([editor.quickPick.title, editor.quickPick.value], ['Which? · Press Enter once more', '']);
    editor.quickPick.enter();
    await turn();
    assert.deepEqual(decided, [['allow']]);
  });
});
