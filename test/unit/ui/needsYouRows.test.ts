import assert from 'node:assert/strict';
import { needsYouRows } from '../../../src/ui/needsYouRows.ts';
import { ago, board, english, now, request, task, workspace } from './fixtures.ts';

describe('needsYouRows', () => {
  it('shows the question, who asks, where and since when', () => {
    const [row] = needsYouRows(board({ requests: [request({ question: 'Deploy to staging?\nThe tests are green.' })] }), now, english);
    assert.equal(row?.label, 'Deploy to staging?');
    assert.equal(row?.description, 'Claude Code · Fix the login · 3 min');
    assert.equal(row?.tooltip, 'Deploy to staging?\nThe tests are green.\n\nClaude Code · Fix the login');
    assert.equal(row?.contextValue, 'request:open:question');
    assert.equal(row?.accessibilityLabel, 'Needs your answer: Deploy to staging? Claude Code asks in Fix the login, 3 min ago.');
    assert.deepEqual(row?.target, { requestId: 'request0001', taskId: 'task0000001' });
    assert.equal(row?.click, 'agentrq.answerRequest');
  });

  it('puts the longest wait first, and what is answered last', () => {
    const rows = needsYouRows(
      board({
        requests: [request({ id: 'request0003' }), request({ id: 'request0001', status: 'answered' }), request({ id: 'request0002' })],
      }),
      now,
      english,
    );
    assert.deepEqual(
      rows.map((row) => row.id),
      ['request:request0002', 'request:request0003', 'request:request0001'],
    );
    assert.equal(rows[2]?.description, 'answered, waiting for the agent · Claude Code');
    assert.equal(rows[2]?.contextValue, 'request:answered:question');
  });

  it('leaves out what has reached its agent', () => {
    const statuses = ['delivered', 'acted', 'expired', 'superseded', 'withdrawn'] as const;
    const requests = statuses.map((status, index) => request({ id: `request000${index}`, status }));
    assert.deepEqual(needsYouRows(board({ requests }), now, english), []);
  });

  it('names the workspace when there are several', () => {
    const requests = [request()];
    const [row] = needsYouRows(board({ requests, workspaces: [workspace(), workspace({ id: 'workspace02', name: 'api' })] }), now, english);
    assert.equal(row?.description, 'Claude Code · Fix the login · web · 3 min');
  });

  it('shows hostile text as text, on one line, with nothing hidden', () => {
    const question = '\u202E[run](command:x) <img src=x>\u0007';
    const [row] = needsYouRows(
      board({ requests: [request({ question, choices: ['a\u200Bb'] })], tasks: [task({ title: 'x\u2066y' })] }),
      now,
      english,
    );
    assert.equal(row?.label, '\\u202E[run](command:x) <img src=x>\\u0007');
    assert.match(row?.tooltip ?? '', /• a\\u200Bb/);
    assert.match(row?.description ?? '', /x\\u2066y/);
  });

  it('stands without a task, an agent or words', () => {
    const bare = request({ question: ' ', createdAt: ago(5) });
    delete bare.taskId;
    delete bare.agentId;
    const [row] = needsYouRows(board({ requests: [bare] }), now, english);
    assert.equal(row?.label, 'a question without words');
    assert.equal(row?.description, 'An agent · no task · under 10 s');
    assert.deepEqual(row?.target, { requestId: 'request0001' });
  });
});
