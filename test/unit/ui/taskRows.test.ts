import assert from 'node:assert/strict';
import { taskRows } from '../../../src/ui/taskRows.ts';
import { ago, board, english, request, task } from './fixtures.ts';

describe('taskRows', () => {
  it('has a group for each status with tasks, in the order of care, with the done ones folded', () => {
    const tasks = (['rejected', 'completed', 'notstarted', 'blocked', 'ongoing'] as const).map((status, index) =>
      task({ id: `task000000${index}`, status }),
    );
    const groups = taskRows(board({ tasks }), english);
    assert.deepEqual(
      groups.map((group) => [group.label, group.folded]),
      [
        ['Ongoing', false],
        ['Blocked', false],
        ['Not Started', false],
        ['Completed', true],
        ['Rejected', true],
      ],
    );
    assert.deepEqual(
      taskRows(board({ tasks: [task()] }), english).map((group) => group.label),
      ['Ongoing'],
    );
  });

  it('puts the newest need first', () => {
    const tasks = [task({ id: 'task0000001' }), task({ id: 'task0000002' }), task({ id: 'task0000003', updatedAt: ago(1) })];
    const requests = [request({ id: 'request0001', taskId: 'task0000002' }), request({ id: 'request0002', taskId: 'task0000001' })];
    const [group] = taskRows(board({ tasks, requests }), english);
    assert.deepEqual(
      group?.children?.map((row) => row.id),
      ['task:task0000001', 'task:task0000002', 'task:task0000003'],
    );
  });

  it('says what a task asks, and leads to it', () => {
    const row = taskRows(board({ requests: [request()] }), english)[0]?.children?.[0];
    assert.equal(row?.description, 'asks: Deploy to staging?');
    assert.equal(row?.contextValue, 'task:ongoing:needs');
    assert.equal(row?.accessibilityLabel, 'Needs your answer: Deploy to staging? Task Fix the login, Ongoing.');
    assert.deepEqual(row?.target, { taskId: 'task0000001', requestId: 'request0001' });
    assert.equal(row?.click, 'agentrq.openTask');
  });

  it('says nothing of a question that is answered', () => {
    const row = taskRows(board({ requests: [request({ status: 'answered' })] }), english)[0]?.children?.[0];
    assert.equal(row?.description, '');
    assert.equal(row?.contextValue, 'task:ongoing');
    assert.deepEqual(row?.target, { taskId: 'task0000001' });
  });

  it('tells who works on it, and what is the person’s own', () => {
    const mine = task({ id: 'task0000002', assignee: 'human' });
    const rows = taskRows(board({ tasks: [task({ agentId: 'agent000001' }), mine] }), english)[0]?.children ?? [];
    assert.deepEqual(rows.map((row) => row.description ?? '').toSorted(), ['Claude Code', 'for you']);
  });
});
