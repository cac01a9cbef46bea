import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import * as fc from 'fast-check';
import type { PickItem } from '../../../../src/ui/shell/prompts.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { leavePrompts } from '../../../support/fakeVscode/quickInputs.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';
import { runs } from '../../../support/generated.ts';

const { vscodePrompts: prompts } = await withFakeVscode(() => import('../../../../src/ui/shell/vscodePrompts.ts'));
const { pageKeyboard } = await withFakeVscode(() => import('../../../../src/ui/shell/pageKeyboard.ts'));
const vscode = await withFakeVscode(() => import('vscode'));

/** Keys that come faster than this are typed without a pause. Milliseconds. */
const strayMs = 400;

describe('a prompt that decides, and a page that takes the keyboard from it', () => {
  let now: number;
  /** Times of what is to happen: the editor and the page are slow. */
  let due: { at: number; happen: () => void }[];
  let where: 'page' | 'prompt';
  let fetchTakes: number;
  let goneTakes: number;
  let fetched: number;

  beforeEach(() => {
    mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout'] });
    mock.method(vscode.commands, 'executeCommand', async (command: string) => {
      if (command !== 'workbench.action.focusQuickOpen') return;
      fetched += 1;
      await new Promise<void>((resolve) => at(fetchTakes, resolve));
      if (where === 'page') at(goneTakes, () => pageKeyboard.tell('gone'));
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
    [now, due, where, fetchTakes, goneTakes, fetched] = [1_000, [], 'prompt', 0, 0, 0];
  }

  const at = (ms: number, happen: () => void): unknown => due.push({ at: now + ms, happen });

  /** Lets time pass, a little at a time. */
  async function pass(ms: number): Promise<void> {
    const end = now + ms;
    await turn();
    while (now < end) {
      const step = Math.min(5, end - now);
      now += step;
      mock.timers.tick(step);
      const ready = due.filter((each) => each.at <= now);
      due = due.filter((each) => each.at > now);
      for (const each of ready) each.happen();
      await turn();
    }
  }

  /** The editor gives the keyboard to the page, and the page says so. */
  function take(reportTakes = 0): void {
    where = 'page';
    at(reportTakes, () => pageKeyboard.tell('given'));
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
        at(takenAt, () => take(slow.report));
        let isStray = false;
        for (const { gap: ms, key } of keys) {
          await pass(ms);
          isStray = (isStray && ms < strayMs) || where === 'page';
          press(key);
          await turn();
          assert.ok(!isStray || decided.length === 0, 'decided by a key that was typed on from the page');
          if (decided.length > 0) return;
        }
        await pass(5_000);
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
    await pass(1_000);
    editor.quickPick.type('a');
    await pass(35);
    take();
    await pass(2_000);
    assert.deepEqual(decided, []);
    assert.deepEqual([editor.quickPick.value, editor.quickPick.busy, editor.quickPick.activeItems], ['a', false, []]);
  });

  it('leaves the keyboard to the page where the user has pressed, or goes later', async () => {
    const decided = open('opening');
    await pass(1_000);
    pageKeyboard.tell('taken');
    await pass(2_000);
    pageKeyboard.tell('given');
    await pass(1_000);
    assert.equal(fetched, 0);
    press('Enter');
    await turn();
    assert.deepEqual(decided, ['allow'], 'it listens as before');
  });

  it('says that Enter was held back, as after a key', async () => {
    const decided = open('opening');
    await pass(1_000);
    take();
    await pass(100);
    press('Enter');
    assert.equal(editor.quickPick.title, 'Bash? · Press Enter once more');
    await pass(strayMs);
    press('Enter');
    await turn();
    assert.deepEqual(decided, ['allow']);
  });
});
