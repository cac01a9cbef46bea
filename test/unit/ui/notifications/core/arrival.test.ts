import assert from 'node:assert/strict';
import type { Board } from '../../../../../src/client/board.ts';
import { emptyBoard } from '../../../../../src/client/board.ts';
import type { BoardChange } from '../../../../../src/client/boardStore.ts';
import type { HubEvent } from '../../../../../src/protocol/events.ts';
import type { Agent, Request, Task } from '../../../../../src/protocol/model.ts';
import { arrivalOf, isUnresolved, waitingOn } from '../../../../../src/ui/notifications/core/arrival.ts';
import { agent, at, id, message, request, task } from '../../../client/samples.ts';

function board({ tasks = [task()], requests = [], agents = [] }: { tasks?: Task[]; requests?: Request[]; agents?: Agent[] } = {}): Board {
  const byId = <T extends { id: string }>(items: T[]): ReadonlyMap<string, T> => new Map(items.map((item) => [item.id, item]));
  return { ...emptyBoard, tasks: byId(tasks), requests: byId(requests), agents: byId(agents) };
}

function arrive(event: HubEvent, before = board(), after = before) {
  return arrivalOf({ event, before, after, live: true });
}

describe('arrivalOf', () => {
  it('takes a new request for what it is', () => {
    for (const kind of ['question', 'permission', 'review'] as const) {
      const event = arrive(
        { type: 'request.created', payload: request({ kind, agentId: id(400) }) },
        board(),
        board({ agents: [agent()] }),
      );
      assert.deepEqual([event?.kind, event?.agent], [kind, 'claude-code']);
    }
  });

  it('takes a request for new that had expired and is asked for again, under another id', () => {
    const first = arrive({ type: 'request.created', payload: request() });
    const again = arrive({ type: 'request.updated', payload: request({ updatedAt: at(60) }) });
    assert.ok(again);
    assert.notEqual(again.id, first?.id);
    const open = board({ requests: [request()] });
    assert.equal(arrive({ type: 'request.updated', payload: request({ updatedAt: at(60) }) }, open), undefined, 'it was open all the time');
  });

  it('passes over a request whose answer the user took back', () => {
    const answered = board({ requests: [request({ status: 'answered' })] });
    assert.equal(arrive({ type: 'request.updated', payload: request({ updatedAt: at(60) }) }, answered), undefined);
  });

  it('passes over what a rule answers, and what is answered', () => {
    for (const status of ['answered', 'superseded', 'expired'] as const) {
      assert.equal(arrive({ type: 'request.created', payload: request({ status }) }), undefined);
    }
  });

  it('takes what an agent writes, and passes over the user’s own words', () => {
    assert.equal(arrive({ type: 'message.created', payload: message() })?.kind, 'message');
    assert.equal(arrive({ type: 'message.created', payload: message({ sender: 'human' }) }), undefined);
    assert.equal(arrive({ type: 'message.updated', payload: message() }), undefined);
  });

  it('takes the note of a move by where the task is now', () => {
    const kinds = (['completed', 'blocked', 'rejected', 'ongoing', 'notstarted'] as const).map((status) => {
      const after = board({ tasks: [task({ status })] });
      return arrive({ type: 'message.created', payload: message({ kind: 'status' }) }, after)?.kind;
    });
    assert.deepEqual(kinds, ['finished', 'blocked', 'blocked', undefined, undefined]);
  });

  it('takes that an agent waits in its own window, when it begins to', () => {
    const waits = agent({ waitsElsewhere: { text: 'May I?', at: at(5) } });
    assert.equal(arrive({ type: 'agent.updated', payload: waits })?.kind, 'question');
    assert.equal(arrive({ type: 'agent.updated', payload: waits }, board({ agents: [waits] })), undefined);
    assert.equal(arrive({ type: 'agent.updated', payload: agent() }), undefined);
  });
});

describe('isUnresolved', () => {
  const of = (event: HubEvent, on = board()) => arrive(event, board({ tasks: [] }), on) ?? assert.fail();

  it('says whether a request is open', () => {
    const event = of({ type: 'request.created', payload: request() });
    assert.equal(isUnresolved(event, board({ requests: [request()] })), true);
    assert.equal(isUnresolved(event, board({ requests: [request({ status: 'answered' })] })), false);
    assert.equal(isUnresolved(event, board()), false);
  });

  it('says whether an agent still waits since then', () => {
    const waits = agent({ waitsElsewhere: { text: 'May I?', at: at(5) } });
    const event = of({ type: 'agent.updated', payload: waits });
    assert.equal(isUnresolved(event, board({ agents: [waits] })), true);
    assert.equal(isUnresolved(event, board({ agents: [agent({ waitsElsewhere: { text: 'May I?', at: at(9) } })] })), false);
    assert.equal(isUnresolved(event, board({ agents: [agent()] })), false);
  });

  it('says whether a task is still where it was moved', () => {
    const blocked = board({ tasks: [task({ status: 'blocked' })] });
    const event = of({ type: 'message.created', payload: message({ kind: 'status' }) }, blocked);
    assert.equal(isUnresolved(event, blocked), true);
    assert.equal(isUnresolved(event, board()), false);
  });

  it('holds a message to be dealt with when the user has written to its task, or the task is gone', () => {
    const event = of({ type: 'message.created', payload: message() });
    const wrote = (taskId: string): BoardChange => ({
      event: { type: 'message.created', payload: message({ id: id(201), sender: 'human', taskId }) },
      before: board(),
      after: board(),
      live: true,
    });
    assert.equal(isUnresolved(event, board()), true);
    assert.equal(isUnresolved(event, board(), wrote(id(101))), true);
    assert.equal(isUnresolved(event, board(), wrote(id(100))), false);
    assert.equal(isUnresolved(event, board({ tasks: [] })), false);
  });
});

describe('waitingOn', () => {
  it('has the requests that are open and the agents that wait elsewhere, under the ids under which they arrive', () => {
    const waits = agent({ waitsElsewhere: { text: 'May I?', at: at(5) } });
    const now = board({ requests: [request(), request({ id: id(301), status: 'answered' })], agents: [waits] });
    assert.deepEqual(
      waitingOn(now).map((event) => event.id),
      [arrive({ type: 'request.created', payload: request() })?.id, arrive({ type: 'agent.updated', payload: waits })?.id],
    );
  });
});
