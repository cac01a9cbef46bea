import assert from 'node:assert/strict';
import { exchange, type RawReply, type RawRequest, requestBytes } from '../../support/rawHttp.ts';
import { initializeRequest } from '../../support/rawMcp.ts';
import { connectAgent, eras } from '../../support/testAgent.ts';
import { startTestHub, type TestHub } from '../../support/testHub.ts';

// What stands around the messages of clients: addresses, headers, tokens.

describe('a loose client over HTTP', () => {
  let test: TestHub;
  let port: number;
  before(async () => {
    test = await startTestHub();
    port = Number(new URL(test.hub.url).port);
  });
  after(() => test.dispose());

  const mcp = (): string => `/mcp/${test.workspaceId}`;
  const agent = (): Record<string, string> => ({
    authorization: `Bearer ${test.agentAddress().agentToken}`,
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
  });
  const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });

  async function send(request: RawRequest): Promise<RawReply> {
    const [reply] = await exchange(port, requestBytes(port, request));
    return reply ?? assert.fail('no answer');
  }
  const post = (body: unknown, headers: RawRequest['headers'] = {}, target = mcp()): Promise<RawReply> =>
    send({ method: 'POST', target, headers: { ...agent(), ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  const begin = async (): Promise<string> => (await post(initializeRequest('2025-06-18'))).headers.get('mcp-session-id') ?? assert.fail();

  const headersOfBeginning: Record<string, RawRequest['headers']> = {
    'the id of a session that is not known': { 'mcp-session-id': 'gone' },
    'an empty id of a session': { 'mcp-session-id': '' },
    'the ids of two sessions': { 'mcp-session-id': ['one', 'two'] },
    'a version of the newer era': { 'mcp-protocol-version': '2026-07-28' },
    'a version that there is none': { 'mcp-protocol-version': 'x' },
    'the name of the method': { 'mcp-method': 'initialize', 'mcp-session-id': 'gone' },
    'the place of a stream': { 'last-event-id': 'c.x.1' },
  };
  for (const [name, headers] of Object.entries(headersOfBeginning)) {
    it(`begins a session whatever comes along: ${name}`, async () => {
      const reply = await post(initializeRequest('2025-06-18'), headers);
      assert.equal(reply.status, 200, reply.body);
      assert.match(reply.headers.get('mcp-session-id') ?? '', /^[\w-]{32,}$/);
    });
  }

  it('begins another session in one that it has', async () => {
    const first = await begin();
    const again = await post(initializeRequest('2025-06-18'), { 'mcp-session-id': first });
    assert.notEqual(again.headers.get('mcp-session-id') ?? first, first);
    assert.equal((await post(ping, { 'mcp-session-id': first })).status, 200);
  });

  it('may say its session and its version twice, or leave the version empty', async () => {
    const id = await begin();
    for (const headers of [
      { 'mcp-session-id': [id, id] },
      { 'mcp-session-id': id, 'mcp-protocol-version': ['2025-06-18', '2025-06-18'] },
      { 'mcp-session-id': id, 'mcp-protocol-version': '' },
      { 'mcp-session-id': ` ${id} ` },
    ]) {
      assert.equal((await post(ping, headers)).status, 200, JSON.stringify(headers));
    }
  });

  it('is answered with the id of its request when its session or its version is wrong', async () => {
    const id = await begin();
    const wrong = [
      { 'mcp-session-id': 'gone' },
      { 'mcp-session-id': [id, 'other'] },
      { 'mcp-session-id': id, 'mcp-protocol-version': '1999-01-01' },
      {},
    ];
    for (const headers of wrong) {
      const { status, body } = await post(ping, headers);
      assert.deepEqual([status >= 400 && status < 500, (JSON.parse(body) as { id: unknown }).id], [true, 1], body);
    }
  });

  it('may end every address with a slash', async () => {
    const begun = await post(initializeRequest('2025-06-18'), {}, `${mcp()}/`);
    assert.equal(begun.status, 200, begun.body);
    const id = begun.headers.get('mcp-session-id') ?? '';
    assert.equal((await post(ping, { 'mcp-session-id': id }, `${mcp()}/`)).status, 200);
    assert.equal((await post(ping, { 'mcp-session-id': id }, `${mcp()}/?x=1`)).status, 200);
    assert.equal((await post('{}', {}, `/hooks/${test.workspaceId}/claude-code/`)).status, 200);
    const { status, body } = await post(initializeRequest(), {}, `/sse/${test.workspaceId}/`);
    assert.deepEqual([status, /older transport/.test(body)], [405, true]);
    assert.equal((await post(ping, {}, `/sse/${test.workspaceId}/messages/?sessionId=x`)).status, 404);
    for (const target of [`${mcp()}//`, `/${mcp()}`, `${mcp()}/x`]) assert.ok((await post(ping, {}, target)).status >= 400, target);
  });

  for (const type of [
    'application/json;charset=UTF-8',
    'application/json; charset=utf8',
    'application/json; charset="utf-8"',
    "application/json; charset='utf-8'",
    'application/json ; Charset = UTF8',
    'application/json; charset=us-ascii',
    'application/json;',
    'Application/JSON; version=1',
  ]) {
    it(`may spell the type of its body as “${type}”, in both eras`, async () => {
      assert.equal((await post(initializeRequest('2025-06-18'), { 'content-type': type })).status, 200);
      const newer = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list', 'content-type': type };
      const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28', 'io.modelcontextprotocol/clientCapabilities': {} };
      assert.equal((await post({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: { _meta } }, newer)).status, 200);
    });
  }

  it('may say that its body is not encoded', async () => {
    for (const encoding of ['identity', 'Identity', '']) {
      assert.equal((await post(initializeRequest('2025-06-18'), { 'content-encoding': encoding })).status, 200, encoding);
    }
  });

  it('is refused what could be read in two ways', async () => {
    const refused: RawRequest['headers'][] = [
      { 'content-type': 'text/plain' },
      { 'content-type': undefined },
      { 'content-type': ['application/json', 'text/plain'] },
      { 'content-type': 'application/json; charset=utf-16' },
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'identity, gzip' },
    ];
    for (const headers of refused) assert.equal((await post(initializeRequest(), headers)).status, 415, JSON.stringify(headers));
  });

  it('that has no token that counts is told which it is to send', async () => {
    const { status, headers, body } = await post(ping, { authorization: 'Bearer arq_old' });
    assert.deepEqual([status, headers.get('www-authenticate')], [401, 'Bearer']);
    assert.match(body, /Connect an Agent/);
    const board = await send({ target: '/api/v1/board' });
    assert.deepEqual([board.status, board.headers.get('www-authenticate')], [401, 'Bearer']);
    assert.equal((await post(ping, {}, '/api/v1/board')).headers.get('www-authenticate'), undefined, 'a token that is of another role');
  });

  it('finds no place to log in, with or without a token', async () => {
    const places = [
      '/.well-known/oauth-protected-resource',
      `/.well-known/oauth-protected-resource${mcp()}`,
      '/.well-known/oauth-authorization-server',
      `/.well-known/oauth-authorization-server${mcp()}`,
      `${mcp()}/.well-known/oauth-authorization-server`,
      '/.well-known/openid-configuration',
      '/register',
      '/authorize?response_type=code',
      '/token',
      '/',
    ];
    for (const target of places) {
      for (const method of ['GET', 'POST']) {
        for (const authorization of [undefined, agent()['authorization'], `Bearer ${test.hub.userToken}`]) {
          const request = { method, target, headers: { authorization, 'content-type': 'application/json' } };
          const { status, headers } = await send(method === 'POST' ? { ...request, body: '{}' } : request);
          assert.deepEqual([status, headers.get('www-authenticate')], [404, undefined], `${method} ${target}`);
        }
      }
    }
  });
});

