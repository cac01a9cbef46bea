import assert from 'node:assert/strict';
import { needsYouRows } from '../../../../src/ui/needsYou/needsYouRows.ts';
import { agent, ago, board, english, now, permission, request, task, workspace } from '../support/fixtures.ts';

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

  it('names the line of code that it is about', () => {
    const about = request({ question: 'Keep it?', place: { file: 'src\u202E/to/total.ts', line: 6 } });
    const [row] = needsYouRows(board({ requests: [about] }), now, english);
    assert.equal(row?.description, 'total.ts:6 · Claude Code · Fix the login · 3 min');
    assert.equal(row?.tooltip, 'Keep it?\n\nsrc\\u202E/to/total.ts:6\n\nClaude Code · Fix the login');
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
    assert.equal(rows[2]?.description, 'answered · not read yet · Claude Code');
    assert.equal(rows[2]?.contextValue, 'request:answered:question');
  });

  it('leaves out what has reached its agent', () => {
    const statuses = ['delivered', 'acted', 'expired', 'superseded', 'withdrawn'] as const;
    const requests = statuses.map((status, index) => request({ id: `request000${index}`, status }));
    assert.deepEqual(needsYouRows(board({ requests }), now, english), []);
  });

  it('says when an answer has been handed over and nothing confirms it yet', () => {
    const requests = [request({ status: 'answered', handedOver: true, answer: { text: 'Yes.', at: ago(60) } })];
    const [row] = needsYouRows(board({ requests }), now, english);
    assert.equal(row?.description, 'answered · sent · Claude Code');
    assert.equal(
      row?.accessibilityLabel,
      'Answered 1 min ago, on its way to Claude Code: Deploy to staging? Task: Fix the login. Answered · sent.',
    );
  });

  it('says nothing of what a rule answers', () => {
    const answer = { decision: 'allow' as const, ruleIds: ['rule0000001'], at: ago(1) };
    assert.deepEqual(needsYouRows(board({ requests: [permission({}, { status: 'answered', answer })] }), now, english), []);
  });

  it('shows the tool and what it is to do', () => {
    const input = '{"command":"npm test\\nnpm publish","timeout":5}';
    const [row] = needsYouRows(board({ requests: [permission({ input, description: 'Publish it.' })] }), now, english);
    assert.equal(row?.label, 'Run: npm test …');
    assert.equal(row?.icon, 'shield');
    assert.equal(row?.contextValue, 'request:open:permission');
    assert.equal(row?.tooltip, 'Bash\n\nPublish it.\n\nnpm test\nnpm publish\ntimeout: 5\n\nClaude Code · Fix the login');
    assert.match(row?.accessibilityLabel ?? '', /^Needs your decision: Run: npm test …/);
    const [answered] = needsYouRows(
      board({ requests: [permission({}, { status: 'answered', answer: { decision: 'deny', at: ago(1) } })] }),
      now,
      english,
    );
    assert.equal(answered?.description, 'denied · not read yet · Claude Code');
  });

  it('keeps what an agent that is gone has asked, and says so everywhere', () => {
    const gone = agent({ connected: false, lastHeardAt: ago(660) });
    for (const over of [{}, { status: 'answered' }] as const) {
      const [row] = needsYouRows(board({ requests: [request(over)], agents: [gone] }), now, english);
      for (const text of [row?.description, row?.tooltip, row?.accessibilityLabel])
        assert.match(text ?? '', /agent offline, last active 11 min ago/i);
      assert.equal(row?.color, undefined, 'it is grey');
    }
  });

  it('says when an agent was heard that may only think, and greys nothing out', () => {
    const quiet = agent({ connected: false, lastHeardAt: ago(300) });
    const [row] = needsYouRows(board({ requests: [request()], agents: [quiet] }), now, english);
    for (const text of [row?.description, row?.tooltip, row?.accessibilityLabel]) assert.match(text ?? '', /agent last active 5 min ago/i);
    assert.equal(row?.color, 'notificationsInfoIcon.foreground');
  });

  it('shows an agent that waits in its own window, after what can be answered here', () => {
    const waits = agent({ waitsElsewhere: { text: 'Bash: npm publish', at: ago(180) } });
    const rows = needsYouRows(
      board({ requests: [request(), request({ id: 'request0002', status: 'answered' })], agents: [waits] }),
      now,
      english,
    );
    assert.deepEqual(
      rows.map((row) => row.id),
      ['request:request0001', 'elsewhere:agent000001', 'request:request0002'],
    );
    assert.equal(rows[1]?.label, 'Bash: npm publish');
    assert.equal(rows[1]?.description, 'waiting in its own window · Claude Code · 3 min');
    assert.equal(rows[1]?.accessibilityLabel, 'Needs you in its own window: Bash: npm publish. Claude Code, 3 min ago.');
    assert.deepEqual([rows[1]?.click, rows[1]?.target], ['agentrq.answerRequest', { agentId: 'agent000001' }]);
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
    assert.equal(row?.label, '\\u202Erun (command:x) <img src=x>\\u0007');
    assert.match(row?.tooltip ?? '', /• a\\u200Bb/);
    assert.match(row?.description ?? '', /x\\u2066y/);
  });

  it('stands without a task, an agent or words', () => {
    const bare = request({ question: ' ', createdAt: ago(5) });
    delete bare.taskId;
    delete bare.agentId;
    const [row] = needsYouRows(board({ requests: [bare] }), now, english);
    assert.equal(row?.label, 'a question without words');
    assert.equal(row?.description, 'An agent · no task · a moment');
    assert.deepEqual(row?.target, { requestId: 'request0001' });
  });
});
