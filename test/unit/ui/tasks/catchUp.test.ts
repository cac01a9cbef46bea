import assert from 'node:assert/strict';
import { catchUp } from '../../../../src/ui/tasks/catchUp.ts';
import { agent, ago, board, english, message, now, request, task } from '../support/fixtures.ts';

function parts(...args: Parameters<typeof board>): Record<string, string> {
  const messages = [
    message(),
    message({ id: 'message0002', kind: 'status', text: 'ongoing' }),
    message({ id: 'message0003', sender: 'human', text: 'Go on.' }),
  ];
  return Object.fromEntries(
    catchUp(board(...args), { task: task({ agentId: 'agent000001' }), messages }, now, english).map(({ heading, text }) => [heading, text]),
  );
}

describe('catchUp', () => {
  it('says what a task is for, how far it is, what it needs and what waiting costs', () => {
    const waiting = agent({ waitingFor: ['request0001'] });
    assert.deepEqual(parts({ agents: [waiting], requests: [request()] }), {
      Goal: 'Fix the login\n\nIt fails on Mondays.',
      'Done so far': 'The tests are green.\n\nOngoing · Claude Code · 1 min ago',
      'Needs from you': 'Claude Code asks: Deploy to staging?',
      'What waiting costs': 'Claude Code asked 3 min ago, and stands still for it.',
    });
  });

  it('says that nobody waits', () => {
    const { 'Needs from you': needs, 'What waiting costs': cost } = parts();
    assert.deepEqual([needs, cost], ['Nothing.', 'Nothing: no agent waits for you here.']);
  });

  it('tells an agent that goes on, and one that is gone, from one that stands still', () => {
    assert.equal(parts({ requests: [request()] })['What waiting costs'], 'Claude Code asked 3 min ago, and does not stand still for it.');
    const gone = agent({ connected: false, waitingFor: ['request0001'], lastHeardAt: ago(700) });
    assert.match(parts({ agents: [gone], requests: [request()] })['What waiting costs'] ?? '', /does not stand still.*the agent is gone/);
  });

  it('leaves out what only begins and ends a block of code', () => {
    const text = 'The place:\n\n```python\ntotal(items)\n```\nThat is `all`.';
    const [, done] = catchUp(board(), { task: task(), messages: [message({ text })] }, now, english);
    assert.match(done?.text ?? '', /^The place:\n\ntotal\(items\)\nThat is `all`\.\n\n/);
  });

  it('shows what is hidden in the words of agents', () => {
    const [, done] = catchUp(board(), { task: task(), messages: [message({ text: 'a\u202Eb' })] }, now, english);
    assert.match(done?.text ?? '', /a\\u202Eb/);
  });
});