describe('the tools as they are listed', () => {
  /** What every provider of models takes in a schema. */
  const words = new Set(['type', 'properties', 'required', 'items', 'description', 'minimum', 'maximum']);
  const types = new Set(['object', 'array', 'string', 'integer', 'number', 'boolean']);

  function check(schema: Record<string, unknown>, path: string): void {
    assert.deepEqual(
      Object.keys(schema).filter((word) => !words.has(word)),
      [],
      path,
    );
    assert.ok(types.has(String(schema['type'])), `${path} has the type ${String(schema['type'])}`);
    for (const bound of ['minimum', 'maximum']) assert.ok(Math.abs(Number(schema[bound] ?? 0)) < 1_000_000, path);
    if (schema['type'] === 'array') check(schema['items'] as Record<string, unknown>, `${path}[]`);
    const properties = (schema['properties'] ?? {}) as Record<string, Record<string, unknown>>;
    for (const [name, member] of Object.entries(properties)) check(member, `${path}.${name}`);
    for (const name of (schema['required'] ?? []) as string[]) assert.ok(name in properties, `${path} requires ${name}`);
  }

  for (const era of eras) {
    it(`have schemas that strict providers take (${era})`, async () => {
      const test = await startTestHub();
      const agent = await connectAgent(era, test.agentAddress());
      const listed = await agent.listTools();
      assert.ok(listed.length > 8);
      for (const { name, inputSchema } of listed) check(inputSchema as Record<string, unknown>, name);
      await agent.close();
      await test.dispose();
    });
  }
});
