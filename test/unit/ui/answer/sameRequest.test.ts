import assert from 'node:assert/strict';
import { sameRequest } from '../../../../src/ui/answer/sameRequest.ts';
import { board, permission, request } from '../support/fixtures.ts';

describe('sameRequest', () => {
  const found = (asked: ReturnType<typeof request>, others: readonly ReturnType<typeof request>[]): string[] =>
    sameRequest(board({ requests: [asked, ...others] }), asked).map(({ id }) => id);

  it('finds who asks exactly the same, and nobody else', () => {
    const asked = request({ choices: ['a', 'b'] });
    assert.deepEqual(
      found(asked, [
        request({ id: 'request0003', agentId: 'agent000002', choices: ['a', 'b'] }),
        request({ id: 'request0002', taskId: 'task0000002', question: ' Deploy to staging? ', choices: ['a', 'b'] }),
        request({ id: 'request0004', choices: ['a'] }),
        request({ id: 'request0005', choices: ['a', 'b'], multiple: true }),
        request({ id: 'request0006', choices: ['a', 'b'], question: 'Deploy?' }),
        request({ id: 'request0007', choices: ['a', 'b'], status: 'answered' }),
        permission({}, { id: 'request0008', question: 'Deploy to staging?', choices: ['a', 'b'] }),
      ]),
      ['request0002', 'request0003'],
    );
  });

  it('finds permissions for the same thing in the same folder, byte for byte', () => {
    const wants = { cwd: '/shop' };
    assert.deepEqual(
      found(permission(wants), [
        permission(wants, { id: 'request0002', agentId: 'agent000002' }),
        permission({ ...wants, uses: 2 }, { id: 'request0003' }),
        permission({ ...wants, description: 'In other words' }, { id: 'request0011' }),
        permission({ ...wants, input: '{"command":"npm publish "}' }, { id: 'request0004' }),
        permission({ ...wants, tool: 'bash' }, { id: 'request0005' }),
        permission({ cwd: '/elsewhere' }, { id: 'request0006' }),
        permission({}, { id: 'request0007' }),
        permission({ ...wants, partial: true }, { id: 'request0008' }),
        permission(wants, { id: 'request0009', workspaceId: 'workspace02' }),
        permission(wants, { id: 'request0010', status: 'expired' }),
      ]),
      ['request0002', 'request0003'],
    );
    assert.deepEqual(found(permission({ partial: true }), [permission({ partial: true }, { id: 'request0002' })]), []);
  });

  it('finds no review: each is of other work', () => {
    assert.deepEqual(found(request({ kind: 'review' }), [request({ kind: 'review', id: 'request0002' })]), []);
  });
});
