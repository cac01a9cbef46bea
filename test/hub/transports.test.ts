import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { heartbeatMs } from '../../src/protocol/limits.ts';
import { startCuttableProxy } from '../support/cuttableProxy.ts';
import { initializeRequest, openRawSession, rawMcp } from '../support/rawMcp.ts';
import { connectAgent } from '../support/testAgent.ts';
import { secondWorkspace, startTestEndpoint, waitingFor } from '../support/testEndpoint.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// How the hub takes what clients send, in whatever way they say it.

/** What the agents that were looked at send as `Accept`, and what scripts do. */
const accepts = [
  'application/json, text/event-stream',
  'text/event-stream, application/json',
  '*/*',
  'text/event-stream',
  'text/html',
  undefined,
];

describe('over Streamable HTTP, the hub', () => {
  let test: TestHub;

  before(async () => {
    test = await startTestHub();
  });

  after(() => test.dispose());

  for (const accept of [...accepts, 'application/json']) {
    it(`takes every notification, with “Accept: ${accept}”`, async () => {
      const agent = await openRawSession(test.agentAddress());
      for (const method of ['notifications/initialized', 'notifications/claude/channel/telemetry', 'whatever']) {
        for (const params of [undefined, {}, { deep: [{ a: 1 }] }]) {
          const answer = await agent.post({ jsonrpc: '2.0', method, ...(params !== undefined && { params }) }, { accept });
          await answer.whole();
          assert.deepEqual([answer.status, answer.text()], [202, ''], method);
        }
      }
    });
  }

  for (const accept of accepts) {
    it(`answers calls and opens streams, with “Accept: ${accept}”`, async () => {
      const agent = rawMcp(test.agentAddress(), { accept });
      const begun = await agent.post(initializeRequest('2025-06-18', `agent with ${accept}`));
      assert.equal((await begun.whole())[0]?.result?.['protocolVersion'], '2025-06-18');
      agent.sessionId = String(begun.headers['mcp-session-id']);
      const answer = await agent.call(1, 'getTask');
      assert.match(answer.headers['content-type'] ?? '', /^text\/event-stream/);
      assert.match(JSON.stringify(await answer.whole()), /no pending tasks exist/);
      const stream = await agent.send('GET');
      assert.equal(stream.status, 200);
      const { agents } = await test.api.call('getBoard', {});
      assert.equal(agents.find(({ name }) => name === `agent with ${accept}`)?.connected, true);
      agent.close();
    });
  }

  it('answers a client that reads nothing but JSON with JSON', async () => {
    const agent = rawMcp(test.agentAddress(), { accept: 'application/json' });
    const begun = await agent.post(initializeRequest());
    await begun.whole();
    agent.sessionId = String(begun.headers['mcp-session-id']);
    for (const headers of [{}, modernHeaders('getTask')]) {
      const message = {
        jsonrpc: '2.0',
        id: 'one',
        method: 'tools/call',
        params: { name: 'getTask', arguments: {}, _meta: modernMeta(headers) },
      };
      const answer = await agent.post(message, headers);
      assert.equal(answer.headers['content-type'], 'application/json');
      const [result] = await answer.whole();
      assert.equal(result?.id, 'one');
      assert.match(JSON.stringify(result?.result), /no pending tasks exist/);
    }
  });

  it('answers a request that it does not know with an error of JSON-RPC', async () => {
    const agent = await openRawSession(test.agentAddress());
    for (const method of ['nonsense', 'resources/list', '__proto__', 'constructor']) {
      const [answer] = await (await agent.post({ jsonrpc: '2.0', id: 7, method })).whole();
      assert.deepEqual([answer?.id, answer?.error?.code], [7, -32601], method);
    }
  });

  it('takes notifications of the newer era that it does not know', async () => {
    const agent = rawMcp(test.agentAddress());
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'notifications/whatever' };
    for (const accept of accepts) {
      const answer = await agent.post({ jsonrpc: '2.0', method: 'notifications/whatever' }, { ...headers, accept });
      await answer.whole();
      assert.deepEqual([answer.status, answer.text()], [202, '']);
    }
  });

  it('knows no other methods of HTTP, and says which it knows', async () => {
    const agent = await openRawSession(test.agentAddress());
    for (const method of ['HEAD', 'PUT', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const answer = await agent.send(method);
      await waitFor('its end', () => answer.ended());
      assert.deepEqual([answer.status, answer.headers.allow], [405, 'GET, POST, DELETE'], method);
      assert.doesNotMatch(answer.text(), /Bearer/);
    }
  });

  it('takes several messages at once where the revision has that, and nowhere else', async () => {
    const batch = [
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'getNextTask' } },
      { jsonrpc: '2.0', id: 2, method: 'ping' },
      { jsonrpc: '2.0', method: 'notifications/whatever' },
    ];
    const older = await openRawSession(test.agentAddress(), '2025-03-26');
    const answers = await (await older.post(batch)).whole();
    assert.deepEqual(new Set(answers.map(({ id }) => id)), new Set([1, 2]));
    for (const version of ['2025-06-18', '2025-11-25']) {
      const agent = await openRawSession(test.agentAddress(), version);
      const refused = await agent.post(batch);
      assert.deepEqual([refused.status, (await refused.whole())[0]?.error?.code], [400, -32600]);
    }
    const many = await older.post(Array.from({ length: 1_000 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' })));
    assert.equal(many.status, 400);
  });

  it('asks for a session before anything else', async () => {
    const agent = rawMcp(test.agentAddress());
    for (const answer of [await agent.call(1, 'getTask'), await agent.listen(), await agent.send('DELETE')]) {
      const [refusal] = await answer.whole();
      assert.deepEqual([answer.status, refusal?.error?.code], [400, -32600]);
    }
  });

  it('lets a token stand in the address of an agent, and in no other', async () => {
    const { agentToken, mcpUrl } = test.agentAddress();
    const bare = rawMcp({ mcpUrl, agentToken }, { authorization: undefined });
    const begun = await bare.send('POST', { path: `?token=${agentToken}`, body: initializeRequest() });
    assert.equal(begun.status, 200);
    for (const path of ['/api/v1/board', '/api/v1/events/stream', `/api/v1/workspaces/${test.workspaceId}/tasks`]) {
      for (const token of [agentToken, test.hub.userToken])
        assert.equal((await fetch(`${test.hub.url}${path}?token=${token}`)).status, 401);
    }
    const persons = rawMcp({ mcpUrl, agentToken: test.hub.userToken }, { authorization: undefined });
    assert.equal((await persons.send('POST', { path: `?token=${test.hub.userToken}`, body: initializeRequest() })).status, 403);
  });
});

describe('over the older transport (HTTP+SSE), an agent', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  const sseUrl = (id = test.workspaceId) => `${test.hub.url}/sse/${id}`;
  const connected = async () => (await test.api.call('getBoard', {})).agents[0]?.connected;

  it('asks, hears that its call is alive, and has the answer', async () => {
    const agent = await connectAgent('sse', test.agentAddress());
    assert.equal(
      (await agent.listTools()).some(({ name }) => name === 'askHuman'),
      true,
    );
    const heard: number[] = [];
    const asking = agent.call('askHuman', { question: 'Which?', wait_s: 50 }, { onprogress: ({ progress }) => heard.push(progress) });
    await waitFor('the question', async () => (await test.api.call('getBoard', {})).requests.length === 1);
    const [request] = (await test.api.call('getBoard', {})).requests;
    assert.equal(await connected(), true);
    await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: request?.id ?? '', text: 'This one.' });
    assert.match((await asking).text, /^The user answered: This one\./);
    assert.ok(heard.length > 0);
    // Another sign comes only after ten seconds.
    assert.deepEqual(
      heard,
      heard.map((_, index) => index + 1),
    );
    assert.equal((await agent.call('getWorkspace')).texts.length, 1, 'it is not said a second time');
    assert.equal((await test.api.call('getBoard', {})).requests[0]?.status, 'delivered');
    await agent.close();
  });

  it('may have its token in the address, and posts with it', async () => {
    const { agentToken } = test.agentAddress();
    const posted: string[] = [];
    const client = new Client({ name: 'test-agent', version: '1' });
    const transport = new SSEClientTransport(new URL(`${sseUrl()}?token=${agentToken}`), {
      fetch: async (url, init) => {
        if (init?.method === 'POST') posted.push(String(url));
        return await fetch(url, init);
      },
    });
    await client.connect(transport);
    await client.ping();
    assert.ok(posted.length > 0 && posted.every((url) => url.includes(`token=${agentToken}`)));
    await client.close();
  });

  it('finds its token in no address, if it sends it in a header', async () => {
    const { agentToken } = test.agentAddress();
    const stream = await rawMcp({ mcpUrl: sseUrl(), agentToken }).send('GET', { path: `?token=${agentToken}` });
    await waitFor('the address', () => stream.text().includes('\n\n'));
    assert.match(stream.text(), new RegExp(`^event: endpoint\ndata: /sse/${test.workspaceId}/messages\\?sessionId=[\\w-]{22,}\n\n$`));
    stream.cut();
  });

  it('is let in by nothing but its own token', async () => {
    const { workspace: other } = await test.api.call('openWorkspace', { name: 'other' });
    const { agentToken } = test.agentAddress();
    for (const [token, status] of [
      ['', 401],
      ['arq_x', 401],
      [test.hub.userToken, 403],
      [test.hub.agentToken(other.id), 403],
    ] as const) {
      assert.equal((await fetch(`${sseUrl()}?token=${token}`)).status, status);
    }
    const stream = await rawMcp({ mcpUrl: sseUrl(), agentToken }).send('GET');
    await waitFor('the address', () => stream.text().includes('\n\n'));
    const sessionId = /sessionId=(\S+)/.exec(stream.text())?.[1];
    const spy = rawMcp({ mcpUrl: `${sseUrl(other.id)}/messages`, agentToken: test.hub.agentToken(other.id) });
    const refused = await spy.send('POST', { path: `?sessionId=${sessionId}`, body: initializeRequest() });
    assert.deepEqual([refused.status, (await refused.whole())[0]?.error?.data?.code], [404, 'session_not_found']);
    const own = rawMcp({ mcpUrl: `${sseUrl()}/messages`, agentToken });
    for (const body of [{ nonsense: true }, [initializeRequest()], 7]) {
      assert.equal((await own.send('POST', { path: `?sessionId=${sessionId}`, body })).status, 400);
    }
    stream.cut();
  });

  it('is told that there is nothing else at its addresses, so that it can try this transport after the other', async () => {
    const { agentToken } = test.agentAddress();
    const at = (path: string) => rawMcp({ mcpUrl: sseUrl() + path, agentToken });
    assert.equal((await at('').post(initializeRequest())).status, 405);
    assert.equal((await at('/messages').listen()).status, 405);
    assert.equal((await at('').send('DELETE')).status, 405);
  });

  it('is served under no name of its own when it goes on after its stream broke, as the 1.x SDK does', async () => {
    const proxy = await startCuttableProxy(test.hub.url);
    const agent = await connectAgent('sse', { ...test.agentAddress(), mcpUrl: `${proxy.url}/mcp/${test.workspaceId}` });
    proxy.cut();
    await waitFor('it to be back', async () => {
      try {
        return (await agent.call('getTask', {}, { timeout: 500 })).text === 'no pending tasks exist';
      } catch {
        return false;
      }
    });
    await agent.close();
    await proxy.close();
  });
});

