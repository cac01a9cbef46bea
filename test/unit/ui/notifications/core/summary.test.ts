import assert from 'node:assert/strict';
import { type Board, emptyBoard } from '../../../../../src/client/board.ts';
import type { Request, Task } from '../../../../../src/protocol/model.ts';
import { arrivalOf } from '../../../../../src/ui/notifications/core/arrival.ts';
import type { NotificationEvent } from '../../../../../src/ui/notifications/core/event.ts';
import { summarize } from '../../../../../src/ui/notifications/core/summary.ts';
import { agent, at, id, message, request, task } from '../../../client/samples.ts';
import { finished, question } from './playWindows.ts';

const all = (): boolean => true;
const since = Date.parse(at(100));

function board(tasks: Task[], requests: Request[] = []): Board {
  const byId = <T extends { id: string }>(items: T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [item.id, item]));
  return { ...emptyBoard, tasks: byId(tasks), requests: byId(requests), agents: byId([agent()]) };
}

describe('summarize', () => {
  it('counts the events that it is given, by kind', () => {
    const { counts } = summarize(board([]), [question('q:1'), question('q:2'), finished('f')], undefined, all);
    assert.deepEqual(counts, { question: 2, permission: 0, review: 0, task: 0, finished: 1, blocked: 0, message: 0 });
  });

  it('of a return counts what was finished and given up since then, what is blocked since whenever, and what waits now', () => {
    const tasks = [
      task({ id: id(1), status: 'completed', updatedAt: at(99) }),
      task({ id: id(2), status: 'completed', updatedAt: at(100) }),
      task({ id: id(3), status: 'rejected', updatedAt: at(50) }),
      task({ id: id(4), status: 'rejected', updatedAt: at(150) }),
      task({ id: id(5), status: 'blocked', updatedAt: at(10) }),
      task({ id: id(6), status: 'ongoing', updatedAt: at(150) }),
    ];
    const { counts, blockedSince } = summarize(board(tasks, [request(), request({ id: id(301), kind: 'permission' })]), [], since, all);
    assert.deepEqual(counts, { question: 1, permission: 1, review: 0, task: 0, finished: 1, blocked: 2, message: 0 });
    assert.equal(blockedSince, Date.parse(at(10)));
  });

  it('counts nothing twice', () => {
    const done = task({ status: 'completed', updatedAt: at(150) });
    const now = board([done], [request()]);
    const note = message({ kind: 'status' });
    const events = [
      arrivalOf({ event: { type: 'message.created', payload: note }, before: now, after: now, live: true }),
      arrivalOf({ event: { type: 'request.created', payload: request() }, before: now, after: now, live: true }),
    ].filter((event) => event !== undefined);
    assert.equal(events.length, 2);
    const { counts } = summarize(now, events, since, all);
    assert.deepEqual([counts.finished, counts.question], [1, 1]);
  });

  it('knows from the note since when a task is blocked, whatever has happened to the task after that', () => {
    const stuck = board([task({ status: 'blocked', updatedAt: at(900) })]);
    const note = message({ kind: 'status', createdAt: at(200) });
    const event = arrivalOf({ event: { type: 'message.created', payload: note }, before: stuck, after: stuck, live: true });
    assert.equal(summarize(stuck, [event ?? assert.fail()], undefined, all).blockedSince, Date.parse(at(200)));
  });

  it('leaves out what the settings leave out', () => {
    const tasks = [task({ status: 'completed', updatedAt: at(150), agentId: id(400) })];
    const asked: Pick<NotificationEvent, 'kind' | 'agent' | 'workspaceId'>[] = [];
    const { counts } = summarize(board(tasks), [], since, (subject) => {
      asked.push(subject);
      return false;
    });
    assert.equal(counts.finished, 0);
    assert.deepEqual(asked, [{ kind: 'finished', agent: 'claude-code', workspaceId: task().workspaceId }]);
  });
});
