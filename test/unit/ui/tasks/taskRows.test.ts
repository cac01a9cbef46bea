import assert from 'node:assert/strict';
import type { Board } from '../../../../src/client/board.ts';
import { arrangeTasks } from '../../../../src/ui/tasks/arrangeTasks.ts';
import { createTaskRows } from '../../../../src/ui/tasks/taskRows.ts';
import { plainTaskView, type TaskView } from '../../../../src/ui/tasks/taskView.ts';
import type { Row } from '../../../../src/ui/tree/row.ts';
import { ago, board, english, permission, request, task } from '../support/fixtures.ts';

function taskRows(content: Board, look: Partial<TaskView> = {}): Row[] {
  const view = { ...plainTaskView, ...look };
  return createTaskRows(english)(content, arrangeTasks(content, view, english), view.group, () => 200);
}

describe('taskRows', () => {
  it('has a group for each status with tasks, in the order of care, with the done ones folded', () => {
    const tasks = (['rejected', 'completed', 'notstarted', 'blocked', 'ongoing'] as const).map((status, index) =>
      task({ id: `task000000${index}`, status }),
    );
    const groups = taskRows(board({ tasks }));
    assert.deepEqual(
      groups.map((group) => [group.label, group.collapsed]),
      [
        ['Ongoing', false],
        ['Blocked', false],
        ['Not Started', false],
        ['Completed', true],
        ['Rejected', true],
      ],
    );
    assert.deepEqual(
      taskRows(board({ tasks: [task()] })).map((group) => group.label),
      ['Ongoing'],
    );
  });

  it('puts those that need the user first, in the order of need', () => {
    const tasks = [task({ id: 'task0000001' }), task({ id: 'task0000002' }), task({ id: 'task0000003', updatedAt: ago(1) })];
    const requests = [request({ id: 'request0001', taskId: 'task0000002' }), request({ id: 'request0002', taskId: 'task0000001' })];
    const [group] = taskRows(board({ tasks, requests }), { order: 'activity' });
    assert.deepEqual(
      group?.children?.map((row) => row.id),
      ['task:task0000002', 'task:task0000001', 'task:task0000003'],
    );
  });

  it('says what a task asks, and leads to it', () => {
    const row = taskRows(board({ requests: [request()] }))[0]?.children?.[0];
    assert.equal(row?.description, 'asks: Deploy to staging?');
    assert.equal(row?.contextValue, 'task:ongoing:needs');
    assert.equal(row?.accessibilityLabel, 'Needs your answer: Deploy to staging? Task Fix the login, Ongoing.');
    assert.deepEqual(row?.target, { taskId: 'task0000001', requestId: 'request0001' });
    assert.equal(row?.click, 'agentrq.openTask');
  });

  it('tells a review from a question by its icon and its words', () => {
    const row = taskRows(board({ requests: [request({ kind: 'review', question: 'It is done.' })] }))[0]?.children?.[0];
    assert.deepEqual([row?.icon, row?.description], ['eye', 'asks for a review: It is done.']);
    assert.equal(row?.accessibilityLabel, 'Needs your decision: It is done. Task Fix the login, Ongoing.');
    assert.deepEqual(row?.needs, { kind: 'review', words: 'It is done.' });
  });

  it('says what it wants to use, and that it needs a decision', () => {
    const row = taskRows(board({ requests: [permission()] }))[0]?.children?.[0];
    assert.equal(row?.description, 'Run: npm publish');
    assert.equal(row?.accessibilityLabel, 'Needs your decision: Run: npm publish. Task Fix the login, Ongoing.');
  });

  it('says how far the newest answer has come, until the agent acts on it', () => {
    const answer = { text: 'Yes.', at: ago(9) };
    const rowOf = (...requests: Parameters<typeof request>[0][]) =>
      taskRows(board({ requests: requests.map((over, index) => request({ id: `request000${index}`, answer, ...over })) }))[0]
        ?.children?.[0];
    const row = rowOf({ status: 'answered' });
    assert.equal(row?.description, 'answer not read yet');
    assert.equal(row?.contextValue, 'task:ongoing');
    assert.equal(row?.accessibilityLabel, 'Task Fix the login, Ongoing, answer not read yet.');
    assert.deepEqual(row?.target, { taskId: 'task0000001' });
    assert.equal(rowOf({ status: 'answered', handedOver: true })?.description, 'answer sent');
    assert.equal(rowOf({ status: 'delivered' })?.description, 'answer delivered');
    const newer = { text: 'No.', at: ago(1) };
    assert.equal(rowOf({ status: 'answered', answer: newer }, { status: 'delivered' })?.description, 'answer not read yet');
    assert.equal(rowOf({ status: 'open' }, { status: 'delivered' })?.description, 'asks: Deploy to staging?');
    assert.equal(rowOf({ status: 'delivered', answer: { ...answer, ruleIds: ['rule0000001'] } })?.description, '', 'a rule is no news');
  });

  it('tells who works on it, and what is the user’s own', () => {
    const mine = task({ id: 'task0000002', assignee: 'human' });
    const rows = taskRows(board({ tasks: [task({ agentId: 'agent000001' }), mine] }))[0]?.children ?? [];
    assert.deepEqual(rows.map((row) => row.description ?? '').toSorted(), ['Claude Code', 'for you']);
  });
});
