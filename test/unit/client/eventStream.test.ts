import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { formatCursor } from '../../../src/protocol/cursor.ts';
import { UserError } from '../../../src/util/errors.ts';
import { translatable } from '../../../src/util/sentence.ts';
import { runs } from '../../support/generated.ts';
import type { Behaviour } from '../../support/misbehavingServer.ts';
import { waitFor } from '../../support/waitFor.ts';
import { type Following, followServer, upTo } from './followServer.ts';
import { id, task } from './samples.ts';

const origin = { epoch: 'log1', number: 0 };
const valid = JSON.stringify({ type: 'task.created', payload: task() });

/** Each event of the log came in once, in order, and is the one that was written. */
function assertAllOnce({ server, received, numbers }: Following): void {
  assert.deepEqual(numbers(), upTo(server.head.number));
  for (const { cursor, event } of received) assert.deepEqual(event, { type: 'task.created', payload: task({ id: id(cursor.number) }) });
}

describe('eventStream', () => {
  it('brings what was missed, then each event as it happens', async () => {
    await using following = await followServer();
    const { server, stream, append, waitForAll, received, states } = following;
    append(3);
    stream.start({ ...origin, number: 1 });
    await waitForAll();
    append(2);
    await waitForAll();
    assert.deepEqual(
      received.map(({ cursor, live }) => [cursor.number, live]),
      [
        [2, false],
        [3, false],
        [4, true],
        [5, true],
      ],
    );
    assert.deepEqual(states, [{ kind: 'live' }]);
    assert.equal(server.requests[0]?.path, '/api/v1/events/stream');
    assert.equal(server.requests[0]?.headers.authorization, `Bearer ${server.address.token}`);
    assert.equal(server.requests[0]?.headers['last-event-id'], 'log1.1');
    assert.equal(server.requests[0]?.headers.accept, 'text/event-stream');
  });

  it('is connecting until a slow hub has answered', async () => {
    await using following = await followServer();
    const { server, stream, append, waitForAll, states } = following;
    server.plan({ kind: 'slow to connect' });
    append(1);
    stream.start(origin);
    await waitFor('the request', () => server.requests.length === 1);
    assert.deepEqual([stream.state, states], [{ kind: 'connecting' }, []]);
    server.release();
    await waitForAll();
    assert.equal(stream.state.kind, 'live');
    assertAllOnce(following);
  });

  it('comes back after a cut in the middle of an event, and has that event once', async () => {
    await using following = await followServer();
    const { server, stream, append, waitForAll, states } = following;
    append(4);
    server.plan({ kind: 'cut mid-frame', after: 2 }, { kind: 'cut mid-frame', after: 1 });
    stream.start(origin);
    await waitForAll();
    assertAllOnce(following);
    assert.deepEqual(
      server.requests.map(({ headers }) => headers['last-event-id']),
      ['log1.0', 'log1.2', 'log1.3'],
    );
    assert.deepEqual(
      states.map(({ kind }) => kind),
      ['live', 'waiting', 'connecting', 'live', 'waiting', 'connecting', 'live'],
    );
    assert.ok(states.every((state) => state.kind !== 'waiting' || state.reason === 'The connection to the hub was lost.'));
  });

  const refusals: [string, Behaviour, RegExp][] = [
    ['a 401', { kind: 'status', status: 401 }, /doesn't accept this window's token \(401\)\.$/],
    ['a 403', { kind: 'status', status: 403 }, /doesn't accept this window's token \(403\)\.$/],
    ['a 503', { kind: 'status', status: 503 }, /not ready yet \(503\)\.$/],
    ['a 204', { kind: 'status', status: 204 }, /opens no stream \(204\)\.$/],
    ['a 500', { kind: 'status', status: 500 }, /opens no stream \(500\)\.$/],
    ['an answer that is no stream', { kind: 'wrong content type' }, /What answers at http:\/\/127\.0\.0\.1:\d+ is not the hub\.$/],
    ['an end in order', { kind: 'end' }, /The connection to the hub was lost\.$/],
  ];
  for (const [what, behaviour, reason] of refusals) {
    it(`comes back after ${what}, and says why it waits`, async () => {
      await using following = await followServer();
      const { server, stream, append, waitForAll, states } = following;
      append(2);
      server.plan(behaviour, behaviour, behaviour);
      stream.start(origin);
      await waitFor('the fourth request', () => server.requests.length === 4);
      await waitForAll();
      assertAllOnce(following);
      const reasons = states.flatMap((state) => (state.kind === 'waiting' ? [state.reason] : []));
      assert.equal(reasons.length, 3);
      for (const given of reasons) assert.match(given, reason);
      await following.waitForState('live');
    });
  }

  it('reads a stream that comes byte by byte', async () => {
    await using following = await followServer();
    following.append(3);
    following.server.plan({ kind: 'trickle' });
    following.stream.start(origin);
    await following.waitForAll();
    assertAllOnce(following);
    assert.equal(following.server.requests.length, 1);
  });

  it('finds the hub on another port with another token', async () => {
    await using following = await followServer();
    const { server, stream, append, waitForAll, waitForState } = following;
    append(2);
    stream.start(origin);
    await waitForAll();
    const before = server.address;
    await server.stop();
    await waitForState('waiting', /The hub doesn't answer\./);
    append(2);
    await server.comeBack();
    await waitForAll();
    assertAllOnce(following);
    assert.notDeepEqual(server.address, before);
    assert.equal(server.requests.at(-1)?.headers.authorization, `Bearer ${server.address.token}`);
  });

  it('drops what it has had when the hub sends it again', async () => {
    await using following = await followServer();
    const { server, stream, append, waitForAll } = following;
    append(4);
    server.plan({ kind: 'cut mid-frame', after: 3 }, { kind: 'overlap', by: 3 });
    stream.start(origin);
    await waitForAll();
    assertAllOnce(following);
  });

  it('passes over types of a newer hub, and goes on after them', async () => {
    await using following = await followServer();
    const { server, stream, append, log } = following;
    append(1);
    server.append({ type: 'weather.changed', payload: { rain: true } });
    stream.start(origin);
    await waitFor('the unknown type', () => log.some((line) => line === 'trace: event log1.2 is of an unknown type: weather.changed'));
    server.cut();
    append(1);
    await following.waitForAll();
    assert.deepEqual(following.numbers(), [1, 3]);
    assert.equal(server.requests.at(-1)?.headers['last-event-id'], 'log1.2');
    assert.equal(following.resets, 0);
  });

  const faults: [string, string, RegExp][] = [
    ['an event is missing', `id: log1.2\ndata: ${valid}\n\n`, /^error: event 2 came after 0$/],
    ['an event can not be read', 'id: log1.1\ndata: {"type":"task.created","payload":{}}\n\n', /^error: event log1\.1 can't be read: /],
    ['an event is not JSON', 'id: log1.1\ndata: {\n\n', /^error: event log1\.1 can't be read: the data is not JSON$/],
    ['an event has no place', `data: ${valid}\n\n`, /^error: a frame has no place in the log: ""$/],
    ['an event has a place that is none', `id: 7\ndata: ${valid}\n\n`, /^error: a frame has no place in the log: "7"$/],
    ['the log is another one', `id: log2.1\ndata: ${valid}\n\n`, /^info: a new snapshot is needed: the log is log2, no longer log1$/],
    [
      'the hub says so',
      'id: log1.9\ndata: {"type":"reset","payload":{"reason":"too-old","cursor":"log1.9"}}\n\n',
      /^info: a new snapshot is needed: the hub says too-old$/,
    ],
  ];
  for (const [what, text, line] of faults) {
    it(`asks for a new snapshot and stops when ${what}`, async () => {
      await using following = await followServer();
      const { server, stream, log } = following;
      server.plan({ kind: 'raw', text: `${text}id: log1.1\ndata: ${valid}\n\n` });
      stream.start(origin);
      await following.waitForReset();
      await waitFor('the connection to end', () => server.open === 0);
      assert.deepEqual(following.numbers(), []);
      assert.ok(
        log.some((given) => line.test(given)),
        log.join('\n'),
      );
      assert.equal(stream.state.kind, 'connecting');
      assert.equal(server.requests.length, 1);
      assert.equal(following.resets, 1);
    });
  }

  it('goes on from a new snapshot after a reset', async () => {
    await using following = await followServer();
    const { server, stream, append, received } = following;
    append(2);
    stream.start(origin);
    await following.waitForAll();
    server.newLog();
    server.cut();
    await following.waitForReset();
    append(1);
    received.length = 0;
    stream.start({ epoch: server.head.epoch, number: 0 });
    await waitFor('the first event of the new log', () => received.length === 1);
    assert.deepEqual(received[0]?.cursor, { epoch: 'log1x', number: 1 });
    assert.equal(stream.state.kind, 'live');
  });

  it('takes everything for live, and warns, when the hub does not say where its log ends', async () => {
    await using following = await followServer();
    following.append(1);
    following.server.plan({ kind: 'no head' });
    following.stream.start(origin);
    await following.waitForAll();
    assert.equal(following.received[0]?.live, true);
    assert.ok(following.log.some((line) => line.startsWith('warn: the hub does not say where its log ends')));
  });

  it('waits and asks again when there is no address, or one that is none', async () => {
    const answers = [
      () => Promise.reject(new UserError(translatable('The hub is not there.'))),
      async () => ({ url: 'nonsense', token: '' }),
    ];
    await using following = await followServer({ address: async () => (await answers.shift()?.()) ?? following.server.address });
    following.append(1);
    following.stream.start(origin);
    await following.waitForAll();
    assert.deepEqual(
      following.states.map((state) => (state.kind === 'waiting' ? state.reason : state.kind)),
      ['The hub is not there.', 'connecting', "The hub can't be reached: see the log.", 'connecting', 'live'],
    );
  });

  it('begins again from where it is told, and leaves the old connection', async () => {
    await using following = await followServer();
    const { server, stream, append } = following;
    append(3);
    stream.start({ ...origin, number: 3 });
    await following.waitForState('live');
    stream.start(origin);
    assert.equal(stream.state.kind, 'connecting');
    await following.waitForAll();
    assertAllOnce(following);
    await waitFor('the old connection to end', () => server.open === 1);
  });

  it('lets go when it is stopped, until the next start', async () => {
    await using following = await followServer();
    const { server, stream, append } = following;
    stream.start(origin);
    await following.waitForState('live');
    stream.stop();
    await waitFor('the connection to end', () => server.open === 0);
    append(2);
    assert.equal(following.received.length, 0);
    stream.start(origin);
    await following.waitForAll();
    assert.equal(server.requests.length, 2);
  });

  it('lets go and stays silent once it is disposed', async () => {
    let asked = 0;
    await using following = await followServer({
      async address() {
        asked += 1;
        return following.server.address;
      },
    });
    const { server, stream, append, states } = following;
    stream.start(origin);
    await following.waitForState('live');
    stream.dispose();
    stream.dispose();
    await waitFor('the connection to end', () => server.open === 0);
    append(1);
    stream.start(origin);
    assert.deepEqual(states, [{ kind: 'live' }]);
    assert.equal(asked, 1);
  });

  it('does not connect when it was disposed while it asked for the address', async () => {
    const asked = Promise.withResolvers<void>();
    let connections = 0;
    await using following = await followServer({
      address: async () => {
        await asked.promise;
        return following.server.address;
      },
      async fetch() {
        connections += 1;
        return new Response(null, { status: 204 });
      },
    });
    following.stream.start(origin);
    following.stream.dispose();
    asked.resolve();
    await new Promise(setImmediate);
    assert.equal(connections, 0);
  });

  it('goes on when a listener fails, and logs it', async () => {
    await using following = await followServer();
    const { stream, append, log } = following;
    stream.onDidReceive(() => assert.fail('no listener should be like this'));
    append(2);
    stream.start(origin);
    await following.waitForAll();
    assertAllOnce(following);
    assert.equal(log.filter((line) => line === 'error: a listener failed: no listener should be like this').length, 2);
  });

  it('never logs the token', async () => {
    await using following = await followServer();
    following.server.plan({ kind: 'status', status: 401 }, { kind: 'cut mid-frame', after: 0 });
    following.append(1);
    following.stream.start(origin);
    await following.waitForAll();
    assert.ok(following.log.length > 0);
    assert.ok(!following.log.join('\n').includes('token-of-life'));
  });

  it('brings each event once and in order, whatever the connections do', async () => {
    const behaviours = fc.oneof(
      fc.constantFrom<Behaviour>({ kind: 'normal' }, { kind: 'end' }, { kind: 'trickle' }, { kind: 'wrong content type' }),
      fc.nat({ max: 3 }).map((after): Behaviour => ({ kind: 'cut mid-frame', after })),
      fc.nat({ max: 5 }).map((by): Behaviour => ({ kind: 'overlap', by })),
      fc.constantFrom(204, 401, 403, 503).map((status): Behaviour => ({ kind: 'status', status })),
    );
    const steps = fc.array(fc.constantFrom('append', 'cut'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(fc.array(behaviours, { maxLength: 8 }), steps, fc.nat({ max: 5 }), async (plan, moves, before) => {
        await using following = await followServer({ random: () => 0 });
        following.append(before);
        following.server.plan(...plan);
        following.stream.start(origin);
        for (const move of moves) {
          if (move === 'append') following.append(2);
          else following.server.cut();
          await new Promise(setImmediate);
        }
        following.append(1);
        await following.waitForAll();
        assertAllOnce(following);
        assert.equal(following.resets, 0);
        assert.equal(following.received.at(-1)?.cursor.number, following.server.head.number, formatCursor(following.server.head));
      }),
      { numRuns: runs(40) },
    );
  });
});
