import assert from 'node:assert/strict';
import { emptyBoard } from '../../../src/client/board.ts';
import { agentsWaitingElsewhere, answersUnderWay, needCount, openRequests } from '../../../src/client/needs.ts';
import { agent, at, id, request } from './samples.ts';

describe('needs', () => {
  const requests = [request({ id: id(3) }), request({ id: id(1) }), request({ id: id(2), status: 'answered' })];
  const board = { ...emptyBoard, requests: new Map(requests.map((item) => [item.id, item])) };

  it('are the open requests, the one that has waited longest first', () => {
    assert.deepEqual(
      openRequests(board).map((item) => item.id),
      [id(1), id(3)],
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
