import assert from 'node:assert/strict';
import { ContextKeys, followContext } from '../../../../src/ui/shell/contextKeys.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { agent, ago, board, change, request } from '../support/fixtures.ts';

describe('contextKeyHolder', () => {
  it('sets a key only when its value changes', () => {
    const set: unknown[] = [];
    const keys = new ContextKeys((key, value) => set.push([key, value]));
    for (const value of [false, false, true, true, false]) keys.set('agentrq.pending', value);
    assert.deepEqual(set, [
      ['agentrq.pending', false],
      ['agentrq.pending', true],
      ['agentrq.pending', false],
    ]);
  });
});

describe('followContext', () => {
  it('keeps the keys as the board and the link are', () => {
    const values = new Map<string, unknown>();
    const store = new FakeBoardStore(board({ tasks: [], agents: [] }));
    store.link = { kind: 'starting' };
    const following = followContext(store, new ContextKeys((key, value) => values.set(key, value)), 'Visual Studio Code');
    const expect = (link: string, pending: boolean, agents: boolean, tasks: boolean, answered = false): void =>
      assert.deepEqual(Object.fromEntries(values), {
        'agentrq.link': link,
        'agentrq.pending': pending,
        'agentrq.hasOwnAgents': agents,
        'agentrq.hasAnswered': answered,
        'agentrq.hasTasks': tasks,
      });
    expect('starting', false, false, false);
    store.setLink({ kind: 'live' });
    expect('live', false, false, false);
    store.change(change({ type: 'request.created', payload: request() }, board({ requests: [request()] })));
    expect('live', true, true, true);
    store.replace(
      board({ requests: [request({ status: 'answered', answer: { at: ago(1), decision: 'allow', ruleIds: ['rule0000001'] } })] }),
    );
    expect('live', false, true, true);
    store.replace(board({ requests: [request({ status: 'answered', answer: { at: ago(1), text: 'Yes.' } })] }));
    expect('live', false, true, true, true);
    store.replace(board());
    expect('live', false, true, true, true);
    following.dispose();
    store.setLink({ kind: 'failed', reason: translatable('') });
    expect('live', false, true, true, true);
  });

  it('does not take the practice agent for one that was connected', () => {
    const values = new Map<string, unknown>();
    const store = new FakeBoardStore(board({ agents: [agent({ name: 'practice-agent' })] }));
    followContext(store, new ContextKeys((key, value) => values.set(key, value)), 'Visual Studio Code');
    assert.equal(values.get('agentrq.hasOwnAgents'), false);
  });

  it('does not take the MCP client of the editor, which connects by itself, for an agent, nor one that the user has removed', () => {
    const values = new Map<string, unknown>();
    const store = new FakeBoardStore(board({ agents: [agent({ name: 'Visual Studio Code' })], tasks: [] }));
    followContext(store, new ContextKeys((key, value) => values.set(key, value)), 'Visual Studio Code');
    const seen = (): unknown => values.get('agentrq.hasOwnAgents');
    assert.equal(seen(), false);
    store.replace(board({ agents: [agent({ name: 'Visual Studio Code' }), agent({ name: 'codex' })], tasks: [] }));
    assert.equal(seen(), true);
    store.replace(board({ agents: [agent({ name: 'codex', removedAt: ago(60) })] }));
    assert.equal(seen(), false);
  });
});
