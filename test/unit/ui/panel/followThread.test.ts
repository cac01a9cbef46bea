import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { HubEvent } from '../../../../src/protocol/events.ts';
import type { OperationOutput } from '../../../../src/protocol/operations.ts';
import { followThread } from '../../../../src/ui/panel/followThread.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { agent, board, message, task, workspaceId } from '../support/fixtures.ts';

describe('a thread that is followed', () => {
  function follow(over: { read?: () => OperationOutput<'getTask'> } = {}) {
    const store = new FakeBoardStore(board());
    const read = over.read ?? (() => ({ cursor: 'e.5', task: task(), messages: [message()], requests: [] }));
    const api = new FakeHubApi({ getTask: read });
    const heard: (string | undefined)[] = [];
    const follower = followThread({
      board: store,
      api,
      key: { workspaceId, taskId: 'task0000001' },
      onDidChange: (change) => heard.push(change?.event.type),
    });
    const happen = (number: number, event: HubEvent): void =>
      store.change({ event, before: store.board, after: { ...store.board, cursor: { epoch: 'e', number } }, live: true });
    const texts = (): string[] =>
      follower.state.kind === 'loaded' ? [...follower.state.thread.messages.values()].map(({ text }) => text) : [follower.state.kind];
    return { store, api, follower, heard, happen, texts };
  }
  const said = (id: string, text: string): HubEvent => ({ type: 'message.created', payload: message({ id, text }) });

  it('has what happened while it was being read, once', async () => {
    const { happen, texts, heard } = follow();
    happen(5, said('message0001', 'It is in there already.'));
    happen(6, said('message0002', 'It is not.'));
    assert.deepEqual(texts(), ['loading']);
    await turn();
    assert.deepEqual(texts(), ['The tests are green.', 'It is not.']);
    assert.deepEqual(heard, [undefined]);
    happen(7, said('message0003', 'Next.'));
    happen(8, { type: 'message.created', payload: message({ id: 'message0004', taskId: 'task0000002' }) });
    happen(9, { type: 'agent.updated', payload: agent() });
    assert.deepEqual(texts(), ['The tests are green.', 'It is not.', 'Next.']);
    assert.deepEqual(heard, [undefined, 'message.created', 'agent.updated']);
  });

  it('is read anew after a gap', async () => {
    const { store, api, heard } = follow();
    await turn();
    store.replace(board());
    await turn();
    assert.equal(api.calls.length, 2);
    assert.deepEqual(heard, [undefined, undefined]);
  });

  it('says why it can’t be read, and tries again when the board is back', async () => {
    let works = false;
    const { store, texts, follower, heard } = follow({
      read: () => {
        if (!works) throw new Error('no hub');
        return { cursor: 'e.5', task: task(), messages: [], requests: [] };
      },
    });
    await turn();
    assert.deepEqual([texts(), heard.length], [['failed'], 1]);
    works = true;
    store.replace(board());
    await turn();
    assert.equal(follower.state.kind, 'loaded');
  });

  it('is left alone once nobody follows it', async () => {
    const { follower, heard, happen } = follow();
    follower.dispose();
    await turn();
    happen(6, said('message0002', 'x'));
    assert.deepEqual(heard, []);
  });
});
