import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { reduceThread, type Thread, threadFrom } from '../../../src/client/thread.ts';
import type { HubEvent } from '../../../src/protocol/events.ts';
import type { Message, Request } from '../../../src/protocol/model.ts';
import { cursorAt, historiesWithPoint } from './history.ts';

/** What the hub answers to `getTask` after the first `point` events, told by looking back; `undefined` if there is no such task then. */
function threadAt(history: readonly HubEvent[], point: number, taskId: string): Thread | undefined {
  const past = history.slice(0, point);
  if (past.some((event) => event.type === 'task.deleted' && event.payload.id === taskId)) return undefined;
  const last = past.findLast((event) => (event.type === 'task.created' || event.type === 'task.updated') && event.payload.id === taskId);
  if (last?.type !== 'task.created' && last?.type !== 'task.updated') return undefined;
  const messages = new Map<string, Message>();
  const requests = new Map<string, Request>();
  let { lastMessageAt } = last.payload;
  for (const event of past) {
    if ((event.type === 'message.created' || event.type === 'message.updated') && event.payload.taskId === taskId) {
      messages.set(event.payload.id, event.payload);
      if (event.type === 'message.created') lastMessageAt = event.payload.createdAt;
    }
    if (event.type === 'message.deleted' && event.payload.taskId === taskId) messages.delete(event.payload.id);
    if ((event.type === 'request.created' || event.type === 'request.updated') && event.payload.taskId === taskId)
      requests.set(event.payload.id, event.payload);
  }
  return {
    cursor: { epoch: 'law', number: point },
    task: { ...last.payload, ...(lastMessageAt !== undefined && { lastMessageAt }) },
    messages,
    requests,
  };
}

describe('a thread', () => {
  it('is the same when it is read now as when it was read earlier and followed since', () => {
    let compared = 0;
    fc.assert(
      fc.property(historiesWithPoint, ({ history, point }) => {
        const ids = new Set(history.flatMap((event) => (event.type === 'task.created' ? [event.payload.id] : [])));
        for (const id of ids) {
          const earlier = threadAt(history, point, id);
          if (earlier === undefined) continue;
          const followed = history.reduce((thread, event, index) => reduceThread(thread, id, cursorAt(index), event), earlier);
          const now = threadAt(history, history.length, id);
          compared += 1;
          if (now === undefined) assert.deepEqual([followed.task, followed.messages.size, followed.requests.size], [undefined, 0, 0]);
          else assert.deepEqual({ ...followed, cursor: undefined }, { ...now, cursor: undefined });
        }
      }),
    );
    assert.ok(compared > 20, `only ${compared} threads were compared`);
  });

  it('doesn’t change by what it has seen, or by what is about another task', () => {
    fc.assert(
      fc.property(historiesWithPoint, ({ history, point }) => {
        const event = history.find(({ type }) => type === 'task.created');
        if (event?.type !== 'task.created') return;
        const thread = threadAt(history, point, event.payload.id);
        if (thread === undefined) return;
        for (const [index, each] of history.slice(0, point).entries())
          assert.equal(reduceThread(thread, event.payload.id, cursorAt(index), each), thread);
        for (const [index, each] of history.entries()) assert.equal(reduceThread(thread, 'another0001', cursorAt(index), each), thread);
      }),
    );
  });

  it('has to say where it stands in the log', () => {
    assert.throws(() => threadFrom({ cursor: 'x', task: {} as never, messages: [], requests: [] }), /no place in the log/);
  });
});
