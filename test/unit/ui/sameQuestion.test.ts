import assert from 'node:assert/strict';
import { sameQuestion } from '../../../src/ui/sameQuestion.ts';
import { board, permission, request } from './fixtures.ts';

describe('sameQuestion', () => {
  it('finds who asks exactly the same, and nobody else', () => {
    const asked = request({ choices: ['a', 'b'] });
    const others = [
      request({ id: 'request0003', agentId: 'agent000002', choices: ['a', 'b'] }),
      request({ id: 'request0002', taskId: 'task0000002', question: ' Deploy to staging? ', choices: ['a', 'b'] }),
      request({ id: 'request0004', choices: ['a'] }),
      request({ id: 'request0005', choices: ['a', 'b'], multiple: true }),
      request({ id: 'request0006', choices: ['a', 'b'], question: 'Deploy?' }),
      request({ id: 'request0007', choices: ['a', 'b'], status: 'answered' }),
    ];
    const found = sameQuestion(board({ requests: [asked, ...others] }), asked);
    assert.deepEqual(
      found.map(({ id }) => id),
      ['request0002', 'request0003'],
    );
  });

  it('finds none for a permission: each is decided by itself', () => {
    const asked = permission();
    assert.deepEqual(sameQuestion(board({ requests: [asked, permission({}, { id: 'request0002' })] }), asked), []);
  });
});
