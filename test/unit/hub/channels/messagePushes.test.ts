import assert from 'node:assert/strict';
import type { Listener, Listeners } from '../../../../src/hub/channels/listeners.ts';
import { createMessagePushes } from '../../../../src/hub/channels/messagePushes.ts';
import { markFlying, markPushed, proveDeliveries } from '../../../../src/hub/service/deliveries.ts';
import { replyAsUser } from '../../../../src/hub/service/messages.ts';
import { createTask, takeTask } from '../../../../src/hub/service/tasks.ts';
import { timestamp } from '../../../../src/util/clock.ts';
import { startTestService, type TestService } from '../../../support/testService.ts';

describe('what is pushed to a session', () => {
  let service: TestService;
  let taskId: string;

  beforeEach(() => {
    service = startTestService();
    const { context, workspaceId } = service;
    taskId = createTask(context, { workspaceId, title: 't', body: '', assignee: 'agent', createdBy: 'human' }).id;
  });

  function listenerOf(id: string): Listener {
    const { agents, clock, workspaceId } = service;
    const introduction = { name: 'acp-gateway' };
    const session = { id, workspaceId, introduction, protocolVersion: '2025-11-25', openedAt: timestamp(clock) };
    return { session, caller: { agent: agents.heard(workspaceId, introduction), connectionId: `session:${id}` }, isGateway: true };
  }

  function listening(...all: Listener[]): Listeners {
    return {
      of: ({ id }) => all.find(({ session }) => session.id === id),
      ofWorkspace: () => all,
      forTask: () => all.slice(-1),
      isListening: (_, connectionId) => all.some(({ caller }) => caller.connectionId === connectionId),
      gateway: () => all.at(-1),
    };
  }

  const write = (text: string) => replyAsUser(service.context, { workspaceId: service.workspaceId, taskId, text }).message;

  it('leaves out what is proven to have arrived while the session catches up', async () => {
    const { context } = service;
    const listener = listenerOf('one');
    const [first, second] = [write('first'), write('second')];
    const written: string[] = [];
    const pushes = createMessagePushes({
      cancel: () => assert.fail('nothing was stopped'),
      context,
      listeners: listening(listener),
      write: async (_, { content }) => {
        written.push(content);
        // The session calls, and what it had before has arrived.
        proveDeliveries(context, listener.caller);
        return true;
      },
    });
    takeTask(context, listener.caller, taskId);
    context.store.deliveries.put({
      itemId: second.id,
      kind: 'message',
      workspaceId: service.workspaceId,
      agentId: listener.caller.agent.id,
      connectionId: listener.caller.connectionId,
      state: 'sent',
    });
    await pushes.catchUp(listener);
    assert.deepEqual(written, [`[Reply to task ${taskId}] first`]);
    assert.equal(context.store.messages.get(second.id)?.delivery, 'delivered');
    assert.equal(context.store.messages.get(first.id)?.delivery, 'offered');
  });

  it('goes to one session of an agent, and to another when that one is gone', async () => {
    const { context } = service;
    const [one, two] = [listenerOf('one'), listenerOf('two')];
    const message = write('hi');
    const written: string[] = [];
    const pushesTo = (...all: Listener[]) =>
      createMessagePushes({
        cancel: () => assert.fail('nothing was stopped'),
        context,
        listeners: listening(...all),
        write: async (id) => written.push(id) > 0,
      });
    await pushesTo(one).push(message.id);
    await pushesTo(one, two).catchUp(two);
    assert.deepEqual(written, ['one']);
    await pushesTo(two).catchUp(two);
    assert.deepEqual(written, ['one', 'two']);
  });

  it('waits again when it could not be written', async () => {
    const { context } = service;
    const listener = listenerOf('one');
    const message = write('hi');
    for (const isWritten of [false, true, true]) {
      await createMessagePushes({
        cancel: () => assert.fail('nothing was stopped'),
        context,
        listeners: listening(listener),
        write: async () => isWritten,
      }).push(message.id);
      assert.equal(context.store.messages.get(message.id)?.delivery, isWritten ? 'offered' : 'queued');
    }
  });

  it('is remembered by a hub that starts anew, also where it proves nothing; what was under way is not', () => {
    const { caller } = listenerOf('one');
    const [pushed, flying] = [write('pushed'), write('flying')];
    markPushed(service.context, caller, pushed.id);
    markFlying(service.context, { caller, requestIds: [], messageIds: [flying.id] });
    const { store } = service.restart().context;
    assert.deepEqual([store.deliveries.ofItem(pushed.id).length, store.deliveries.ofItem(flying.id).length], [1, 0]);
    assert.deepEqual([store.messages.get(pushed.id)?.delivery, store.messages.get(flying.id)?.delivery], ['queued', 'queued']);
  });
});
