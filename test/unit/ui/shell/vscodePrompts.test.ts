import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { commandIds } from '../../../../src/ui/ids.ts';
import type { InputOptions, PickItem, PickManyOptions, PickOptions, SearchOptions } from '../../../../src/ui/shell/prompts.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { leavePrompts } from '../../../support/fakeVscode/quickInputs.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';

const { vscodePrompts: prompts } = await withFakeVscode(() => import('../../../../src/ui/shell/vscodePrompts.ts'));

/** By then a key is meant for the prompt. */
const settledMs = 400;

describe("the editor's prompts", () => {
  let now: number;

  beforeEach(() => {
    resetEditor();
    now = 1_000;
    mock.method(performance, 'now', () => now);
    mock.timers.enable({ apis: ['setTimeout'] });
  });

  afterEach(() => {
    // A timer that is cleared later would take one of the next test with it.
    leavePrompts();
    mock.timers.reset();
    mock.restoreAll();
  });

  const letters: readonly PickItem<string>[] = ['a', 'b', 'c'].map((label) => ({ label: label.toUpperCase(), value: label }));
  const buttons = [
    { id: 'back', icon: 'arrow-left', tooltip: 'Back' },
    { id: 'skip', icon: 'debug-step-over', tooltip: 'Skip' },
  ] as const;

  it('get the keyboard back from a page that takes it late, but for those that decide', async () => {
    const fetched = (): number => editor.executed.filter(({ command }) => command === 'workbench.action.focusQuickOpen').length;
    void prompts.pickOne(letters, { title: 'Files', placeholder: '' });
    mock.timers.tick(5_000);
    assert.equal(fetched(), 3);
    void prompts.pickOne(letters, { title: 'Bash?', placeholder: '', guard: 'opening' });
    mock.timers.tick(5_000);
    assert.equal(fetched(), 3, 'an Enter that is the first key it hears would decide');
    const left = prompts.pickOne(letters, { title: 'Files', placeholder: '' });
    editor.quickPick.hide();
    assert.equal((await left).kind, 'dismissed');
    mock.timers.tick(5_000);
    assert.equal(fetched(), 3, 'it has gone');
  });

  describe('a toast', () => {
    it('says which button was pressed, if any', async () => {
      for (const [pressed, index] of [
        ['Allow', 0],
        ['Deny', 1],
        [undefined, undefined],
      ] as const) {
        const result = prompts.toast('warning', 'Bash?', ['Allow', 'Deny']);
        assert.deepEqual([editor.toast.level, editor.toast.buttons], ['warning', ['Allow', 'Deny']]);
        editor.toast.press(pressed);
        assert.equal(await result, index);
      }
    });

    it('holds no link of an agent, and a dialog waits with its detail', async () => {
      void prompts.toast('info', 'Press [here](command:evil)');
      assert.equal(editor.toast.text, 'Press [here] (command:evil)');
      const explained = prompts.confirm('Sure?', 'All of it.', ['Yes']);
      assert.deepEqual([editor.toast.modal, editor.toast.detail], [true, 'All of it.']);
      editor.toast.press('Yes');
      assert.equal(await explained, 0);
    });

    it('closes a dialog by a button with a name of its own, where there is nothing to cancel', async () => {
      const told = prompts.confirm('It is written.', '', ['Check', 'Not Now'], 1);
      assert.deepEqual(editor.toast.buttons, ['Check', 'Not Now']);
      editor.toast.press('Not Now');
      assert.equal(await told, 1);
    });
  });

  describe('the status bar', () => {
    it('says something in passing, without icons of an agent, and keeps a command at hand until it is disposed', () => {
      prompts.showStatus('Sent $(zap)');
      assert.deepEqual(editor.notes, ['Sent \\$(zap)']);
      const offered = prompts.offer('$(discard) Undo Answer', 'Take the answer back', commandIds.takeBackAnswer);
      assert.deepEqual(
        editor.statusItems.map(({ text, tooltip, command }) => [text, tooltip, command]),
        [['$(discard) Undo Answer', 'Take the answer back', commandIds.takeBackAnswer]],
      );
      offered.dispose();
      assert.deepEqual(editor.statusItems, []);
    });
  });

  describe('a box to write in', () => {
    const ask = (over: Partial<InputOptions> = {}) => prompts.input({ title: 'Codex asks', prompt: 'Why?', value: '', ...over });

    const ends: readonly (readonly [how: string, act: () => void, result: object])[] = [
      ['Enter', () => editor.inputBox.enter(), { kind: 'accepted', value: 'Because' }],
      ['Escape', () => editor.inputBox.hide(), { kind: 'dismissed', value: 'Because' }],
      ['the button to go back', () => editor.inputBox.press('Back'), { kind: 'button', id: 'back', value: 'Because' }],
      ['another button', () => editor.inputBox.press('Skip'), { kind: 'button', id: 'skip', value: 'Because' }],
    ];
    for (const [how, act, result] of ends) {
      it(`ends by ${how}, and what was written is not lost`, async () => {
        const typed: string[] = [];
        const asked = ask({ buttons, typed: (value) => typed.push(value) });
        editor.inputBox.type('Because');
        act();
        assert.deepEqual(await asked, result);
        assert.deepEqual([typed, editor.inputBox.disposed, editor.inputBox.visible], [['Because'], true, false]);
      });
    }

    it('ends when what it asks is gone, at once if it is gone already', async () => {
      const gone = new AbortController();
      const asked = ask({ signal: gone.signal });
      editor.inputBox.type('Half');
      gone.abort();
      assert.deepEqual(await asked, { kind: 'aborted', value: 'Half' });
      assert.deepEqual(await ask({ signal: gone.signal }), { kind: 'aborted', value: '' });
      assert.equal(editor.inputBox.disposed, true);
    });

    it('is what it is told, and shows no link of an agent', () => {
      void ask({ prompt: 'See [x](command:y)', placeholder: 'Rule', value: 'Edit', step: { at: 1, of: 2 } });
      const { title, prompt, placeholder, value, step, totalSteps, ignoreFocusOut } = editor.inputBox;
      assert.deepEqual(
        { title, prompt, placeholder, value },
        { title: 'Codex asks', prompt: 'See [x] (command:y)', placeholder: 'Rule', value: 'Edit' },
      );
      assert.deepEqual([step, totalSteps, ignoreFocusOut], [1, 2, true]);
    });

    it('stays until something is written that is right, and says what is wrong until something else is typed', async () => {
      const asked = ask({ required: 'Write it.', check: async (value) => (value === 'good' ? undefined : `[${value}](is) bad`) });
      editor.inputBox.type('  ');
      editor.inputBox.enter();
      await turn();
      assert.equal(editor.inputBox.validationMessage, 'Write it.');
      editor.inputBox.type('evil');
      assert.equal(editor.inputBox.validationMessage, undefined);
      editor.inputBox.enter();
      await turn();
      assert.equal(editor.inputBox.validationMessage, '[evil] (is) bad');
      editor.inputBox.type('good');
      editor.inputBox.enter();
      assert.deepEqual(await asked, { kind: 'accepted', value: 'good' });
    });

    it('takes only what stands there: what was changed while it was being checked is not taken, nor is it called wrong', async () => {
      const checks: ((problem: string | undefined) => void)[] = [];
      const asked = ask({ check: () => new Promise((resolve) => checks.push(resolve)) });
      const states: unknown[] = [];
      void asked.then((result) => states.push(result));
      for (const outcome of [undefined, 'wrong']) {
        editor.inputBox.type('Bash:git *');
        editor.inputBox.enter();
        editor.inputBox.type('Bash:git push');
        checks.shift()?.(outcome);
        await turn();
        assert.deepEqual([states, editor.inputBox.validationMessage], [[], undefined]);
      }
      editor.inputBox.enter();
      checks.shift()?.(undefined);
      assert.deepEqual(await asked, { kind: 'accepted', value: 'Bash:git push' });
    });
  });

  describe('a list', () => {
    const pickOne = (over: Partial<PickOptions> = {}) => prompts.pickOne(letters, { title: 'Which?', placeholder: 'One', ...over });
    const pickMany = (over: Partial<PickManyOptions<string>> = {}, items = letters) =>
      prompts.pickMany(items, { title: 'Which?', placeholder: 'Any', ...over });

    it('ends with the one that is picked, by a button, by Escape, or when what it asks is gone', async () => {
      const gone = new AbortController();
      const ends: readonly (readonly [act: () => void, result: object])[] = [
        [() => editor.quickPick.pick('B'), { kind: 'picked', value: 'b' }],
        [() => editor.quickPick.enter(), { kind: 'picked', value: 'a' }],
        [() => editor.quickPick.press('Skip'), { kind: 'button', id: 'skip' }],
        [() => editor.quickPick.hide(), { kind: 'dismissed' }],
        [() => gone.abort(), { kind: 'aborted' }],
      ];
      for (const [act, result] of ends) {
        const asked = pickOne({ buttons, signal: gone.signal });
        act();
        assert.deepEqual(await asked, result);
        assert.equal(editor.quickPick.disposed, true);
      }
    });

    it('shows icons of ours and none of an agent', () => {
      const item = { label: '$(zap) go', description: '$(x)', detail: '$(y)', icon: 'shield', value: 1 };
      void prompts.pickOne([item], { title: 'T', placeholder: 'P' });
      const [{ label, description, detail } = { label: '' }] = editor.quickPick.items;
      assert.deepEqual([label, description, detail], ['$(shield) \\$(zap) go', '\\$(x)', '\\$(y)']);
    });

    it('has several ticked, tells of each change, and takes none where none needs to be', async () => {
      const ticked: (readonly string[])[] = [];
      const items = letters.map((item) => ({ ...item, ticked: item.value === 'b' }));
      const asked = pickMany({ ticked: (values) => ticked.push(values) }, items);
      assert.deepEqual(
        editor.quickPick.selectedItems.map(({ label }) => label),
        ['B'],
      );
      editor.quickPick.pick('A', 'C');
      editor.quickPick.enter();
      assert.deepEqual(await asked, { kind: 'picked', value: ['a', 'c'] });
      assert.deepEqual(ticked, [['a', 'c']]);
      const none = pickMany();
      editor.quickPick.enter();
      assert.deepEqual(await none, { kind: 'picked', value: [] });
    });
  });

  describe('a prompt that decides', () => {
    it('begins with nothing chosen, so that Enter alone decides nothing, now or later', async () => {
      const asked = prompts.pickOne(letters, { title: 'T', placeholder: 'P', guard: 'opening' });
      editor.quickPick.enter();
      await turn();
      now += settledMs;
      editor.quickPick.enter();
      editor.quickPick.pick('C');
      assert.deepEqual(await asked, { kind: 'picked', value: 'c' });
      const many = prompts.pickMany(letters, { title: 'T', placeholder: 'P', guard: 'opening' });
      await turn();
      now += settledMs;
      editor.quickPick.enter();
      editor.quickPick.pick('A');
      editor.quickPick.enter();
      assert.deepEqual(await many, { kind: 'picked', value: ['a'] });
    });

    const guards: readonly (readonly [
      what: string,
      guard: 'opening' | 'typing' | undefined,
      typedAt: number | undefined,
      takenAt: number,
    ])[] = [
      ['takes a key at once without a guard', undefined, undefined, 0],
      ['takes no key in its first moments', 'opening', undefined, settledMs],
      ['takes a key right after something was typed, if it only guards its opening', 'opening', settledMs, settledMs],
      ['takes no key right after something was typed, if it guards that', 'typing', settledMs, 2 * settledMs],
    ];
    for (const [what, guard, typedAt, takenAt] of guards) {
      for (const kind of ['a list', 'a box'] as const) {
        it(`${what}: ${kind}`, async () => {
          const options = { title: 'T', placeholder: 'P', ...(guard !== undefined && { guard }) };
          const results: unknown[] = [];
          const asked = kind === 'a list' ? prompts.pickOne(letters, options) : prompts.input({ ...options, prompt: '', value: 'a' });
          void asked.then((result) => results.push(result));
          const shown = kind === 'a list' ? editor.quickPick : editor.inputBox;
          const opened = now;
          for (const at of [0, settledMs - 1, settledMs, 2 * settledMs - 1, 2 * settledMs]) {
            now = opened + at;
            if (at === typedAt) shown.type('a');
            if (kind === 'a list') editor.quickPick.pick('A');
            else editor.inputBox.enter();
            await turn();
            if (results.length > 0) break;
          }
          assert.deepEqual([now - opened, results.length], [takenAt, 1]);
        });
      }
    }

    it('lets what was refused be picked again', async () => {
      const asked = prompts.pickOne(letters, { title: 'T', placeholder: 'P', guard: 'opening' });
      editor.quickPick.pick('B');
      assert.deepEqual(editor.quickPick.selectedItems, []);
      await turn();
      now += settledMs;
      editor.quickPick.pick('B');
      assert.deepEqual(await asked, { kind: 'picked', value: 'b' });
    });
  });

  describe('keys that pick', () => {
    const items: readonly PickItem<string>[] = [
      { label: 'Deny', key: 'd', value: 'deny' },
      { label: 'Allow Once', key: 'a', value: 'allow' },
    ];
    const pass = async (ms: number): Promise<void> => {
      now += ms;
      mock.timers.tick(ms);
      for (let turns = 0; turns < 5; turns += 1) await turn();
    };
    async function open() {
      const results: unknown[] = [];
      void prompts
        .pickOne(items, { title: 'Bash?', placeholder: '', guard: 'typing', lines: ['npm test'] })
        .then((one) => results.push(one));
      await turn();
      return results;
    }

    it('pick once they have stood alone for a moment, and not in the first moments', async () => {
      const results = await open();
      editor.quickPick.type('a');
      await pass(1_000);
      assert.deepEqual(results, [], 'too soon');
      editor.quickPick.type('');
      await pass(1_000);
      editor.quickPick.type('a');
      await pass(299);
      assert.deepEqual(results, []);
      await pass(1);
      assert.deepEqual(results, [{ kind: 'picked', value: 'allow' }]);
    });

    it('are typing when another key comes within 300 ms, whatever is typed and however fast', async () => {
      const text = 'add a test, and deny all';
      for (const gap of [0, 1, 35, 120, 299]) {
        resetEditor();
        const results = await open();
        await pass(1_000);
        for (let end = 1; end <= text.length; end += 1) {
          editor.quickPick.type(text.slice(0, end));
          await pass(gap);
        }
        await pass(5_000);
        assert.deepEqual(results, [], `${gap} ms`);
      }
    });

    it('shows the lines below the items, takes none of them, and says when Enter is held back', async () => {
      const results = await open();
      assert.deepEqual(editor.quickPick.labels, ['Deny', 'Allow Once', 'npm test']);
      editor.quickPick.pick('Deny');
      assert.equal(editor.quickPick.title, 'Bash? · Press Enter once more');
      await pass(settledMs);
      editor.quickPick.pick('npm test');
      await turn();
      assert.deepEqual(results, []);
      editor.quickPick.pick('Deny');
      await turn();
      assert.deepEqual(results, [{ kind: 'picked', value: 'deny' }]);
    });
  });

  describe('a search', () => {
    /** Searches that end when the test says so. */
    function search(over: Partial<SearchOptions<string>> = {}) {
      const asked: {
        query: string;
        after: string | undefined;
        isWanted(): boolean;
        found(labels: readonly string[], next?: string): Promise<void>;
        failed(): Promise<void>;
      }[] = [];
      const result = prompts.search({
        title: 'Decisions',
        placeholder: 'Search',
        more: 'Show More…',
        nothing: 'Nothing.',
        find: (query, after, isWanted) =>
          new Promise((resolve, reject) =>
            asked.push({
              query,
              after,
              isWanted,
              async found(labels, next) {
                resolve({ items: labels.map((label) => ({ label, value: label })), ...(next !== undefined && { next }) });
                await turn();
              },
              async failed() {
                reject(new Error('no hub'));
                await turn();
              },
            }),
          ),
        ...over,
      });
      result.catch(() => undefined);
      return { result, asked, last: () => asked.at(-1) };
    }
    function type(text: string): void {
      editor.quickPick.type(text);
      mock.timers.tick(150);
    }

    it('shows all at first, then what fits what is typed, once nothing more is typed', async () => {
      const { asked, last } = search();
      assert.equal(editor.quickPick.busy, true);
      await last()?.found(['one', 'two']);
      assert.deepEqual([editor.quickPick.labels, editor.quickPick.busy], [['one', 'two'], false]);
      editor.quickPick.type('t');
      mock.timers.tick(149);
      editor.quickPick.type(' tw ');
      mock.timers.tick(149);
      assert.equal(asked.length, 1);
      mock.timers.tick(1);
      assert.deepEqual([last()?.query, last()?.after], ['tw', undefined]);
      await last()?.found([]);
      assert.deepEqual(editor.quickPick.labels, ['Nothing.']);
      editor.quickPick.enter();
      assert.equal(editor.quickPick.visible, true);
    });

    it('shows more after what is there, with the first of it to go on from', async () => {
      const { result, last } = search();
      await last()?.found(['one'], 'after one');
      editor.quickPick.pick('$(chevron-down) Show More…');
      assert.equal(last()?.after, 'after one');
      await last()?.found(['two']);
      assert.deepEqual([editor.quickPick.labels, editor.quickPick.activeItems[0]?.label], [['one', 'two'], 'two']);
      editor.quickPick.enter();
      assert.deepEqual(await result, { kind: 'picked', value: 'two' });
    });

    it('forgets what was found for something that does not stand there any more, also if it fails', async () => {
      const { asked, result } = search();
      type('tw');
      await asked[1]?.found(['two']);
      await asked[0]?.found(['one']);
      assert.deepEqual(editor.quickPick.labels, ['two']);
      type('tx');
      type('two');
      await asked[2]?.failed();
      await asked[3]?.found(['two']);
      editor.quickPick.pick('two');
      assert.deepEqual(await result, { kind: 'picked', value: 'two' });
    });

    it('shows no more of what was found for something else', async () => {
      const { asked, last } = search();
      await last()?.found(['one'], 'after one');
      editor.quickPick.type('tw');
      editor.quickPick.pick('$(chevron-down) Show More…');
      assert.equal(asked.length, 1, 'the rest of all was asked for, and mixed with what was typed');
      mock.timers.tick(150);
      await last()?.found(['two']);
      assert.deepEqual(editor.quickPick.labels, ['two']);
    });

    it('fails as what it searches with, and is off the screen then', async () => {
      const { result, last } = search();
      await last()?.failed();
      await assert.rejects(result, /no hub/);
      assert.deepEqual([editor.quickPick.visible, editor.quickPick.disposed], [false, true]);
    });

    it('looks for nothing any more once it is left', async () => {
      const { asked, result, last } = search();
      await last()?.found(['one']);
      editor.quickPick.type('tw');
      editor.quickPick.hide();
      mock.timers.tick(1_000);
      assert.deepEqual(await result, { kind: 'dismissed' });
      assert.equal(asked.length, 1);
    });

    it('says when what is still looked for is no longer wanted', async () => {
      const { asked } = search();
      const wanted = (): boolean[] => asked.map(({ isWanted }) => isWanted());
      assert.deepEqual(wanted(), [true]);
      type('tw');
      assert.deepEqual(wanted(), [false, true]);
      editor.quickPick.hide();
      assert.deepEqual(wanted(), [false, false]);
    });
  });
});
