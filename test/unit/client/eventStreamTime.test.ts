import assert from 'node:assert/strict';
import type { LinkState } from '../../../src/client/linkState.ts';
import { heartbeatMs, stallMs } from '../../../src/protocol/limits.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { waitFor } from '../../support/waitFor.ts';
import { type Following, followServer } from './followServer.ts';

const origin = { epoch: 'log1', number: 0 };

function delayOf(state: LinkState): number {
  return state.kind === 'waiting' ? state.delayMs : assert.fail(`it is ${state.kind}`);
}

/** A stream on a clock that stands still. */
async function followSlowly(random: () => number) {
  const clock = createFakeClock();
  let bytes = 0;
  const following = await followServer({
    clock,
    random,
    async fetch(url, init) {
      const response = await fetch(url, init);
      const counter = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(chunk, controller) {
          bytes += chunk.length;
          controller.enqueue(chunk);
        },
      });
      return new Response(response.status === 204 ? null : (response.body?.pipeThrough(counter) ?? null), response);
    },
  });
  return { following, clock, bytesIn: () => bytes };
}

/** Lets the wait for the next attempt pass, and tells how long it was. */
async function nextDelay({ stream, server }: Following, clock: { advance(ms: number): void }): Promise<number> {
  const delayMs = delayOf(stream.state);
  const attempts = server.requests.length;
  clock.advance(delayMs - 1);
  assert.equal(stream.state.kind, 'waiting', 'it came back too early');
  clock.advance(1);
  assert.equal(stream.state.kind, 'connecting');
  await waitFor('the next attempt', () => server.requests.length === attempts + 1);
  return delayMs;
}

describe('eventStream in time', () => {
  it('waits twice as long after each failure, up to ten seconds, and begins anew once it has delivered something', async () => {
    const { following, clock } = await followSlowly(() => 1);
    await using _ = following;
    const { server, stream, waitForState } = following;
    for (let attempt = 0; attempt < 8; attempt += 1) server.plan({ kind: 'status', status: 503 });
    stream.start(origin);
    const delays: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      await waitForState('waiting');
      delays.push(await nextDelay(following, clock));
    }
    assert.deepEqual(delays, [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);

    await waitForState('live');
    following.append(1);
    await following.waitForAll();
    server.cut();
    await waitForState('waiting');
    assert.equal(delayOf(stream.state), 250);
  });

  it('does not wait when it hears that the hub is back, once for each success', async () => {
    const { following, clock } = await followSlowly(() => 1);
    await using _ = following;
    const { server, stream, waitForState } = following;
    for (let attempt = 0; attempt < 3; attempt += 1) server.plan({ kind: 'status', status: 503 });
    stream.start(origin);
    await waitForState('waiting');
    stream.retryNow();
    await waitFor('an attempt that nobody waited for', () => server.requests.length === 2);
    await waitForState('waiting');
    stream.retryNow();
    await nextDelay(following, clock);
    await waitForState('waiting');
    assert.equal(server.requests.length, 3, 'a hub that is back again and again is not');
    await nextDelay(following, clock);
    await waitForState('live');
    stream.retryNow();
    following.append(1);
    await following.waitForAll();
    assert.equal(server.requests.length, 4, 'who is connected has no need of it');
    server.cut();
    await waitForState('waiting');
    stream.retryNow();
    await waitForState('live');
  });

  it('waits any time up to that, so that windows do not come back together', async () => {
    const chances = [0.5, 0.1, 0.9];
    const { following, clock } = await followSlowly(() => chances.shift() ?? 0);
    await using _ = following;
    for (let attempt = 0; attempt < 3; attempt += 1) following.server.plan({ kind: 'status', status: 503 });
    following.stream.start(origin);
    const delays: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await following.waitForState('waiting');
      delays.push(await nextDelay(following, clock));
    }
    assert.deepEqual(delays, [125, 50, 900]);
  });

  it('does not take a stream that breaks at once for a success, but one that held for a while', async () => {
    const { following, clock } = await followSlowly(() => 1);
    await using _ = following;
    const { server, stream, waitForState } = following;
    stream.start(origin);
    for (const expected of [250, 500]) {
      await waitForState('live');
      server.cut();
      await waitForState('waiting');
      assert.equal(await nextDelay(following, clock), expected);
    }
    await waitForState('live');
    clock.advance(10_000);
    server.cut();
    await waitForState('waiting');
    assert.equal(delayOf(stream.state), 250);
  });

  it('leaves a connection on which nothing is heard, and comes back', async () => {
    const { following, clock } = await followSlowly(() => 1);
    await using _ = following;
    const { server, stream, waitForState } = following;
    server.plan({ kind: 'stalled' });
    stream.start(origin);
    await waitForState('live');
    following.append(1);
    clock.advance(stallMs - 1);
    assert.equal(stream.state.kind, 'live');
    clock.advance(1);
    assert.deepEqual(stream.state, { kind: 'waiting', reason: 'Nothing was heard from the hub for 45 s.', delayMs: 250 });
    await waitFor('the dead connection to end', () => server.open === 0);
    clock.advance(250);
    await following.waitForAll();
    assert.deepEqual(following.numbers(), [1]);
  });

  it('leaves a hub that takes the connection and never answers', async () => {
    const { following, clock } = await followSlowly(() => 1);
    await using _ = following;
    following.server.plan({ kind: 'slow to connect' });
    following.stream.start(origin);
    await waitFor('the request', () => following.server.requests.length === 1);
    clock.advance(stallMs);
    assert.equal(following.stream.state.kind, 'waiting');
    clock.advance(250);
    await following.waitForState('live');
  });

  it('holds a quiet stream as long as heartbeats come', async () => {
    const { following, clock, bytesIn } = await followSlowly(() => 1);
    await using _ = following;
    following.stream.start(origin);
    await following.waitForState('live');
    for (let beat = 0; beat < 10; beat += 1) {
      clock.advance(heartbeatMs);
      const before = bytesIn();
      following.server.heartbeat();
      await waitFor('the heartbeat', () => bytesIn() > before);
    }
    assert.equal(following.stream.state.kind, 'live');
    assert.equal(following.server.requests.length, 1);
    assert.deepEqual(following.received, []);
  });

  it('leaves no timer behind, whatever it was doing', async () => {
    for (const kind of ['connecting', 'live', 'waiting'] as const) {
      const { following, clock } = await followSlowly(() => 1);
      await using _ = following;
      if (kind === 'connecting') following.server.plan({ kind: 'slow to connect' });
      if (kind === 'waiting') following.server.plan({ kind: 'status', status: 503 });
      following.stream.start(origin);
      await waitFor('the request', () => following.server.requests.length === 1);
      await following.waitForState(kind);
      assert.notEqual(clock.pending, 0);
      following.stream.dispose();
      assert.equal(clock.pending, 0);
      clock.advance(60_000);
      assert.equal(following.server.requests.length, 1);
    }
  });
});
