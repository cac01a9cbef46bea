import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { reduceThread, type TaskThread, threadFromResponse } from '../../../src/client/thread.ts';
import type { HubEvent } from '../../../src/protocol/events.ts';
import { cursorAt, histories, threadAt } from './history.ts';
import { at, id, message, request, task } from './samples.ts';

type Reduce = typeof reduceThread;

/** A history, a task in it, and a point at which the task is there. */
const tasksInHistories = histories
  .filter((history) => history.some((event) => event.type === 'task.created'))
  .chain((history) => {
    const spans = history.flatMap((event, index) => {
      if (event.type !== 'task.created') return [];
      const { id: taskId } = event.payload;
      const deletedAt = history.findIndex((other) => other.type === 'task.deleted' && other.payload.id === taskId);
      return [{ taskId, first: index + 1, end: deletedAt === -1 ? history.length : deletedAt, isDeleted: deletedAt !== -1 }];
    });
    return fc
      .constantFrom(...spans)
      .chain((span) =>
        fc.record({ history: fc.constant(history), span: fc.constant(span), point: fc.integer({ min: span.first, max: span.end }) }),
      );
  });

function reduceAll(
  start: TaskThread,
  history: readonly HubEvent[],
  { from, by = reduceThread }: { from: number; by?: Reduce },
): TaskThread {
  return history.slice(from).reduce((thread, event, index) => by(thread, cursorAt(from + index), event), start);
}

function law(by: Reduce) {
  return fc.property(tasksInHistories, ({ history, span, point }) => {
    const { cursor: _, ...reduced } = reduceAll(threadFromResponse(threadAt(history, point, span.taskId)), history, { from: point, by });
    const { cursor: __, ...model } = threadFromResponse(threadAt(history, span.end, span.taskId));
    assert.deepEqual(reduced, { ...model, deleted: span.isDeleted });
  });
}

describe('thread', () => {
  it('is the same from an answer of the hub and the events after it as from a later answer', () =>
    fc.assert(law(reduceThread), { numRuns: 500 }));

  it('is the same when events come twice', () => {
    fc.assert(
      fc.property(tasksInHistories, ({ history, span }) => {
        const once = reduceAll(threadFromResponse(threadAt(history, span.first, span.taskId)), history, { from: span.first });
        // What came before the last event of this task is passed over by number; what came after is about other tasks.
        assert.equal(reduceAll(once, history, { from: 0 }), once);
      }),
    );
  });

  const thread = threadFromResponse({ cursor: 'law.1', task: task(), messages: [], requests: [] });

  it('is the same object after an event of another task', () => {
    const others: HubEvent[] = [
      { type: 'task.updated', payload: task({ id: id(999) }) },
      { type: 'task.deleted', payload: { id: id(999), workspaceId: id(1) } },
      { type: 'message.created', payload: message({ taskId: id(999) }) },
      { type: 'message.updated', payload: message({ taskId: id(999) }) },
      { type: 'request.created', payload: request() },
      { type: 'request.updated', payload: request({ taskId: id(999) }) },
    ];
    for (const other of others) assert.equal(reduceThread(thread, cursorAt(5), other), thread, other.type);
  });

  it('keeps messages and requests in the order of their ids', () => {
    const read = threadFromResponse({
      cursor: 'law.1',
      task: task(),
      messages: [message({ id: id(203) }), message({ id: id(201) })],
      requests: [request({ id: id(303) }), request({ id: id(301) })],
    });
    assert.deepEqual(
      read.messages.map((item) => item.id),
      [id(201), id(203)],
    );
    assert.deepEqual(
      read.requests.map((item) => item.id),
      [id(301), id(303)],
    );
    const later = reduceThread(read, cursorAt(1), { type: 'message.created', payload: message({ id: id(202) }) });
    const last = reduceThread(later, cursorAt(2), { type: 'request.created', payload: request({ id: id(302), taskId: task().id }) });
    assert.deepEqual(
      last.messages.map((item) => item.id),
      [id(201), id(202), id(203)],
    );
    assert.deepEqual(
      last.requests.map((item) => item.id),
      [id(301), id(302), id(303)],
    );
  });

  it('shows how far a message has come', () => {
    const written = reduceThread(thread, cursorAt(1), {
      type: 'message.created',
      payload: message({ sender: 'human', delivery: 'queued' }),
    });
    const delivered = reduceThread(written, cursorAt(2), {
      type: 'message.updated',
      payload: message({ sender: 'human', delivery: 'delivered' }),
    });
    assert.deepEqual(delivered.messages, [message({ sender: 'human', delivery: 'delivered' })]);
    assert.equal(delivered.task.lastMessageAt, at(1));
  });

  it('keeps requests that are done', () => {
    const asked = reduceThread(thread, cursorAt(1), { type: 'request.created', payload: request({ taskId: task().id }) });
    const acted = reduceThread(asked, cursorAt(2), { type: 'request.updated', payload: request({ taskId: task().id, status: 'acted' }) });
    assert.deepEqual(
      acted.requests.map((item) => item.status),
      ['acted'],
    );
  });

  it('refuses an answer that has no place in a log', () => {
    assert.throws(() => threadFromResponse({ cursor: '', task: task(), messages: [], requests: [] }), /no place in the log/);
  });
});

describe('the law of the thread', () => {
  it('catches a reducer that takes the messages of every task', () => {
    const wrong: Reduce = (thread, cursor, event) =>
      event.type === 'message.created'
        ? reduceThread(thread, cursor, { ...event, payload: { ...event.payload, taskId: thread.task.id } })
        : reduceThread(thread, cursor, event);
    assert.equal(fc.check(law(wrong), { numRuns: 2_000 }).failed, true);
  });

  it('catches a reducer that passes over updates of messages', () => {
    const wrong: Reduce = (thread, cursor, event) => (event.type === 'message.updated' ? thread : reduceThread(thread, cursor, event));
    assert.equal(fc.check(law(wrong), { numRuns: 2_000 }).failed, true);
  });
});
