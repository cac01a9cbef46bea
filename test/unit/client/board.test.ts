import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { type Board, boardFromSnapshot, emptyBoard, reduce, withPresence } from '../../../src/client/board.ts';
import type { HubEvent } from '../../../src/protocol/events.ts';
import { isFinished } from '../../../src/protocol/isFinished.ts';
import { runs } from '../../support/generated.ts';
import { cursorAt, histories, historiesWithPoint, presences, snapshotAt } from './history.ts';
import { agent, at, id, message, request, task, workspace } from './samples.ts';

type Reduce = typeof reduce;

function reduceAll(start: Board, history: readonly HubEvent[], { from, by = reduce }: { from: number; by?: Reduce }): Board {
  return history.slice(from).reduce((board, event, index) => by(board, cursorAt(from + index), event), start);
}

/** What it holds, copied through and through. */
function plain(board: Board): unknown {
  return structuredClone({ ...board, tasks: [...board.tasks] });
}

/** A snapshot at any point, and the events after it, make the board that the hub would hand out at the end. */
function law(by: Reduce): fc.IPropertyWithHooks<[{ history: readonly HubEvent[]; point: number }]> {
  return fc.property(historiesWithPoint, ({ history, point }) => {
    const now = boardFromSnapshot(snapshotAt(history, history.length));
    assert.deepEqual(reduceAll(boardFromSnapshot(snapshotAt(history, point)), history, { from: point, by }), now);
  });
}

const fewFinished = 1;

/**
 * The same where there are more finished tasks than a board keeps: nothing differs but those, none is kept too many, none is told
 * differently, and none is missing that was told of and has been among the newest ever since.
 */
function smallLaw(by: Reduce): fc.IPropertyWithHooks<[{ history: readonly HubEvent[]; point: number }]> {
  return fc.property(historiesWithPoint, ({ history, point }) => {
    const start = boardFromSnapshot(snapshotAt(history, point, fewFinished));
    const now = boardFromSnapshot(snapshotAt(history, history.length, fewFinished));
    const followed = reduceAll(start, history, { from: point, by: (board, cursor, event) => by(board, cursor, event, fewFinished) });
    const rest = ({ tasks, ...board }: Board) => ({ ...board, tasks: new Map([...tasks].filter(([, one]) => !isFinished(one))) });
    assert.deepEqual(rest(followed), rest(now));
    for (const board of [followed, now]) assert.ok([...board.tasks.values()].filter(isFinished).length <= fewFinished);
    for (const one of now.tasks.values()) {
      const toldAt = history.findLastIndex(({ type, payload }) => type.startsWith('task.') && payload.id === one.id);
      const since = history.map((_, index) => index + 1).filter((index) => index > Math.max(toldAt, point));
      const isTold = toldAt >= point || start.tasks.has(one.id);
      const stayed = since.every((index) => snapshotAt(history, index, fewFinished).tasks.some(({ id: held }) => held === one.id));
      if (followed.tasks.has(one.id) || (isTold && stayed)) assert.deepEqual(followed.tasks.get(one.id), one);
    }
  });
}

/** Events that come again change nothing, although later ones have changed what they set. */
function replayLaw(by: Reduce): fc.IPropertyWithHooks<[{ history: readonly HubEvent[]; point: number }]> {
  return fc.property(historiesWithPoint, ({ history, point }) => {
    const once = reduceAll(emptyBoard, history, { from: 0, by });
    assert.deepEqual(reduceAll(once, history.slice(0, point), { from: 0, by }), once);
  });
}

