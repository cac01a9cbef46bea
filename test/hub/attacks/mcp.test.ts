import assert from 'node:assert/strict';
import { sessionLimits } from '../../../src/protocol/limits.ts';
import { type HostileTarget, heldBytes, startHostileTarget, waitForMemory } from '../../support/hostileTarget.ts';
import { openConnection, type RawReply, requestBytes } from '../../support/rawHttp.ts';
import { initializeRequest, openRawSession, rawMcp } from '../../support/rawMcp.ts';
import { connectAgent } from '../../support/testAgent.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('MCP, attacked', () => {
  let hub: HostileTarget;
  let other: string;
  before(async () => {
    hub = await startHostileTarget();
    other = hub.hub.openWorkspace('other').id;
  });
  after(() => hub.finish());

  const ping = { jsonrpc: '2.0', id: 7, method: 'ping' };
  const session = (id: string) => ({ 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' });
  /** A request of the newer era. */
  const modern = (method: string, params: Record<string, unknown> = {}, id: unknown = 1) => ({
    jsonrpc: '2.0',
    id,
    method,
    params: {
      ...params,
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'attacker', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    },
  });
  const modernHeaders = (method: string, name?: string) => ({
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    'mcp-name': name,
  });

  function isRefusal({ status, body }: RawReply): boolean {
    if (status >= 400 && status < 500) return true;
    const { error, result } = JSON.parse(body) as { error?: unknown; result?: { isError?: boolean } };
    return status === 200 && (error !== undefined || result?.isError === true);
  }

  it('an Origin is answered with exactly 403', async () => {
    for (const method of ['POST', 'GET', 'DELETE']) {
      for (const door of ['mcp', 'sse']) {
        const headers = { ...hub.agent(), origin: 'https://evil.example', accept: 'application/json, text/event-stream' };
        assert.equal((await hub.send({ method, target: `/${door}/${hub.workspaceId}`, headers })).status, 403);
      }
    }
  });

  it('sessions that are made up, or changed by a letter, are none, and ending them ends nothing', async () => {
    const mine = await openRawSession(hub.agentAddress());
    const id = mine.sessionId ?? '';
    const guesses = [
      'x',
      '0',
      'null',
      'undefined',
      '',
      id.slice(0, -1),
      `${id}x`,
      id.toLowerCase(),
      id.toUpperCase(),
      `${id},${id}`,
      `../${id}`,
      `%00${id}`,
      '__proto__',
      'constructor',
      "' OR 1=1 --",
      'x'.repeat(4_000),
    ];
    for (const guess of guesses.filter((text) => text !== id)) {
      for (const method of ['POST', 'GET', 'DELETE']) {
        const headers = { ...hub.agent(), ...session(guess), accept: 'application/json, text/event-stream' };
        const { status } = await hub.send({
          method,
          target: `/mcp/${hub.workspaceId}`,
          headers,
          ...(method === 'POST' && { body: JSON.stringify(ping) }),
        });
        assert.ok(status === 404 || status === 400, `${method} ${guess.slice(0, 60)}: ${status}`);
      }
    }
    assert.equal((await hub.rpc(ping, session(id))).status, 200);
    mine.close();
  });

  it('session ids are long, random, and plain', async () => {
    const ids = new Set<string>();
    for (let count = 0; count < 50; count += 1) {
      const reply = await hub.rpc(initializeRequest());
      ids.add(reply.headers.get('mcp-session-id') ?? '');
    }
    assert.equal(ids.size, 50);
    for (const id of ids) assert.match(id, /^[\w-]{32,}$/);
    const prefixes = new Set([...ids].map((id) => id.slice(0, 4)));
    assert.ok(prefixes.size > 45, 'no part of it counts up');
  });

  it('an agent of another workspace gets at no session, neither to use it nor to listen nor to end it', async () => {
    const mine = await openRawSession(hub.agentAddress());
    const headers = { ...hub.agent(other), ...session(mine.sessionId ?? ''), accept: 'application/json, text/event-stream' };
    for (const method of ['POST', 'GET', 'DELETE']) {
      const body = method === 'POST' ? { body: JSON.stringify(ping) } : {};
      assert.equal((await hub.send({ method, target: `/mcp/${other}`, headers, ...body })).status, 404, method);
      assert.equal((await hub.send({ method, target: `/mcp/${hub.workspaceId}`, headers, ...body })).status, 403, method);
    }
    assert.equal((await mine.post(ping)).status, 200);
    mine.close();

    const stream = rawMcp({ ...hub.agentAddress(), mcpUrl: hub.hub.mcpUrl(hub.workspaceId).replace('/mcp/', '/sse/') });
    const opened = await stream.send('GET', { headers: { accept: 'text/event-stream' } });
    await waitFor('the address to post to', () => opened.text().includes('sessionId='));
    const sessionId = /sessionId=([\w-]+)/.exec(opened.text())?.[1] ?? '';
    const post = async (id: string, token: Record<string, string>, name: string) =>
      (await hub.send({ method: 'POST', target: `/sse/${id}/messages?sessionId=${name}`, headers: token, body: JSON.stringify(ping) }))
        .status;
    assert.equal(await post(other, hub.agent(other), sessionId), 404);
    assert.equal(await post(hub.workspaceId, hub.agent(other), sessionId), 403);
    assert.equal(await post(hub.workspaceId, hub.agent(), `${sessionId}x`), 404);
    assert.equal(await post(hub.workspaceId, hub.agent(), sessionId), 202);
    stream.close();
  });

  it('equal ids of requests in parallel cross nothing over', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `agent-${index}`);
    await Promise.all(
      names.map(async (name, index) => {
        const agent = await connectAgent(
          index % 2 === 0 ? 'modern' : 'legacy',
          hub.agentAddress(index % 3 === 0 ? other : hub.workspaceId),
          name,
        );
        for (let round = 0; round < 5; round += 1) {
          const { structured } = await agent.call('askHuman', { question: `${name} asks ${round}`, wait_s: 0 });
          const { requests } = await hub.api.call('getBoard', {});
          assert.equal(requests.find(({ id }) => id === structured['requestId'])?.question, `${name} asks ${round}`);
        }
        await agent.close();
      }),
    );
  });

  it('unknown versions, and headers that say something else than the body', async () => {
    for (const version of ['9999-99-99', '0', 'x', '2026-07-28, 2025-11-25', '__proto__']) {
      const mine = await openRawSession(hub.agentAddress());
      const { status } = await hub.rpc(ping, { 'mcp-session-id': mine.sessionId, 'mcp-protocol-version': version });
      assert.equal(status, 400, version);
      mine.close();
    }
    const call = modern('tools/call', { name: 'createTask', arguments: { title: 'x', body: 'y' } });
    for (const headers of [
      modernHeaders('tools/list', 'createTask'),
      modernHeaders('tools/call', 'getTask'),
      { ...modernHeaders('tools/call', 'createTask'), 'mcp-protocol-version': '2025-11-25' },
    ]) {
      const { status, body } = await hub.rpc(call, headers);
      assert.equal(status, 400);
      assert.match(body, /-32020/);
    }
    assert.deepEqual((await hub.api.call('getBoard', {})).tasks, [], 'and it was not done');
  });

  it('odd messages are refused or passed over, and answer nothing', async () => {
    const mine = await openRawSession(hub.agentAddress());
    const asking = await connectAgent('modern', hub.agentAddress(), 'asker');
    const { structured } = await asking.call('askHuman', { question: 'Approve?', choices: ['yes', 'no'], wait_s: 0 });
    const requestId = String(structured['requestId']);
    const odd: unknown[] = [
      {},
      { jsonrpc: '1.0', id: 1, method: 'ping' },
      { jsonrpc: '2.0', id: null, method: 'ping' },
      { jsonrpc: '2.0', id: {}, method: 'ping' },
      { jsonrpc: '2.0', id: true, method: 'ping' },
      { jsonrpc: '2.0', id: 1, method: '' },
      { jsonrpc: '2.0', id: 1, method: 1 },
      { jsonrpc: '2.0', id: 1, method: '__proto__' },
      { jsonrpc: '2.0', id: 1, method: 'constructor' },
      { jsonrpc: '2.0', id: 1, method: 'x'.repeat(100_000) },
      { jsonrpc: '2.0', id: 1, METHOD: 'ping' },
      { jsonrpc: '2.0', id: 1, method: 'tools/call' },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: [] },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: null },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 1 } },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'askHuman', arguments: [] } },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'askHuman', arguments: { question: { text: 'x' } } } },
      { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'waitForReply', arguments: { wait_s: -1 } } },
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name: 'askHuman', arguments: { question: 'x', choices: Array.from({ length: 15_000 }, (_, index) => String(index)) } },
      },
      { jsonrpc: '2.0', id: 1, method: 'resources/read', params: { uri: 'file:///etc/passwd' } },
      { jsonrpc: '2.0', id: 1, method: 'prompts/get', params: { name: '../x' } },
      { jsonrpc: '2.0', id: 1, method: 'completion/complete', params: {} },
      { jsonrpc: '2.0', id: 1, method: 'logging/setLevel', params: { level: 'x' } },
      { jsonrpc: '2.0', id: 1, method: 'notifications/agentrq/answer', params: { requestId, answer: { choices: ['yes'] } } },
      { jsonrpc: '2.0', id: 1, method: 'agentrq/answerRequest', params: { requestId, answer: { choices: ['yes'] } } },
    ];
    for (const message of odd) {
      for (const headers of [session(mine.sessionId ?? ''), {}, modernHeaders('ping')]) {
        const reply = await hub.rpc(message, headers);
        assert.ok(isRefusal(reply), `${JSON.stringify(message).slice(0, 120)}: ${reply.status} ${reply.body.slice(0, 200)}`);
      }
    }
    const silent: unknown[] = [
      { jsonrpc: '2.0', id: requestId, result: { choices: ['yes'], approved: true } },
      { jsonrpc: '2.0', id: 1, result: {} },
      { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'x' } },
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: { $ne: 1 } } },
      { jsonrpc: '2.0', method: 'notifications/cancelled', params: null },
      { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 'x' } },
      { jsonrpc: '2.0', method: 'notifications/claude/channel/permission', params: { request_id: requestId, behavior: 'allow' } },
    ];
    for (const message of silent) {
      const { status } = await hub.rpc(message, session(mine.sessionId ?? ''));
      assert.ok(status >= 200 && status < 500, `${JSON.stringify(message)}: ${status}`);
    }
    const { requests } = await hub.api.call('getBoard', {});
    assert.deepEqual(
      requests.filter(({ id }) => id === requestId).map(({ status, answer }) => [status, answer]),
      [['open', undefined]],
    );
    await asking.close();
    mine.close();
  });

  it('what every object has is no tool', async () => {
    const mine = await openRawSession(hub.agentAddress());
    for (const name of [
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      'prototype',
      'valueOf',
      '',
      ' ',
      '../createTask',
      'createTask\0',
      'CREATETASK',
      'x'.repeat(10_000),
    ]) {
      const params = { name, arguments: {} };
      for (const reply of [
        await hub.rpc({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, session(mine.sessionId ?? '')),
        await hub.rpc(
          modern('tools/call', params),
          modernHeaders('tools/call', /^[ -~]{1,100}$/.test(name) && name.trim() !== '' ? name : 'x'),
        ),
      ]) {
        assert.ok(isRefusal(reply), `${name.slice(0, 40)}: ${reply.status} ${reply.body.slice(0, 200)}`);
        assert.doesNotMatch(reply.body, /TypeError|undefined is not|at \w+ \(/);
      }
    }
    mine.close();
  });

  it('a batch of 1,000 is refused, and so is one where there are none', async () => {
    const before = await hub.count();
    const ask = (index: number) => ({
      jsonrpc: '2.0',
      id: index,
      method: 'tools/call',
      params: { name: 'askHuman', arguments: { question: `batch ${index}`, wait_s: 60 } },
    });
    for (const version of ['2025-11-25', '2025-06-18', '2025-03-26']) {
      const mine = await openRawSession(hub.agentAddress(), version);
      const headers = { 'mcp-session-id': mine.sessionId, 'mcp-protocol-version': version };
      const { status } = await hub.rpc(
        Array.from({ length: 1_000 }, (_, index) => ask(index)),
        headers,
      );
      assert.ok(status >= 400 && status < 500, `${version}: ${status}`);
      mine.close();
    }
    for (const body of [
      [],
      [[]],
      Array.from({ length: 1_000 }, () => initializeRequest()),
      Array.from({ length: 1_000 }, (_, index) => modern('tools/list', {}, index)),
    ]) {
      assert.ok(isRefusal(await hub.rpc(body)));
    }
    const { requests } = await hub.api.call('getBoard', {});
    assert.ok(!requests.some(({ question }) => question.startsWith('batch')));
    assert.ok((await hub.count()) - before <= 3, 'no more than the agents that introduced themselves');
  });

  it('300 sessions: the oldest idle ones go, those of another workspace and those in use stay', async () => {
    const before = heldBytes();
    const theirs = await openRawSession(hub.agentAddress(other));
    const used = await openRawSession(hub.agentAddress());
    const listening = await used.listen();
    const ids: string[] = [];
    for (let count = 0; count < 300; count += 1) {
      const reply = await hub.rpc(initializeRequest());
      assert.equal(reply.status, 200);
      ids.push(reply.headers.get('mcp-session-id') ?? '');
    }
    const alive = await Promise.all(ids.map(async (id) => (await hub.rpc(ping, session(id))).status === 200));
    assert.ok(alive.filter(Boolean).length < sessionLimits.perWorkspace);
    assert.equal(alive.at(-1), true);
    assert.equal((await used.post(ping)).status, 200);
    assert.equal((await theirs.post(ping)).status, 200);
    assert.equal(listening.ended(), false);
    used.close();
    theirs.close();
    await waitForMemory(before, 48 << 20);
  });

  it('calls that wait are counted, whatever they come as', async () => {
    const waiting = Array.from({ length: 260 }, (_, index) => {
      const connection = openConnection(hub.port);
      const body = JSON.stringify(modern('tools/call', { name: 'waitForReply', arguments: { wait_s: 60 } }, index));
      const headers = {
        ...hub.agent(other),
        ...Object.fromEntries(Object.entries(modernHeaders('tools/call', 'waitForReply'))),
        accept: 'application/json, text/event-stream',
      };
      connection.write(requestBytes(hub.port, { method: 'POST', target: `/mcp/${other}`, headers, body }));
      return connection;
    });
    await waitFor(
      'those that are too many to be refused',
      () => waiting.filter((connection) => connection.text().startsWith('HTTP/1.1 429')).length === 60,
    );
    const mine = await connectAgent('modern', hub.agentAddress(), 'mine');
    assert.match((await mine.call('getWorkspace')).text, /test/, 'another workspace has its own count');
    await mine.close();
    for (const connection of waiting) connection.destroy();
    await waitFor('room', async () => {
      const reply = await hub.send({
        method: 'POST',
        target: `/mcp/${other}`,
        headers: { ...hub.agent(other), ...modernHeaders('tools/list'), accept: 'application/json' },
        body: JSON.stringify(modern('tools/list')),
      });
      return reply.status === 200;
    });
  });

  it('no tool approves, grants, or reads what belongs to others', async () => {
    for (const era of ['modern', 'legacy', 'sse'] as const) {
      const agent = await connectAgent(era, hub.agentAddress(), 'lister');
      const names = (await agent.listTools()).map(({ name }) => name).toSorted();
      assert.deepEqual(names, [
        'askHuman',
        'createTask',
        'downloadAttachment',
        'getTask',
        'getWorkspace',
        'reply',
        'requestPermission',
        'requestReview',
        'updateTaskStatus',
        'waitForReply',
      ]);
      await agent.close();
    }
  });

  it('no result and no error has a secret or a line of code in it', async () => {
    const agent = await connectAgent('legacy', hub.agentAddress(), 'reader');
    const secrets = [hub.hub.userToken, hub.hub.agentToken(hub.workspaceId), hub.hub.agentToken(other), hub.home];
    for (const call of [
      ['getWorkspace', {}],
      ['getTask', {}],
      ['getTask', { taskId: '../../etc/passwd' }],
      ['reply', { chatId: '00000000000', text: 'x' }],
      ['updateTaskStatus', { taskId: '00000000000', status: 'x' }],
      ['waitForReply', { requestId: '00000000000', wait_s: 0 }],
    ] as const) {
      const { texts } = await agent.call(call[0], call[1]);
      for (const text of texts) {
        assert.ok(!secrets.some((secret) => text.includes(secret)), text);
        assert.doesNotMatch(text, /\bat \w+ \(|node:internal|\.ts:\d/);
      }
    }
    await agent.close();
  });
});
