import assert from 'node:assert/strict';
import { emptyBoard } from '../../../src/client/board.ts';
import { taskGroups } from '../../../src/client/taskGroups.ts';
import type { Request, Task } from '../../../src/protocol/model.ts';
import { taskStatuses } from '../../../src/protocol/model.ts';
import { at, id, request, task } from './samples.ts';

function board(tasks: Task[], requests: Request[] = []) {
  const byId = <T extends { id: string }>(items: T[]) => new Map(items.map((item) => [item.id, item]));
  return { ...emptyBoard, tasks: byId(tasks), requests: byId(requests) };
}

describe('taskGroups', () => {
  it('has every status, also those without tasks', () => {
    assert.deepEqual(Object.keys(taskGroups(emptyBoard)), [...taskStatuses]);
  });

  it('puts each task under its status', () => {
    const groups = taskGroups(board([task({ id: id(1), status: 'blocked' }), task({ id: id(2), status: 'completed' })]));
    assert.deepEqual(
      groups.blocked.map((item) => item.id),
      [id(1)],
    );
    assert.deepEqual(
      groups.completed.map((item) => item.id),
      [id(2)],
    );
  });

  it('puts those that need the user first, in the order of need', () => {
    const tasks = [1, 2, 3].map((number) => task({ id: id(number), updatedAt: at(number) }));
    const requests = [
      request({ id: id(31), taskId: id(2) }),
      request({ id: id(32), taskId: id(1) }),
      request({ id: id(33), taskId: id(2) }),
      request({ id: id(34), taskId: id(3), status: 'answered' }),
    ];
    assert.deepEqual(
      taskGroups(board(tasks, requests)).ongoing.map((item) => item.id),
      [id(2), id(1), id(3)],
    );
  });

  it('puts a task that needs the user first behind requests that belong to no task', () => {
    const tasks = [task({ id: id(1), updatedAt: at(1) }), task({ id: id(2), updatedAt: at(9) })];
    const requests = [31, 32, 33].map((number) => request({ id: id(number), taskId: undefined }));
    assert.deepEqual(
      taskGroups(board(tasks, [...requests, request({ id: id(34), taskId: id(1) })])).ongoing.map((item) => item.id),
      [id(1), id(2)],
    );
  });

  it('then goes by the last message, or the last change where nobody has written', () => {
    const tasks = [
      task({ id: id(1), updatedAt: at(1), lastMessageAt: at(9) }),
      task({ id: id(2), updatedAt: at(5) }),
      task({ id: id(3), updatedAt: at(8), lastMessageAt: at(2) }),
    ];
    assert.deepEqual(
      taskGroups(board(tasks)).ongoing.map((item) => item.id),
      [id(1), id(2), id(3)],
    );
  });

  it('puts the newer task first where all else is equal', () => {
    const tasks = [task({ id: id(1) }), task({ id: id(2) })];
    assert.deepEqual(
      taskGroups(board(tasks)).ongoing.map((item) => item.id),
      [id(2), id(1)],
    );
  });
});
