import assert from 'node:assert/strict';
import { commandIds, viewIds } from '../../../../src/ui/ids.ts';
import type { Row } from '../../../../src/ui/tree/row.ts';
import type { RowNode } from '../../../../src/ui/tree/rowTree.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { editor, resetEditor } from '../../../support/fakeVscode/editor.ts';
import type { FakeTreeView } from '../../../support/fakeVscode/treeView.ts';
import { withFakeVscode } from '../../../support/fakeVscode/withFakeVscode.ts';

const { RowTreeView } = await withFakeVscode(() => import('../../../../src/ui/tree/rowTreeView.ts'));

type Deps = ConstructorParameters<typeof RowTreeView>[0];

/** No sooner is the editor asked once more to read rows again. */
const apartMs = 250;

describe('a view of rows', () => {
  beforeEach(resetEditor);

  const row = (id: string, over: Partial<Row> = {}): Row => ({ id, label: id, contextValue: 'row', accessibilityLabel: id, ...over });
  const clicked = (id: string): Row => row(id, { click: commandIds.openTask, target: { taskId: id } });

  function open(first: readonly Row[], over: Partial<Deps> = {}) {
    const clock = createFakeClock();
    const shown = { rows: first, looks: 0 };
    const rows = (): readonly Row[] => {
      shown.looks += 1;
      return shown.rows;
    };
    const tree = new RowTreeView({ id: viewIds.tasks, rows, clock, ticking: false, ...over });
    const view = editor.view as FakeTreeView<RowNode>;
    /** What the editor is told to read again. */
    const heard: (readonly string[] | 'all')[] = [];
    tree.onDidChangeTreeData((nodes) => heard.push(nodes === undefined ? 'all' : nodes.map(({ id }) => id)));
    function change(...next: Row[]): void {
      clock.advance(apartMs);
      shown.rows = next;
      tree.refresh();
      clock.advance(0);
    }
    const read = (): Promise<RowNode[]> => tree.getChildren();
    const click = (): void => void editor.commands.get(`${viewIds.tasks}.click`)?.();
    return { tree, view, clock, shown, heard, change, read, click };
  }

  it('draws what a row is: its words, its icon, and what a screen reader says', async () => {
    const { tree, read } = open([
      row('a', {
        label: 'Deploy?',
        description: '3 min',
        tooltip: 'All of it',
        icon: 'question',
        color: 'charts.red',
        contextValue: 'question',
        accessibilityLabel: 'A question',
      }),
      row('b', { children: [row('c')] }),
      row('d', { children: [], collapsed: true }),
    ]);
    const [a, b, d] = (await read()).map((node) => tree.getTreeItem(node));
    const { id, label, description, tooltip, iconPath, contextValue, accessibilityInformation, command } = a ?? {};
    assert.deepEqual(
      [id, label, description, tooltip, contextValue, command],
      ['a', 'Deploy?', '3 min', 'All of it', 'question', undefined],
    );
    assert.deepEqual(accessibilityInformation, { label: 'A question' });
    assert.deepEqual(JSON.parse(JSON.stringify(iconPath)), { id: 'question', color: { id: 'charts.red' } });
    assert.deepEqual([a?.collapsibleState, b?.collapsibleState, d?.collapsibleState], [0, 2, 1]);
    assert.equal(b?.tooltip, 'b');
  });

  it('explains a row that has no tooltip when somebody points at it', async () => {
    const { tree, read } = open([row('a'), row('b', { tooltip: 'Known' })], {
      tooltipOf: async ({ id }) => ({ value: `All about ${id}` }) as never,
    });
    const [a, b] = await read();
    assert.ok(a && b);
    const item = tree.getTreeItem(a);
    assert.equal(item.tooltip, undefined);
    assert.deepEqual((await tree.resolveTreeItem(item, a)).tooltip, { value: 'All about a' });
    assert.equal(tree.getTreeItem(b).tooltip, 'Known');
  });

  it('lets the editor read again what has changed, and nothing else', async () => {
    const { view, heard, change, read } = open([row('a', { children: [row('b'), row('c')] })]);
    view.show(true);
    await read();
    change(row('a', { children: [row('b'), row('c', { description: 'new' })] }));
    change(row('a', { children: [row('b'), row('c', { description: 'new' })] }));
    change(row('a', { label: 'A', children: [row('b'), row('c')] }));
    change(row('d'));
    assert.deepEqual(heard, [['c'], ['a'], 'all']);
  });

  it('selects a row as soon as it is there, once, while it is visible and the user has chosen no other', async () => {
    const { tree, view, change, read } = open([row('a')]);
    const revealed = (): string[] => view.revealed.map(({ id }) => id);
    await read();
    tree.select('a');
    view.show(true);
    change(row('a'), row('b'));
    assert.deepEqual(revealed(), [], 'the view was hidden');
    tree.select('b');
    tree.select('c');
    change(row('a'), row('b'), row('c'));
    change(row('a'), row('b'), row('c'), row('d'));
    assert.deepEqual(revealed(), ['b', 'c']);
    tree.select('e');
    view.select(...(await read()).slice(0, 1));
    change(row('a'), row('e'));
    assert.deepEqual(revealed(), ['b', 'c'], 'the user has chosen another row');
  });

  it('looks once for any number of changes in one turn', async () => {
    const { tree, view, clock, shown, read } = open([row('a')]);
    view.show(true);
    await read();
    clock.advance(0);
    const before = shown.looks;
    for (const _ of [1, 2, 3]) tree.refresh();
    clock.advance(0);
    assert.equal(shown.looks, before + 1);
  });

  it('lets the editor read rows again at once, and what changes soon after that later, all of it together', async () => {
    const { tree, view, clock, shown, heard, change, read } = open([row('a')]);
    view.show(true);
    await read();
    change(row('a'), row('b'));
    assert.deepEqual(heard, ['all']);
    for (const next of ['c', 'd']) {
      shown.rows = [...shown.rows, row(next)];
      tree.refresh();
      clock.advance(10);
    }
    assert.deepEqual(
      (await read()).map(({ id }) => id),
      ['a', 'b'],
      'what it reads meanwhile is not read once more',
    );
    clock.advance(apartMs - 21);
    assert.deepEqual(heard, ['all']);
    clock.advance(1);
    assert.deepEqual(heard, ['all', 'all']);
    assert.equal((await read()).length, 4);
  });

  it('rests while nobody sees it, and is up to date once somebody does', async () => {
    const { view, clock, shown, heard, change, read } = open([row('a')], { ticking: true });
    await read();
    const before = shown.looks;
    change(row('a', { description: 'new' }));
    clock.advance(60_000);
    assert.deepEqual([shown.looks, heard, clock.pending], [before, [], 0]);
    view.show(true);
    clock.advance(0);
    assert.deepEqual(heard, [['a']]);
    shown.rows = [row('a', { description: '10 s' })];
    clock.advance(10_000);
    assert.deepEqual(heard, [['a'], ['a']], 'ages are looked at again');
  });

  it('reads nothing before what it needs is loaded', async () => {
    const loaded = Promise.withResolvers<void>();
    const { view, shown, change, read } = open([row('a')], { load: () => loaded.promise });
    view.show(true);
    const reading = read();
    change(row('b'));
    assert.equal(shown.looks, 0);
    loaded.resolve();
    assert.deepEqual(
      (await reading).map(({ id }) => id),
      ['b'],
    );
  });

  it('says above the rows what is noted, without links', async () => {
    let note = 'No hub. [x](command:y)';
    const { view, change, read } = open([row('a')], { message: () => note });
    view.show(true);
    await read();
    assert.equal(view.message, 'No hub. [x] (command:y)');
    note = 'Filtered.';
    change(row('a'));
    assert.equal(view.message, 'Filtered.');
    note = '';
    change(row('a'));
    assert.equal(view.message, '');
  });

  describe('a click', () => {
    const run = (): unknown[] => editor.executed.map(({ command, args }) => [command, ...args]);

    it('does what the row does, with what it stands for now', async () => {
      const { view, tree, change, read, click } = open([clicked('a'), row('b')]);
      view.show(true);
      const [a, b] = await read();
      assert.ok(a && b);
      assert.equal(tree.getTreeItem(a).command?.command, `${viewIds.tasks}.click`);
      view.select(a);
      change(row('a', { click: commandIds.openTask, target: { taskId: 'new' } }), row('b'));
      click();
      assert.deepEqual(run(), [[commandIds.openTask, { taskId: 'new' }]]);
      view.select(b);
      click();
      assert.equal(run().length, 1, 'a row that does nothing');
    });

    it('waits while rows are being read again, and not for ever', async () => {
      const { view, clock, read, click } = open([clicked('a')]);
      view.show(true);
      const [a] = await read();
      assert.ok(a);
      click();
      clock.advance(4_000);
      assert.deepEqual(run(), []);
      view.select(a);
      clock.advance(40);
      assert.deepEqual(run(), [[commandIds.openTask, { taskId: 'a' }]]);
      view.select();
      click();
      clock.advance(60_000);
      view.select(a);
      clock.advance(60_000);
      assert.equal(run().length, 1);
    });

    it('that waits makes way for the next one, so that nothing is done twice', async () => {
      const { view, clock, read, click } = open([clicked('a'), clicked('b')]);
      view.show(true);
      const [, b] = await read();
      assert.ok(b);
      click();
      clock.advance(40);
      click();
      view.select(b);
      clock.advance(1_000);
      assert.deepEqual(run(), [[commandIds.openTask, { taskId: 'b' }]]);
    });

    it('that waits is forgotten with the view', async () => {
      const { tree, view, clock, read, click } = open([clicked('a')]);
      view.show(true);
      const [a] = await read();
      assert.ok(a);
      click();
      tree.dispose();
      view.select(a);
      clock.advance(60_000);
      assert.deepEqual([run(), clock.pending, editor.commands.size], [[], 0, 0]);
    });
  });

  it('waits for the rows that are selected while they are read again, and for none if none was', async () => {
    const { tree, view, clock, change, read } = open([row('a'), row('b')]);
    const [a] = await read();
    assert.ok(a);
    view.show(true);
    change(row('a'), row('b'), row('c'));
    assert.deepEqual(await tree.selected(), [], 'none was selected');
    view.select(a);
    assert.deepEqual(await tree.selected(), [a]);
    change(row('a'), row('b'));
    view.selection = [];
    const reading = tree.selected();
    clock.advance(1_000);
    view.selection = [a];
    clock.advance(40);
    assert.deepEqual(await reading, [a]);
    view.select();
    assert.deepEqual(await tree.selected(), [], 'none is selected any more');
  });

  it('waits no longer than five seconds for them', async () => {
    const { tree, view, clock, change, read } = open([row('a')]);
    const [a] = await read();
    assert.ok(a);
    view.show(true);
    view.select(a);
    change(row('a'), row('b'));
    view.selection = [];
    let found: readonly RowNode[] | undefined;
    const reading = tree.selected().then((rows) => (found = rows));
    for (let waited = 0; waited < 4_960; waited += 40) {
      clock.advance(40);
      await Promise.resolve();
    }
    assert.equal(found, undefined, 'it waits');
    clock.advance(40);
    assert.deepEqual(await reading, []);
  });
});