describe('board', () => {
  it('is the same from a snapshot and the events after it as from any other point', () => fc.assert(law(reduce), { numRuns: runs(500) }));

  it('keeps no more than the newest finished tasks, like a snapshot', () => fc.assert(smallLaw(reduce), { numRuns: runs(500) }));

  it('is the same when events come twice', () => fc.assert(replayLaw(reduce)));

  it('is the same from nothing and all events', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { cursor, ...board } = reduceAll(emptyBoard, history, { from: 0 });
        const { cursor: _, ...model } = boardFromSnapshot(snapshotAt(history, history.length));
        assert.deepEqual(board, model);
        assert.deepEqual(cursor, history.length === 0 ? undefined : cursorAt(history.length - 1));
      }),
    );
  });

  it('never changes a board in place', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let board = emptyBoard;
        for (const [index, event] of history.entries()) {
          const copy = plain(board);
          const next = reduce(board, cursorAt(index), event);
          assert.deepEqual(plain(board), copy);
          board = next;
        }
      }),
    );
  });

  it('keeps the identity of what an event does not touch', () => {
    const before = boardFromSnapshot(snapshotAt([], 0));
    const after = reduce(before, cursorAt(0), { type: 'task.created', payload: task() });
    assert.notEqual(after.tasks, before.tasks);
    assert.equal(after.requests, before.requests);
    assert.equal(after.agents, before.agents);
    assert.equal(after.workspaces, before.workspaces);
    const later = reduce(after, cursorAt(1), { type: 'request.updated', payload: request({ status: 'acted' }) });
    assert.equal(later.requests, before.requests);
    assert.equal(later.tasks, after.tasks);
  });

  it('is the same object when it has seen the event', () => {
    const board = reduce(emptyBoard, cursorAt(4), { type: 'agent.updated', payload: agent() });
    assert.equal(reduce(board, cursorAt(4), { type: 'agent.updated', payload: agent({ title: 'Claude Nine' }) }), board);
    assert.equal(reduce(board, cursorAt(3), { type: 'workspace.updated', payload: workspace() }), board);
  });

  it('takes an event of another log, whatever its number', () => {
    const board = reduce(emptyBoard, cursorAt(4), { type: 'agent.updated', payload: agent() });
    const after = reduce(board, { epoch: 'other', number: 1 }, { type: 'agent.updated', payload: agent({ title: 'Claude Nine' }) });
    assert.equal(after.agents.get(agent().id)?.title, 'Claude Nine');
  });

  it('only moves on when a message is updated', () => {
    const board = reduce(emptyBoard, cursorAt(0), { type: 'task.created', payload: task() });
    const after = reduce(board, cursorAt(1), { type: 'message.updated', payload: message() });
    assert.deepEqual(after, { ...board, cursor: cursorAt(1) });
    assert.equal(after.tasks, board.tasks);
  });

  it('notes when a task was last written to', () => {
    const board = reduce(emptyBoard, cursorAt(0), { type: 'task.created', payload: task() });
    const after = reduce(board, cursorAt(1), { type: 'message.created', payload: message({ createdAt: at(9) }) });
    assert.deepEqual(after.tasks.get(task().id), task({ lastMessageAt: at(9) }));
  });

  it('lets go of a task that is archived, and has it back when it no longer is', () => {
    let board = reduce(emptyBoard, cursorAt(0), { type: 'task.created', payload: task() });
    board = reduce(board, cursorAt(1), { type: 'task.updated', payload: task({ archivedAt: at(1) }) });
    assert.equal(board.tasks.size, 0);
    board = reduce(board, cursorAt(2), { type: 'message.created', payload: message() });
    assert.equal(board.tasks.size, 0);
    board = reduce(board, cursorAt(3), { type: 'task.updated', payload: task() });
    assert.equal(board.tasks.size, 1);
  });

  it('keeps a request until the agent has acted on the answer, and no longer', () => {
    let board = reduce(emptyBoard, cursorAt(0), { type: 'request.created', payload: request() });
    board = reduce(board, cursorAt(1), { type: 'request.updated', payload: request({ status: 'answered' }) });
    assert.equal(board.requests.size, 1);
    board = reduce(board, cursorAt(2), { type: 'request.updated', payload: request({ status: 'delivered' }) });
    assert.equal(board.requests.size, 1);
    board = reduce(board, cursorAt(3), { type: 'request.updated', payload: request({ status: 'acted' }) });
    assert.equal(board.requests.size, 0);
  });

  it('loses the requests of a task with it, and no others', () => {
    let board = reduce(emptyBoard, cursorAt(0), { type: 'task.created', payload: task() });
    board = reduce(board, cursorAt(1), { type: 'request.created', payload: request({ taskId: task().id }) });
    board = reduce(board, cursorAt(2), { type: 'request.created', payload: request({ id: id(301) }) });
    board = reduce(board, cursorAt(3), { type: 'task.deleted', payload: { id: task().id, workspaceId: task().workspaceId } });
    assert.deepEqual([...board.tasks.keys(), ...board.requests.keys()], [id(301)]);
  });

  it('refuses a snapshot that has no place in a log', () => {
    assert.throws(() => boardFromSnapshot({ ...snapshotAt([], 0), cursor: 'nowhere' }), /no place in the log/);
  });
});

