import assert from 'node:assert/strict';
import type { Task, TaskStatus } from '../../../../src/protocol/model.ts';
import { pageSize } from '../../../../src/ui/tasks/taskRows.ts';
import type { Row } from '../../../../src/ui/tree/row.ts';
import { RowTree } from '../../../../src/ui/tree/rowTree.ts';
import { ago, board, request, task } from '../support/fixtures.ts';
import { tasksRig } from './tasksRig.ts';

const statuses: readonly TaskStatus[] = ['ongoing', 'blocked', 'notstarted', 'completed'];

function manyTasks(count: number): Task[] {
  return Array.from({ length: count }, (_, index) =>
    task({
      id: `t${String(index).padStart(10, '0')}`,
      title: `Task ${index}`,
      status: statuses[index % 4] ?? 'ongoing',
      sortOrder: index,
      updatedAt: ago(index),
      agentId: 'agent000001',
    }),
  );
}

/** The titles of the rows that the editor has to read again, or `all`. */
function read(tree: RowTree, rows: readonly Row[]): string[] | 'all' {
  const changes = tree.update(rows);
  return changes.kind === 'all' ? 'all' : changes.nodes.map(({ row }) => row.label);
}

describe('ten thousand tasks', () => {
  const tasks = manyTasks(10_000);

  it('show the first of each group, and more when the user asks', () => {
    const rig = tasksRig(board({ tasks }));
    const sizes = (): number[] => rig.list.rows().map(({ children }) => children?.length ?? 0);
    assert.deepEqual(sizes(), [201, 201, 201, 201]);
    const more = rig.list.rows()[0]?.children?.at(-1);
    assert.equal(more?.label, `Show ${pageSize} More`);
    assert.equal(more?.accessibilityLabel, 'Show more tasks in Ongoing. Not shown: 2300.');
    void rig.actions.showMoreTasks(more?.target);
    assert.deepEqual(sizes(), [401, 201, 201, 201]);
    assert.deepEqual(rig.list.rows()[3]?.children?.[0]?.label, 'Task 3', 'of the finished ones the newest come first');
  });

  it('let the editor read one row when one has changed, whatever has changed about it', () => {
    const rig = tasksRig(board({ tasks }));
    const tree = new RowTree();
    tree.update(rig.list.rows());
    const at = tasks[40] ?? task();
    rig.put({ ...at, title: 'Another title' });
    assert.deepEqual(read(tree, rig.list.rows()), ['Another title']);
    rig.put({ ...at, title: 'Another title', lastMessageAt: ago(0) });
    assert.deepEqual(read(tree, rig.list.rows()), [], 'a message is not on the row');
    const requests = new Map([['request0001', request({ taskId: at.id })]]);
    rig.store.replace({ ...rig.store.board, requests });
    assert.deepEqual(read(tree, rig.list.rows()), ['Another title']);
    rig.put({ ...(tasks[9_000] ?? task()), title: 'Far below' });
    assert.deepEqual(read(tree, rig.list.rows()), [], 'it is not among those that are shown');
  });

  it('let the editor read one group when a row has moved in it', async () => {
    const rig = tasksRig(board({ tasks }));
    const tree = new RowTree();
    tree.update(rig.list.rows());
    await rig.actions.moveTaskUp({ taskId: tasks[40]?.id });
    assert.deepEqual(read(tree, rig.list.rows()), ['Ongoing']);
  });

  it('make no row again that has not changed', () => {
    const rig = tasksRig(board({ tasks }));
    const rowsOf = (): readonly Row[] => rig.list.rows().flatMap(({ children }) => children ?? []);
    const before = new Set(rowsOf());
    rig.put({ ...(tasks[40] ?? task()), title: 'Another title' });
    const made = rowsOf().filter((row) => !before.has(row) && row.contextValue !== 'more');
    assert.deepEqual(
      made.map(({ label }) => label),
      ['Another title'],
    );
  });

  it('stand in the same order, whether they were arranged before or not', async () => {
    const rig = tasksRig(board({ tasks }));
    await rig.list.setView({ order: 'activity' });
    rig.list.groups();
    rig.put({ ...(tasks[40] ?? task()), lastMessageAt: ago(-60) });
    rig.put({ ...(tasks[44] ?? task()), status: 'blocked' });
    const anew = tasksRig(rig.store.board);
    await anew.list.setView({ order: 'activity' });
    assert.equal(rig.list.groups()[0]?.tasks[0]?.id, tasks[40]?.id);
    assert.deepEqual(rig.shown(), anew.shown());
  });

  it('stay as they are arranged while only agents are heard', () => {
    const rig = tasksRig(board({ tasks }));
    const groups = rig.list.groups();
    rig.store.replace({ ...rig.store.board, agents: new Map() });
    assert.equal(rig.list.groups(), groups);
  });
});
