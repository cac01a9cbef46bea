import assert from 'node:assert/strict';
import { request } from 'node:http';
import { openPerWorkspace, sessionLimits } from '../../src/protocol/limits.ts';
import { initializeRequest, openRawSession, type RawMcp, rawMcp } from '../support/rawMcp.ts';
import { secondWorkspace, startTestEndpoint, type TestEndpoint } from '../support/testEndpoint.ts';
import { startTestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

describe('the sessions of the older era', () => {
  let test: TestEndpoint;

  beforeEach(async () => {
    test = await startTestEndpoint();
  });

  afterEach(() => test.dispose());

  const { keptMs, perWorkspace, sweepMs } = sessionLimits;
  const known = ({ sessionId = '' }: RawMcp) => test.context.store.sessions.get(sessionId) !== undefined;

  async function use(agent: RawMcp): Promise<number> {
    const answer = await agent.call('use', 'getWorkspace');
    await answer.whole();
    return answer.status;
  }

  it('are forgotten when nobody has used them for 30 days, and the client is told to begin again', async () => {
    const agent = await openRawSession(test.address());
    test.clock.advance(keptMs - sweepMs);
    assert.equal(known(agent), true);
    test.clock.advance(2 * sweepMs);
    assert.equal(known(agent), false);
    const refused = await agent.call(1, 'getWorkspace');
    const [answer] = await refused.whole();
    assert.deepEqual([refused.status, answer?.error?.data?.code], [404, 'session_not_found']);
  });

  it('are kept as long as they are used, or have something open', async () => {
    const [used, listening] = [await openRawSession(test.address()), await openRawSession(test.address())];
    const stream = await listening.listen();
    for (let half = 0; half < 6; half += 1) {
      test.clock.advance(keptMs / 2);
      assert.equal(await use(used), 200);
    }
    assert.deepEqual([known(used), known(listening)], [true, true]);
    stream.cut();
    await waitFor('the hub to notice', () => test.endpoint.streams.listening(test.workspaceId).length === 0);
    // It was in use until just now, so another month begins.
    test.clock.advance(keptMs / 2);
    assert.equal(known(listening), true);
    test.clock.advance(keptMs);
    assert.equal(known(listening), false);
  });

  it('are kept by a restarted hub for 30 days after their last use, which stands on disk', async () => {
    const [used, left] = [await openRawSession(test.address()), await openRawSession(test.address())];
    const stream = await used.listen();
    test.clock.advance(keptMs - 2 * sweepMs);
    await test.restart();
    await waitFor('the stream to end', () => stream.ended());
    test.clock.advance(3 * sweepMs);
    assert.deepEqual([known(used), known(left)], [true, false]);
    assert.equal(await use(used), 200);
  });

  it('make room for a new one where there are too many: the one goes that was idle for longest', async () => {
    const agents: RawMcp[] = [];
    for (let index = 0; index < perWorkspace; index += 1) {
      agents.push(await openRawSession(test.address()));
      test.clock.advance(1);
    }
    const elsewhere = await openRawSession(test.address(secondWorkspace));
    const [first, second, third] = agents;
    assert.ok(first && second && third);
    await use(first);
    const stream = await second.listen();
    const next = await openRawSession(test.address());
    assert.deepEqual([known(first), known(second), known(third), known(next)], [true, true, false, true]);
    assert.equal(known(elsewhere), true);
    assert.equal(stream.ended(), false);
    assert.equal(test.context.store.sessions.all().length, perWorkspace + 1);
    second.close();
  });

  it('are refused when all that a workspace may have are in use; other workspaces have theirs', async () => {
    const agents: RawMcp[] = [];
    for (let index = 0; index < perWorkspace; index += 1) {
      const agent = await openRawSession(test.address());
      await agent.listen();
      agents.push(agent);
    }
    const refused = await rawMcp(test.address()).post(initializeRequest());
    const [answer] = await refused.whole();
    assert.deepEqual([refused.status, answer?.error?.code, answer?.error?.data?.code], [429, -32000, 'too_many_requests']);
    assert.ok(agents.every(known));
    const elsewhere = await openRawSession(test.address(secondWorkspace));
    assert.equal(await use(elsewhere), 200);

    agents[0]?.close();
    await waitFor('its stream to be gone', () => test.endpoint.streams.listening(test.workspaceId).length === perWorkspace - 1);
    assert.equal(known(await openRawSession(test.address())), true);
    for (const agent of agents) agent.close();
  });

  it('may have so many calls and streams open together, and one that comes back for its stream is let in', async () => {
    const agent = await openRawSession(test.address());
    const stream = await agent.listen();
    const calls = await Promise.all(
      Array.from({ length: openPerWorkspace - 1 }, (_, index) => agent.call(index, 'waitForReply', { wait_s: 3_000 })),
    );
    const refused = await agent.call('over', 'getWorkspace');
    const [answer] = await refused.whole();
    assert.deepEqual([refused.status, answer?.error?.code, answer?.error?.data?.code], [429, -32000, 'too_many_requests']);
    const again = await agent.listen();
    assert.equal(again.status, 200);
    await stream.whole();
    assert.equal((await (await agent.post({ jsonrpc: '2.0', method: 'notifications/whatever' })).whole()).length, 0);
    const elsewhere = await openRawSession(test.address(secondWorkspace));
    assert.equal(await use(elsewhere), 200);
    calls[0]?.cut();
    calls[1]?.cut();
    await waitFor('their places to be free', async () => (await use(agent)) === 200);
    agent.close();
  });

  it('are not held by clients that hang up before they are answered', async () => {
    const agent = await openRawSession(test.address());
    const { mcpUrl } = test.address();
    const headers = { 'content-type': 'application/json', 'mcp-session-id': agent.sessionId ?? '' };
    for (let index = 0; index <= openPerWorkspace; index += 1) {
      const hangingUp = request(mcpUrl, { method: 'POST', headers, agent: false });
      hangingUp.on('error', () => {});
      const body = { jsonrpc: '2.0', id: index, method: 'tools/call', params: { name: 'waitForReply', arguments: { wait_s: 50 } } };
      const closed = new Promise((resolve) => hangingUp.on('close', resolve));
      hangingUp.end(JSON.stringify(body), () => hangingUp.destroy());
      await closed;
    }
    await waitFor('all places to be free', async () => (await use(agent)) === 200);
    test.clock.advance(keptMs + sweepMs);
    assert.equal(known(agent), false);
  });

  it('are introduced in few words', async () => {
    const introduction = initializeRequest('2025-11-25', 'x'.repeat(sessionLimits.initializeBytes));
    const refused = await rawMcp(test.address()).post(introduction);
    assert.deepEqual([refused.status, (await refused.whole())[0]?.error?.data?.code], [413, 'payload_too_large']);
    assert.equal(test.context.store.sessions.all().length, 0);
  });
});

describe('a session', () => {
  it('is nothing to the token of another workspace, which can not end it either', async () => {
    const test = await startTestHub();
    const { workspace: other } = await test.api.call('openWorkspace', { name: 'other' });
    const agent = await openRawSession(test.agentAddress());
    const spy = rawMcp(test.agentAddress(other.id), { 'mcp-session-id': agent.sessionId });
    for (const answer of [await spy.listen(), await spy.call(1, 'getWorkspace'), await spy.send('DELETE')]) {
      const [refusal] = await answer.whole();
      assert.deepEqual([answer.status, refusal?.error?.data?.code], [404, 'session_not_found']);
    }
    assert.equal((await agent.call(1, 'getWorkspace')).status, 200);
    assert.equal((await agent.send('DELETE')).status, 200);
    assert.equal((await agent.call(2, 'getWorkspace')).status, 404);
    await test.dispose();
  });

  it('has an id that nobody guesses, of letters that a header may have', async () => {
    const test = await startTestHub();
    const ids = new Set<string>();
    for (let index = 0; index < 20; index += 1) ids.add((await openRawSession(test.agentAddress())).sessionId ?? '');
    assert.equal(ids.size, 20);
    // 22 letters of 6 bits are more than 128 bits; no place of them stands still.
    for (const id of ids) assert.match(id, /^[\w-]{22,}$/);
    const [first = ''] = ids;
    for (let place = 0; place < first.length; place += 1) assert.ok(new Set([...ids].map((id) => id[place])).size > 1, `place ${place}`);
    await test.dispose();
  });
});
