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
      'Needs from you': 'Claude Code asks: Deploy to staging?\n\nClaude Code asked 3 min ago and is blocked on you.',
    });
  });

  it('says that nobody waits', () => {
    assert.equal(parts()['Needs from you'], 'Nothing.');
  });

  it('tells an agent that goes on, and one that is gone, from one that stands still', () => {
    assert.match(parts({ requests: [request()] })['Needs from you'] ?? '', /Claude Code asked 3 min ago and can go on meanwhile\.$/);
    const gone = agent({ connected: false, waitingFor: ['request0001'], lastHeardAt: ago(700) });
    assert.match(parts({ agents: [gone], requests: [request()] })['Needs from you'] ?? '', /can go on meanwhile.*agent offline/);
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