describe('a stream of the older transport', () => {
  it('is the session: what waits ends with it, and nothing can be posted any more', async () => {
    const test = await startTestEndpoint();
    const stream = await rawMcp(test.sseAddress()).send('GET');
    await waitFor('the address', () => stream.text().includes('\n\n'));
    const sessionId = /sessionId=(\S+)/.exec(stream.text())?.[1];
    const { mcpUrl } = test.sseAddress();
    const post = async (body: unknown) =>
      await rawMcp({ mcpUrl: `${mcpUrl}/messages`, agentToken: 'none' }).send('POST', { path: `?sessionId=${sessionId}`, body });
    assert.equal((await post(initializeRequest('2024-11-05'))).status, 202);
    await stream.waitForMessage('the answer', ({ result }) => result?.['protocolVersion'] === '2024-11-05');
    const { streams } = test.endpoint;
    assert.deepEqual(streams.listening(test.workspaceId), []);
    const whole: unknown[] = [];
    streams.onDidReceiveNotification(({ notification }) => whole.push([notification.method, test.latest?.writableFinished]));
    await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    await waitFor('it to be heard', () => whole.length > 0);
    assert.deepEqual(whole, [['notifications/initialized', true]], 'after its POST was answered');
    await waitFor('it to listen', () => streams.listening(test.workspaceId).length === 1);
    assert.deepEqual(
      streams.listening(test.workspaceId).map(({ id, introduction, protocolVersion }) => [id, introduction.name, protocolVersion]),
      [[sessionId, 'raw-agent', '2024-11-05']],
    );
    assert.deepEqual(streams.listening(secondWorkspace), []);

    assert.equal(await streams.notify(sessionId ?? '', 'notifications/test', { n: 1 }), true);
    await stream.waitForMessage('the notification', ({ method }) => method === 'notifications/test');
    test.clock.advance(heartbeatMs);
    await waitFor('a sign of life', () => /^: /m.test(stream.text()));

    await post({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'askHuman', arguments: { question: 'Which?', wait_s: 50 } },
    });
    const waiting = () => waitingFor(test);
    await waitFor('the call to wait', () => waiting() !== undefined);
    const closed: string[] = [];
    streams.onDidCloseStream(({ session }) => closed.push(session.id));
    stream.cut();
    await waitFor('the call to end', () => waiting() === undefined);
    assert.deepEqual(closed, [sessionId]);
    assert.equal((await post({ jsonrpc: '2.0', id: 2, method: 'ping' })).status, 404);
    assert.equal(await streams.notify(sessionId ?? '', 'notifications/test', {}), false);
    assert.equal(test.context.store.requests.live().length, 1, 'the question stays');
    await test.dispose();
  });
});

function modernHeaders(tool: string): Record<string, string> {
  return { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': tool };
}

function modernMeta(headers: Record<string, string>): Record<string, unknown> {
  if (headers['mcp-protocol-version'] === undefined) return {};
  return {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'raw-agent', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
}
