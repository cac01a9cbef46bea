import assert from 'node:assert/strict';
import { boardFromSnapshot, emptyBoard } from '../../../src/client/board.ts';
import { type BoardChange, createBoardStore } from '../../../src/client/boardStore.ts';
import type { EventStream, ReceivedEvent } from '../../../src/client/eventStream.ts';
import type { HubApi } from '../../../src/client/hubApi.ts';
import type { LinkState } from '../../../src/client/linkState.ts';
import { type Cursor, formatCursor } from '../../../src/protocol/cursor.ts';
import type { HubEvent, PresenceMessage } from '../../../src/protocol/events.ts';
import { HubError } from '../../../src/protocol/hubErrors.ts';
import type { Request } from '../../../src/protocol/model.ts';
import type { OperationOutput, Snapshot } from '../../../src/protocol/operations.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { Emitter } from '../../../src/util/emitter.ts';
import { UserError } from '../../../src/util/errors.ts';
import { createLogger, nullLog } from '../../../src/util/log.ts';
import { translatable } from '../../../src/util/sentence.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { waitFor } from '../../support/waitFor.ts';
import { followServer } from './followServer.ts';
import { cursorAt, snapshotAt } from './history.ts';
import { agent, id, request, task } from './samples.ts';

/** A stream that says what a test makes it say. */
class FakeStream implements EventStream {
  readonly #states = new Emitter<LinkState>(fail);
  readonly #events = new Emitter<ReceivedEvent>(fail);
  readonly #presences = new Emitter<PresenceMessage>(fail);
  readonly #resets = new Emitter<true>(fail);
  readonly onDidChangeState = this.#states.event;
  readonly onDidReceive = this.#events.event;
  readonly onDidHearPresence = this.#presences.event;
  state: LinkState = { kind: 'connecting' };
  /** Where it was started, one entry for each start. */
  readonly starts: Cursor[] = [];
  isRunning = false;
  hurries = 0;

  onDidReset(listener: () => void) {
    return this.#resets.event(() => listener());
  }
  start(cursor: Cursor): void {
    this.starts.push(cursor);
    this.isRunning = true;
  }
  retryNow(): void {
    this.hurries += 1;
  }
  stop(): void {
    this.isRunning = false;
  }
  dispose(): void {
    this.stop();
  }

  say(state: LinkState): void {
    this.state = state;
    this.#states.fire(state);
  }
  bring(cursor: Cursor, event: HubEvent, { live }: { live: boolean } = { live: true }): void {
    this.#events.fire({ cursor, event, live });
  }
  bringPresence(message: PresenceMessage): void {
    this.#presences.fire(message);
  }
  reset(): void {
    this.#resets.fire(true);
  }
}

function fail(error: unknown): void {
  throw error;
}

const created = (number: number): HubEvent => ({ type: 'task.created', payload: task({ id: id(number) }) });

/** An api that knows one operation. */
function apiWithBoard(getBoard: () => Promise<Snapshot>): HubApi {
  return {
    async call(name) {
      assert.equal(name, 'getBoard');
      return (await getBoard()) as OperationOutput<typeof name>;
    },
    upload: () => assert.fail('a board uploads nothing'),
    download: () => assert.fail('a board downloads nothing'),
  };
}

/** A store over a fake stream and a hub whose answers to `getBoard` the test gives one by one. */
function createStore() {
  const clock = createFakeClock();
  const stream = new FakeStream();
  const asked: PromiseWithResolvers<Snapshot>[] = [];
  const api = apiWithBoard(async () => {
    const question = Promise.withResolvers<Snapshot>();
    asked.push(question);
    return await question.promise;
  });
  const log: string[] = [];
  const store = createBoardStore({
    api,
    stream,
    clock,
    random: () => 1,
    log: createLogger((level, line) => log.push(`${level}: ${line}`)),
  });
  const changes: BoardChange[] = [];
  const links: LinkState[] = [];
  let replaced = 0;
  store.onDidChange((change) => changes.push(change));
  store.onDidChangeLink((link) => links.push(link));
  store.onDidReplace((board) => {
    assert.equal(board, store.board);
    replaced += 1;
  });
  return {
    clock,
    stream,
    store,
    changes,
    links,
    log,
    asked,
    replaced: () => replaced,
    async answer(snapshot: Snapshot): Promise<void> {
      asked.at(-1)?.resolve(snapshot);
      await new Promise(setImmediate);
    },
    async refuse(error: Error): Promise<void> {
      asked.at(-1)?.reject(error);
      await new Promise(setImmediate);
    },
  };
}

const past = [created(1), created(2)];
const snapshot = snapshotAt(past, 2);

