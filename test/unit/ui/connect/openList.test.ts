import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';

const { openList } = await withFakeVscode(() => import('../../../../src/ui/connect/openList.ts'));

describe('a list whose rows change while it is shown', () => {
  beforeEach(() => resetEditor());
  afterEach(() => mock.restoreAll());

  function open() {
    const heard: string[] = [];
    const list = openList({
      buttons: [{ id: 'copy', icon: 'copy', tooltip: 'Copy Report' }],
      picked: (id) => heard.push(`row ${id}`),
      pressed: (id) => heard.push(`button ${id}`),
      hidden: () => heard.push('hidden'),
    });
    const show = (ids: readonly string[], active?: string): void =>
      list.update({ title: 'Check', placeholder: 'Checking…', items: ids.map((id) => ({ label: id, value: id })), active, isBusy: true });
    const activeLabel = (): string | undefined => editor.quickPick.activeItems[0]?.label;
    return { list, heard, show, activeLabel };
  }

  it('takes the same row again and again, stays, and says that it was closed once', () => {
    const { list, heard, show } = open();
    show(['hub', 'entry']);
    const pick = editor.quickPick;
    pick.pick('entry');
    pick.pick('entry');
    pick.press('Copy Report');
    assert.deepEqual(pick.selectedItems, []);
    assert.deepEqual([pick.visible, pick.busy, pick.title, pick.placeholder], [true, true, 'Check', 'Checking…']);
    pick.hide();
    list.dispose();
    assert.deepEqual(heard, ['row entry', 'row entry', 'button copy', 'hidden']);
  });

  it('keeps the row that the user is on, and moves to another only when there is another to look at', () => {
    mock.method(performance, 'now', () => 1_000);
    const { show, activeLabel } = open();
    show(['hub', 'entry', 'call'], 'hub');
    editor.quickPick.goTo('call');
    show(['hub', 'hub:0', 'entry', 'call'], 'hub');
    assert.equal(activeLabel(), 'call');
    show(['hub', 'entry', 'entry:0', 'call'], 'entry');
    assert.equal(activeLabel(), 'entry');
    // What the editor says of its own accord when rows come is no step of the user's.
    editor.quickPick.goTo('hub');
    show(['hub', 'entry', 'call'], 'entry');
    assert.equal(activeLabel(), 'entry');
  });

  it('leaves the rows alone where nothing of them has changed: what the user has typed stays', () => {
    const { show } = open();
    show(['hub', 'entry']);
    const { items } = editor.quickPick;
    show(['hub', 'entry']);
    assert.equal(editor.quickPick.items, items);
  });

  it('is silent once it is disposed', () => {
    const { list, heard, show } = open();
    show(['hub']);
    const pick = editor.quickPick;
    list.dispose();
    pick.hide();
    assert.deepEqual([heard, pick.disposed], [[], true]);
  });
});
