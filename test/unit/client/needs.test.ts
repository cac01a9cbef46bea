import assert from 'node:assert/strict';
import { emptyBoard } from '../../../src/client/board.ts';
import { needCount, openRequests } from '../../../src/client/needs.ts';
import { id, request } from './samples.ts';

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

  it('are none on an empty board', () => {
    assert.deepEqual(openRequests(emptyBoard), []);
    assert.equal(needCount(emptyBoard), 0);
  });
});