describe('the law of the board', () => {
  const wrongReducers: Record<string, Reduce> = {
    'forgets the requests of a deleted task': (board, cursor, event) =>
      event.type === 'task.deleted' ? { ...reduce(board, cursor, event), requests: board.requests } : reduce(board, cursor, event),
    'never notes when a task was written to': (board, cursor, event) =>
      event.type === 'message.created' ? { ...board, cursor } : reduce(board, cursor, event),
    'keeps requests that were acted on': (board, cursor, event) =>
      event.type === 'request.updated'
        ? { ...board, cursor, requests: new Map(board.requests).set(event.payload.id, event.payload) }
        : reduce(board, cursor, event),
    'drops answered requests too early': (board, cursor, event) => {
      const after = reduce(board, cursor, event);
      return { ...after, requests: new Map([...after.requests].filter(([, { status }]) => status === 'open')) };
    },
    'loses its place': (board, cursor, event) => ({ ...reduce(board, cursor, event), cursor: board.cursor }),
  };

  for (const [fault, wrong] of Object.entries(wrongReducers)) {
    it(`catches a reducer that ${fault}`, () => assert.equal(fc.check(law(wrong), { numRuns: 2_000 }).failed, true));
  }

  const wrongOfFinished: Record<string, Reduce> = {
    'keeps every finished task': (board, cursor, event) => reduce(board, cursor, event),
    'keeps one finished task too few': (board, cursor, event) => reduce(board, cursor, event, fewFinished - 1),
    'keeps archived tasks': (board, cursor, event, keep) =>
      event.type === 'task.updated' && event.payload.archivedAt !== undefined
        ? { ...board, cursor, tasks: new Map(board.tasks).set(event.payload.id, event.payload) }
        : reduce(board, cursor, event, keep),
  };

  for (const [fault, wrong] of Object.entries(wrongOfFinished)) {
    it(`catches a reducer that ${fault}`, () => assert.equal(fc.check(smallLaw(wrong), { numRuns: 2_000 }).failed, true));
  }

  it('catches a reducer that takes an event again', () => {
    const wrong: Reduce = (board, cursor, event) => reduce({ ...board, cursor: undefined }, cursor, event);
    assert.equal(fc.check(replayLaw(wrong), { numRuns: 2_000 }).failed, true);
  });
});

type WithPresence = typeof withPresence;

/** A complete message, wherever between the events it comes, makes the presence of every agent that of a snapshot. */
function presenceLaw(by: Reduce, told: WithPresence) {
  const middle = fc.record({
    of: historiesWithPoint,
    before: presences,
    now: presences,
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  return fc.property(middle, ({ of: { history, point }, before, now, share }) => {
    const comesAt = point + Math.floor(share * (history.length - point));
    let board = boardFromSnapshot(snapshotAt(history, point, undefined, before));
    for (let index = point; index <= history.length; index += 1) {
      if (index === comesAt) board = told(board, { agents: [...now], isComplete: true });
      const event = history[index];
      if (event !== undefined) board = by(board, cursorAt(index), event);
    }
    assert.deepEqual(board.agents, boardFromSnapshot(snapshotAt(history, history.length, undefined, now)).agents);
  });
}

describe('the presence of agents on a board', () => {
  it('comes with what is refused, which stays until the hub says otherwise', () => {
    const refused = { count: 3, at: '2026-01-01T00:00:00.000Z' };
    const after = withPresence(emptyBoard, { agents: [], isComplete: false, refused });
    assert.deepEqual(after.refused, refused);
    assert.equal(withPresence(after, { agents: [], isComplete: true }), after);
  });

  it('is that of a snapshot once the hub has told all of it', () => fc.assert(presenceLaw(reduce, withPresence), { numRuns: runs(500) }));

  const agents = [agent(), agent({ id: id(401) })];
  const board = boardFromSnapshot({ ...snapshotAt([], 0), agents });

  it('changes only for those that a message names, and leaves the place in the log', () => {
    const { id: agentId, workspaceId, lastHeardAt } = agent();
    const after = withPresence(board, { agents: [{ id: agentId, workspaceId, connected: false, lastHeardAt }], isComplete: false });
    assert.deepEqual(
      [...after.agents.values()].map(({ connected }) => connected),
      [false, true],
    );
    assert.equal(after.agents.get(id(401)), board.agents.get(id(401)));
    assert.deepEqual(after.cursor, board.cursor);
  });

  it('is the same object when nothing is new', () => {
    const same = [...board.presence.values()];
    assert.equal(withPresence(board, { agents: same, isComplete: true }), board);
    assert.equal(withPresence(board, { agents: [], isComplete: false }), board);
  });

  it('is not what an old event of the log says', () => {
    const after = reduce(board, cursorAt(5), { type: 'agent.updated', payload: agent({ connected: false, title: 'Claude Nine' }) });
    assert.deepEqual(after.agents.get(agent().id), agent({ title: 'Claude Nine' }));
    const unknown = reduce(board, cursorAt(5), { type: 'agent.updated', payload: agent({ id: id(402), waitingFor: [id(300)] }) });
    assert.deepEqual(unknown.agents.get(id(402)), agent({ id: id(402), connected: false }));
  });

  const wrong: Record<string, [Reduce, WithPresence]> = {
    'believes the log': [
      (before, cursor, event) =>
        event.type === 'agent.updated'
          ? { ...before, cursor, agents: new Map(before.agents).set(event.payload.id, event.payload) }
          : reduce(before, cursor, event),
      withPresence,
    ],
    'keeps agents connected that are not listed': [reduce, (before, payload) => withPresence(before, { ...payload, isComplete: false })],
    'forgets agents of which the log tells later': [
      reduce,
      (before, { agents: told, isComplete }) =>
        withPresence(before, { agents: told.filter((one) => before.agents.has(one.id)), isComplete }),
    ],
  };
  for (const [fault, [by, told]] of Object.entries(wrong)) {
    it(`catches one that ${fault}`, () => assert.equal(fc.check(presenceLaw(by, told), { numRuns: 2_000 }).failed, true));
  }
});