describe('boardStore', () => {
  it('keeps what nobody waits for any more, as long as an answer to it counts', async () => {
    const { store, stream, answer } = createStore();
    store.start();
    await answer(snapshot);
    const say = (status: Request['status'], number: number): void =>
      stream.bring(cursorAt(number), { type: 'request.updated', payload: request({ id: id(7), status }) });
    say('open', 3);
    assert.equal(store.expired.size, 0);
    say('expired', 4);
    assert.deepEqual([store.board.requests.has(id(7)), store.expired.get(id(7))?.status], [false, 'expired']);
    stream.reset();
    say('superseded', 5);
    assert.equal(store.expired.size, 1, 'while it reads the board anew it hears nothing');
    store.dispose();
  });

  it('forgets what was settled after nobody waited for it', async () => {
    const { store, stream, answer } = createStore();
    store.start();
    await answer(snapshot);
    for (const [index, status] of (['expired', 'superseded', 'expired', 'open'] as const).entries()) {
      stream.bring(cursorAt(3 + index), { type: 'request.updated', payload: request({ id: id(7), status }) });
      assert.equal(store.expired.has(id(7)), status === 'expired', status);
    }
    store.dispose();
  });

  it('is empty and starting before it is started', () => {
    const { store, asked } = createStore();
    assert.deepEqual([store.board, store.link, asked.length], [emptyBoard, { kind: 'starting' }, 0]);
  });

  it('takes a snapshot and follows the stream from there', async () => {
    const { store, stream, answer, links, replaced } = createStore();
    store.start();
    assert.deepEqual(store.link, { kind: 'connecting' });
    await answer(snapshot);
    assert.deepEqual(store.board, boardFromSnapshot(snapshot));
    assert.equal(replaced(), 1);
    assert.deepEqual(stream.starts, [cursorAt(1)]);
    stream.say({ kind: 'live' });
    assert.deepEqual(links, [{ kind: 'connecting' }, { kind: 'live' }]);
  });

  it('says at once what each event did, and whether it is live', async () => {
    const { store, stream, answer, changes } = createStore();
    store.start();
    await answer(snapshot);
    const before = store.board;
    stream.bring(cursorAt(2), created(3), { live: false });
    const between = store.board;
    stream.bring(cursorAt(3), { type: 'request.created', payload: request() });
    assert.deepEqual(changes, [
      { event: created(3), before, after: between, live: false },
      { event: { type: 'request.created', payload: request() }, before: between, after: store.board, live: true },
    ]);
    assert.equal(store.board.tasks.size, 3);
    assert.equal(store.board.requests.size, 1);
  });

  it('folds the presence of agents into the board while it follows, and says so once', async () => {
    const { store, stream, answer, changes } = createStore();
    store.start();
    const { id: agentId, workspaceId, lastHeardAt } = agent();
    const presence = { id: agentId, workspaceId, connected: true, lastHeardAt };
    const event: PresenceMessage = { type: 'agents.presence', payload: { agents: [presence], isComplete: true } };
    stream.bringPresence(event);
    assert.equal(store.board, emptyBoard, 'what an old stream says belongs to another board');
    await answer({ ...snapshot, agents: [agent({ connected: false })] });
    const before = store.board;
    stream.bringPresence(event);
    stream.bringPresence(event);
    assert.deepEqual(changes, [{ event, before, after: store.board, live: true }]);
    assert.deepEqual([store.board.agents.get(agentId)?.connected, store.board.cursor], [true, before.cursor]);
  });

  it('says nothing of an event that the snapshot held already', async () => {
    const { store, stream, answer, changes } = createStore();
    store.start();
    await answer(snapshot);
    const before = store.board;
    stream.bring(cursorAt(1), created(2));
    assert.equal(store.board, before);
    assert.deepEqual(changes, []);
  });

  it('mirrors how the stream stands', async () => {
    const { store, stream, answer, links } = createStore();
    store.start();
    await answer(snapshot);
    const waiting: LinkState = { kind: 'waiting', reason: 'The connection to the hub was lost.', delayMs: 5 };
    for (const state of [{ kind: 'live' }, waiting, { kind: 'connecting' }, { kind: 'live' }] as const) stream.say(state);
    assert.deepEqual(links.slice(1), [{ kind: 'live' }, waiting, { kind: 'connecting' }, { kind: 'live' }]);
  });

  it('takes a new snapshot after a reset, and nothing of the old stream meanwhile', async () => {
    const { store, stream, answer, clock, asked, changes, replaced } = createStore();
    store.start();
    await answer(snapshot);
    stream.say({ kind: 'live' });
    stream.reset();
    assert.deepEqual(store.link, { kind: 'waiting', reason: 'The board is being read anew.', delayMs: 250 });
    assert.equal(stream.isRunning, false);
    clock.advance(250);
    assert.equal(asked.length, 2);
    stream.bring(cursorAt(2), created(3));
    stream.say({ kind: 'live' });
    stream.reset();
    assert.equal(store.link.kind, 'connecting');
    assert.equal(store.board.tasks.size, 2);
    await answer({ ...snapshotAt([created(9)], 1), cursor: 'other.1' });
    assert.deepEqual([...store.board.tasks.keys()], [id(9)]);
    assert.deepEqual(stream.starts.at(-1), { epoch: 'other', number: 1 });
    assert.deepEqual([changes.length, replaced(), asked.length], [0, 2, 2]);
  });

  it('waits longer each time when the log resets again and again, and begins anew after a quiet while', async () => {
    const { store, stream, answer, clock } = createStore();
    const delays: number[] = [];
    const resetAndWait = (): void => {
      stream.reset();
      const delayMs = store.link.kind === 'waiting' ? store.link.delayMs : assert.fail(store.link.kind);
      delays.push(delayMs);
      clock.advance(delayMs);
    };
    store.start();
    for (let round = 0; round < 3; round += 1) {
      await answer(snapshot);
      resetAndWait();
    }
    await answer(snapshot);
    clock.advance(10_000);
    resetAndWait();
    assert.deepEqual(delays, [250, 500, 1_000, 250]);
  });

  it('tries again when there is no snapshot, and says why it waits', async () => {
    const { store, clock, refuse, answer, asked, links, log } = createStore();
    store.start();
    await refuse(new UserError(translatable("The hub doesn't answer."), { cause: new Error('ECONNREFUSED') }));
    assert.deepEqual(store.link, { kind: 'waiting', reason: "The hub doesn't answer.", delayMs: 250 });
    assert.ok(log.includes("warn: no snapshot could be taken: The hub doesn't answer.: ECONNREFUSED"));
    clock.advance(250);
    await refuse(new HubError('unauthorized', 'This token is not known.'));
    assert.deepEqual(store.link, { kind: 'waiting', reason: 'This token is not known.', delayMs: 500 });
    clock.advance(500);
    await answer({ ...snapshot, cursor: 'nowhere' });
    assert.deepEqual(store.link, { kind: 'waiting', reason: "The hub can't be reached: see the log.", delayMs: 1_000 });
    assert.equal(store.board, emptyBoard);
    clock.advance(1_000);
    await answer(snapshot);
    assert.equal(store.board.tasks.size, 2);
    assert.equal(asked.length, 4);
    assert.deepEqual(
      links.map(({ kind }) => kind),
      ['connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'waiting', 'connecting'],
    );
  });

  it('does not wait when the hub is back: for the snapshot, nor for the stream', async () => {
    const { store, stream, refuse, answer, asked } = createStore();
    store.start();
    await refuse(new UserError(translatable("The hub doesn't answer.")));
    store.retryNow();
    await waitFor('another attempt', () => asked.length === 2);
    await answer(snapshot);
    stream.say({ kind: 'live' });
    store.retryNow();
    assert.equal(stream.hurries, 0);
    stream.say({ kind: 'waiting', reason: 'The connection to the hub was lost.', delayMs: 250 });
    store.retryNow();
    assert.deepEqual([stream.hurries, asked.length], [1, 2]);
  });

  it('waits no longer than at first when it is started anew', async () => {
    const { store, clock, refuse } = createStore();
    store.start();
    await refuse(new UserError(translatable("The hub doesn't answer.")));
    clock.advance(250);
    await refuse(new UserError(translatable("The hub doesn't answer.")));
    store.start();
    await refuse(new UserError(translatable("The hub doesn't answer.")));
    assert.deepEqual(store.link, { kind: 'waiting', reason: "The hub doesn't answer.", delayMs: 250 });
  });

  it('keeps the board that it has while there is no newer one', async () => {
    const { store, stream, answer, refuse, clock } = createStore();
    store.start();
    await answer(snapshot);
    stream.reset();
    clock.advance(250);
    await refuse(new UserError(translatable("The hub doesn't answer.")));
    assert.equal(store.board.tasks.size, 2);
  });

  it('takes the newest snapshot when it is started twice', async () => {
    const { store, stream, asked, replaced } = createStore();
    store.start();
    store.start();
    assert.equal(asked.length, 2);
    asked[1]?.resolve(snapshot);
    await new Promise(setImmediate);
    asked[0]?.resolve(snapshotAt([], 0));
    await new Promise(setImmediate);
    assert.equal(store.board.tasks.size, 2);
    assert.equal(replaced(), 1);
    assert.equal(stream.starts.length, 1);
  });

  it('stands still at what is reported, until it is started', async () => {
    const { store, stream, answer, asked, clock, links } = createStore();
    store.report({ kind: 'starting' });
    assert.deepEqual(links, []);
    store.start();
    await answer(snapshot);
    store.report({ kind: 'failed', reason: translatable('The port is taken.') });
    assert.equal(stream.isRunning, false);
    stream.say({ kind: 'live' });
    stream.bring(cursorAt(2), created(3));
    clock.advance(60_000);
    assert.deepEqual(store.link, { kind: 'failed', reason: translatable('The port is taken.') });
    assert.equal(store.board.tasks.size, 2);
    assert.equal(asked.length, 1);
    store.start();
    await answer(snapshotAt([...past, created(3)], 3));
    assert.equal(store.board.tasks.size, 3);
    assert.equal(stream.isRunning, true);
  });

  it('gives up an attempt when something else is reported', async () => {
    const { store, answer, refuse, clock, asked, replaced } = createStore();
    store.start();
    store.report({ kind: 'starting' });
    await answer(snapshot);
    assert.deepEqual([store.link, replaced()], [{ kind: 'starting' }, 0]);
    store.start();
    await refuse(new UserError(translatable("The hub doesn't answer.")));
    store.report({ kind: 'failed', reason: translatable('The editor is too old.') });
    clock.advance(60_000);
    assert.equal(asked.length, 2);
  });

  it('does nothing more once it is disposed', async () => {
    const { store, stream, answer, clock, changes, links, asked } = createStore();
    store.start();
    await answer(snapshot);
    const said = links.length;
    store.dispose();
    store.dispose();
    assert.equal(stream.isRunning, false);
    stream.bring(cursorAt(2), created(3));
    stream.say({ kind: 'live' });
    stream.reset();
    store.start();
    store.report({ kind: 'starting' });
    clock.advance(60_000);
    assert.deepEqual([changes.length, links.length, asked.length, clock.pending], [0, said, 1, 0]);
    assert.equal(store.link.kind, 'connecting');
  });

  it('takes no answer that comes after it was disposed', async () => {
    const { store, stream, answer, replaced } = createStore();
    store.start();
    store.dispose();
    await answer(snapshot);
    assert.deepEqual([store.board, replaced(), stream.starts.length], [emptyBoard, 0, 0]);
  });

  it('does not start the stream when a listener stopped it on the way', async () => {
    const { store, stream, answer } = createStore();
    store.onDidReplace(() => store.report({ kind: 'failed', reason: translatable('Enough.') }));
    store.start();
    await answer(snapshot);
    assert.equal(stream.starts.length, 0);
    assert.equal(store.link.kind, 'failed');
  });

  it('goes on when a listener fails, and logs it', async () => {
    const { store, stream, answer, log, changes } = createStore();
    store.onDidChange(() => assert.fail('no listener should be like this'));
    store.start();
    await answer(snapshot);
    stream.bring(cursorAt(2), created(3));
    stream.bring(cursorAt(3), created(4));
    assert.equal(changes.length, 2);
    assert.equal(log.filter((line) => line === 'error: a listener failed: no listener should be like this').length, 2);
  });
});

describe('boardStore with a stream of a hub that misbehaves', () => {
  it('holds what the hub holds, through cuts, refusals and a log that begins anew', async () => {
    await using following = await followServer();
    const { server, stream, append } = following;
    let known: HubEvent[] = [];
    const add = (count: number): void => {
      append(count);
      known = Array.from({ length: server.head.number }, (_, index) => created(index + 1));
    };
    const api = apiWithBoard(async () => ({ ...snapshotAt(known, known.length), cursor: formatCursor(server.head) }));
    const store = createBoardStore({ api, stream, clock: systemClock, random: () => 0.02, log: nullLog });

    server.plan({ kind: 'status', status: 503 }, { kind: 'cut mid-frame', after: 1 }, { kind: 'status', status: 401 });
    add(3);
    store.start();
    await waitFor('three tasks', () => store.link.kind === 'live' && store.board.tasks.size === 3);
    add(2);
    server.cut();
    add(2);
    await waitFor('seven tasks', () => store.board.tasks.size === 7);

    server.newLog();
    add(1);
    server.cut();
    await waitFor('the task of the new log', () => store.board.tasks.size === 1 && store.link.kind === 'live');
    add(1);
    await waitFor('the second task of the new log', () => store.board.tasks.size === 2);
    store.dispose();
    await waitFor('the connection to end', () => server.open === 0);
  });
});
