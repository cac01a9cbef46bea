import assert from 'node:assert/strict';
import { ContextKeyHolder } from '../../../src/ui/contextKeyHolder.ts';
import { followContext } from '../../../src/ui/followContext.ts';
import { translatable } from '../../../src/util/sentence.ts';
import { FakeBoardStore } from './fakeBoardStore.ts';
import { agent, ago, board, change, request } from './fixtures.ts';

describe('contextKeyHolder', () => {
  it('sets a key only when its value changes', () => {
    const set: unknown[] = [];
    const keys = new ContextKeyHolder((key, value) => set.push([key, value]));
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
    const following = followContext(store, new ContextKeyHolder((key, value) => values.set(key, value)));
    const expect = (link: string, pending: boolean, agents: boolean, tasks: boolean, answered = false): void =>
      assert.deepEqual(Object.fromEntries(values), {
        'agentrq.link': link,
        'agentrq.pending': pending,
        'agentrq.hasAgents': agents,
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
    followContext(store, new ContextKeyHolder((key, value) => values.set(key, value)));
    assert.deepEqual([values.get('agentrq.hasAgents'), values.get('agentrq.hasOwnAgents')], [true, false]);
  });
});
