import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { type KeyboardPage, pageKeyboard } from '../../../../src/ui/shell/pageKeyboard.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';

const { keepInEditor } = await withFakeVscode(() => import('../../../../src/ui/shell/keepInEditor.ts'));

describe('a tab that the menu of a card has opened', () => {
  const clock = createFakeClock();

  /** How often the keyboard was fetched from the view. */
  const fetched = (): number => editor.executed.filter(({ command }) => command === 'workbench.action.focusActiveEditorGroup').length;

  let given: KeyboardPage['place'][];
  const [view, tab] = (['view', 'tab'] as const).map((place): KeyboardPage => ({ place, takeKeyboard: () => given.push(place) }));
  assert.ok(view !== undefined && tab !== undefined);

  beforeEach(async () => {
    given = [];
    resetEditor();
    keepInEditor({ keyboard: pageKeyboard, clock });
    await turn();
  });

  // It ends by itself; the next one would hear of the same pages.
  afterEach(() => clock.advance(2_000));

  it('gets the keyboard again, once, from a view that took it a moment later', async () => {
    pageKeyboard.tell('given', view);
    await turn();
    assert.equal(fetched(), 1);
    pageKeyboard.tell('given', view);
    await turn();
    assert.equal(fetched(), 1, 'the user has gone there');
  });

  it('gets it also if the view had it once more before', async () => {
    pageKeyboard.tell('given', view);
    pageKeyboard.tell('gone', view);
    await turn();
    assert.equal(fetched(), 0, 'the user may have gone somewhere else meanwhile');
    pageKeyboard.tell('given', view);
    await turn();
    assert.equal(fetched(), 1);
  });

  it('gives it back to the view into which the user has pressed before it was fetched from there', async () => {
    pageKeyboard.tell('given', view);
    await turn();
    pageKeyboard.tell('taken', view);
    pageKeyboard.tell('gone', view);
    await turn();
    assert.deepEqual([fetched(), given], [1, ['view']]);
  });

  it('stays where it was fetched to if the user has pressed into the view later', async () => {
    pageKeyboard.tell('given', view);
    await turn();
    pageKeyboard.tell('gone', view);
    pageKeyboard.tell('taken', view);
    await turn();
    assert.deepEqual([fetched(), given], [1, []]);
  });

  const others: readonly [what: string, happens: () => void][] = [
    ['it had the keyboard itself', () => pageKeyboard.tell('given', tab)],
    ['the user has pressed into it', () => pageKeyboard.tell('taken', tab)],
    ['the user has pressed into the view', () => pageKeyboard.tell('taken', view)],
    ['two seconds have passed', () => clock.advance(2_000)],
  ];
  for (const [what, happens] of others) {
    it(`leaves the keyboard to the view once ${what}`, async () => {
      happens();
      pageKeyboard.tell('given', view);
      await turn();
      assert.equal(fetched(), 0);
    });
  }

  it('waits for no keyboard any more after two seconds', () => {
    assert.equal(clock.pending, 1);
    clock.advance(2_000);
    assert.equal(clock.pending, 0);
  });
});
