import assert from 'node:assert/strict';
import { emptyBoard } from '../../../src/client/board.ts';
import { agentsWaitingElsewhere, answersUnderWay, needCount, needState, openRequests, requestsByNeed } from '../../../src/client/needs.ts';
import { agent, at, id, request, task } from './samples.ts';

describe('needs', () => {
  const requests = [request({ id: id(3) }), request({ id: id(1) }), request({ id: id(2), status: 'answered' })];
  const board = { ...emptyBoard, requests: new Map(requests.map((item) => [item.id, item])) };

  it('are the open requests, the one that has waited longest first', () => {
    assert.deepEqual(
      openRequests(board).map((item) => item.id),
      [id(1), id(3)],
    );
  });

  it('come in the order of need: first the permission for which an agent that is there stands still', () => {
    const permission = { tool: 'Bash', input: 'ls' };
    const asked = [
      request({ id: id(1), agentId: id(11) }),
      request({ id: id(2), agentId: id(12), kind: 'permission', permission }),
      request({ id: id(3), agentId: id(13), kind: 'permission', permission }),
      request({ id: id(4), agentId: id(14), kind: 'permission', permission }),
      request({ id: id(5), kind: 'permission', permission }),
    ];
    const agents = [
      agent({ id: id(11), connected: true, waitingFor: [id(1)] }),
      agent({ id: id(12), connected: false, waitingFor: [id(2)] }),
      agent({ id: id(13), connected: true, waitingFor: [id(3)] }),
      agent({ id: id(14), connected: true, waitingFor: [id(4)] }),
    ];
    const waiting = {
      ...emptyBoard,
      requests: new Map(asked.toReversed().map((item) => [item.id, item])),
      agents: new Map(agents.map((item) => [item.id, item])),
    };
    assert.deepEqual(
      requestsByNeed(waiting).map((item) => item.id),
      [3, 4, 1, 2, 5].map(id),
    );
  });

  it('come next by what waiting costs: what holds up work before what the agent can go on without', () => {
    const asked = [1, 2, 3, 4].map((number) => request({ id: id(number), agentId: id(10 + number), taskId: id(20 + number) }));
    const agents = [
      agent({ id: id(11), connected: true }),
      agent({ id: id(12), connected: true, hears: 'now' }),
      agent({ id: id(13), connected: false }),
      agent({ id: id(14), connected: true, waitingFor: [id(9), id(4)] }),
    ];
    const waiting = {
      ...emptyBoard,
      requests: new Map(asked.map((item) => [item.id, item])),
      agents: new Map(agents.map((item) => [item.id, item])),
      tasks: new Map([[id(23), task({ id: id(23), status: 'blocked' })]]),
    };
    assert.deepEqual(
      requestsByNeed(waiting).map((item) => [item.id, needState(waiting, item)]),
      [
        [id(4), 'standsStill'],
        [id(2), 'holdsUpWork'],
        [id(3), 'holdsUpWork'],
        [id(1), 'canGoOn'],
      ],
    );
  });

  it('are counted without the answers that are on their way', () => assert.equal(needCount(board), 2));

  it('leave out what a rule answered, when it comes to answers under way', () => {
    const answered = [
      request({ id: id(5), status: 'answered' }),
      request({ id: id(4), status: 'answered' }),
      request({ id: id(6), status: 'answered', answer: { at: at(1), ruleIds: [id(9)] } }),
      request({ id: id(7), status: 'delivered' }),
    ];
    assert.deepEqual(
      answersUnderWay({ ...emptyBoard, requests: new Map(answered.map((item) => [item.id, item])) }).map((item) => item.id),
      [id(4), id(5)],
    );
  });

  it('count the agents that wait in a place of their own, the longest wait first', () => {
    const agents = [
      agent({ id: id(1) }),
      agent({ id: id(2), waitsElsewhere: { text: 'b', at: at(2) } }),
      agent({ id: id(3), waitsElsewhere: { text: 'a', at: at(1) } }),
    ];
    const waiting = { ...board, agents: new Map(agents.map((item) => [item.id, item])) };
    assert.deepEqual(
      agentsWaitingElsewhere(waiting).map((item) => item.id),
      [id(3), id(2)],
    );
    assert.equal(needCount(waiting), 4);
  });

  it('are none on an empty board', () => {
    assert.deepEqual(openRequests(emptyBoard), []);
    assert.equal(needCount(emptyBoard), 0);
  });
});
