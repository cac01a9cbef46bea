import assert from 'node:assert/strict';
import type { Task } from '../../../../src/protocol/model.ts';
import type { TaskGroup } from '../../../../src/ui/tasks/arrangeTasks.ts';
import type { TaskChange } from '../../../../src/ui/tasks/changeTasks.ts';
import { byOne, toPlace, toStatus } from '../../../../src/ui/tasks/moveTasks.ts';
import { task } from '../support/fixtures.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id, sortOrder) => task({ id, sortOrder })) as [Task, Task, Task, Task];
const group: TaskGroup = { id: 'status:ongoing', label: 'Ongoing', status: 'ongoing', tasks: [a, b, c, d] };

/** The order of the group after these changes. */
function after(changes: readonly TaskChange[]): string {
  const orders = new Map(changes.map(({ task: { id }, to }) => [id, to.sortOrder]));
  return group.tasks
    .map(({ id, sortOrder }) => ({ id, sortOrder: orders.get(id) ?? sortOrder }))
    .toSorted((left, right) => left.sortOrder - right.sortOrder)
    .map(({ id }) => id)
    .join('');
}

describe('moveTasks', () => {
  it('moves one row up or down, and none beyond the end', () => {
    assert.equal(after(byOne(group, [c], -1)), 'acbd');
    assert.equal(after(byOne(group, [b], 1)), 'acbd');
    assert.deepEqual(byOne(group, [a], -1), []);
    assert.deepEqual(byOne(group, [d], 1), []);
  });

  it('moves several together, in their order', () => {
    assert.equal(after(byOne(group, [c, b], -1)), 'bcad');
    assert.equal(after(byOne(group, [a, b], 1)), 'cabd');
    assert.equal(after(byOne(group, [b, d], -1)), 'bdac');
    assert.equal(after(byOne(group, [a, c], 1)), 'bdac');
  });

  it('puts tasks before the row on which they were dropped, also if it is one of them', () => {
    assert.equal(after(toPlace(group, [d], 'b')), 'adbc');
    assert.equal(after(toPlace(group, [a], undefined)), 'bcda');
    assert.equal(after(toPlace(group, [b, c], 'c')), 'abcd');
  });

  it('gives a task of another group the status of this one, and its place', () => {
    const stranger = task({ id: 'x', status: 'blocked', sortOrder: 9 });
    assert.deepEqual(toPlace(group, [stranger], 'b'), [{ task: stranger, to: { status: 'ongoing', sortOrder: 0.5 } }]);
  });

  it('knows no queue of what is finished', () => {
    const done: TaskGroup = {
      id: 'status:completed',
      label: 'Completed',
      status: 'completed',
      tasks: [task({ id: 'z', status: 'completed' })],
    };
    assert.deepEqual(toPlace(done, [a], 'z'), [{ task: a, to: { status: 'completed' } }]);
    assert.deepEqual(byOne(done, done.tasks, -1), []);
  });

  it('changes the status only of those that have another one', () => {
    const blocked = task({ id: 'x', status: 'blocked' });
    assert.deepEqual(toStatus([a, blocked], 'ongoing'), [{ task: blocked, to: { status: 'ongoing' } }]);
  });
});
