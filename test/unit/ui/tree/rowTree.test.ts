import assert from 'node:assert/strict';
import type { Row } from '../../../../src/ui/tree/row.ts';
import { RowTree } from '../../../../src/ui/tree/rowTree.ts';

function row(id: string, over: Partial<Row> = {}): Row {
  return { id, label: id, contextValue: 'row', accessibilityLabel: id, ...over };
}

function changedIds(tree: RowTree, rows: readonly Row[]): string[] | 'all' {
  const changes = tree.update(rows);
  return changes.kind === 'all' ? 'all' : changes.nodes.map((node) => node.id);
}

describe('rowTree', () => {
  it('reads everything when there was nothing', () => {
    assert.equal(changedIds(new RowTree(), [row('a')]), 'all');
  });

  it('reads nothing again when nothing has changed', () => {
    const tree = new RowTree();
    tree.update([row('a'), row('b')]);
    assert.deepEqual(changedIds(tree, [row('a'), row('b')]), []);
  });

  it('reads only the row that has changed, and keeps its node', () => {
    const tree = new RowTree();
    tree.update([row('a'), row('b')]);
    const node = tree.get('b');
    assert.deepEqual(changedIds(tree, [row('a'), row('b', { description: '3 min' })]), ['b']);
    assert.equal(tree.get('b'), node);
    assert.equal(node?.row.description, '3 min');
  });

  it('reads everything when a root comes, goes or moves', () => {
    const tree = new RowTree();
    tree.update([row('a'), row('b')]);
    assert.equal(changedIds(tree, [row('b'), row('a')]), 'all');
    assert.equal(changedIds(tree, [row('b')]), 'all');
    assert.equal(tree.get('a'), undefined);
    assert.equal(changedIds(tree, [row('b'), row('c')]), 'all');
  });

  it('reads only the group whose rows have come or gone', () => {
    const tree = new RowTree();
    tree.update([row('g', { children: [row('a')] }), row('h', { children: [row('c')] })]);
    assert.deepEqual(changedIds(tree, [row('g', { children: [row('a'), row('b')] }), row('h', { children: [row('c')] })]), ['g']);
  });

  it('reads only the row that has changed inside a group', () => {
    const tree = new RowTree();
    tree.update([row('g', { children: [row('a'), row('b')] })]);
    assert.deepEqual(changedIds(tree, [row('g', { children: [row('a'), row('b', { label: 'B' })] })]), ['b']);
  });

  it('does not read a row twice when its group is read anyway', () => {
    const tree = new RowTree();
    tree.update([row('g', { children: [row('a')] })]);
    assert.deepEqual(changedIds(tree, [row('g', { label: 'G', children: [row('a', { label: 'A' })] })]), ['g']);
  });

  it('reads everything when a row goes from one group to another, and keeps its node', () => {
    const tree = new RowTree();
    tree.update([row('g', { children: [row('a'), row('b')] }), row('h', { children: [row('c')] })]);
    const node = tree.get('b');
    assert.equal(changedIds(tree, [row('g', { children: [row('a')] }), row('h', { children: [row('c'), row('b')] })]), 'all');
    assert.equal(tree.get('b'), node);
    assert.equal(node?.parent?.id, 'h');
  });
});
