import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { connectionLimits } from '../../../src/hub/http/listen.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { createLogger } from '../../../src/util/log.ts';
import { cpuMsOf } from '../../support/cpuTime.ts';
import { type HostileTarget, heldBytes, startHostileTarget, waitForMemory } from '../../support/hostileTarget.ts';
import { openConnection, type RawConnection, readReplies, requestBytes } from '../../support/rawHttp.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the hub, attacked with HTTP that is none', () => {
  let hub: HostileTarget;
  before(async () => (hub = await startHostileTarget()));
  after(() => hub.finish());

  const tasks = () => hub.rest('/tasks');
  const post = (body: string | Buffer, headers: Record<string, string | string[] | undefined> = {}) =>
    hub.send({ method: 'POST', target: tasks(), headers: { ...hub.person, ...headers }, body });
  const codeOf = (body: string) => (JSON.parse(body) as { error: { code: unknown; data?: { code: unknown } } }).error;

  it('methods that nobody has a use for', async () => {
    const id = hub.workspaceId;
    const doors: [string, Record<string, string>][] = [
      ['/api/v1/board', hub.person],
      ['/api/v1/events/stream', hub.person],
      [`/mcp/${id}`, hub.agent()],
      [`/sse/${id}`, hub.agent()],
      [`/hooks/${id}/claude-code`, hub.agent()],
    ];
    for (const [target, headers] of doors) {
      for (const method of ['TRACE', 'OPTIONS', 'PUT', 'PROPFIND', 'PURGE', 'QUERY', 'HEAD', 'SEARCH']) {
        const { status, body } = await hub.send({ method, target, headers: { ...headers, 'x-secret': 'echo' } });
        assert.equal(status, 405, `${method} ${target}`);
        assert.ok(!body.includes('echo'));
      }
      for (const method of ['CONNECT', 'BREW', 'get', 'GETS', 'G E T', '\0']) {
        for (const { status } of await hub.say(requestBytes(hub.port, { method, target, headers })))
          assert.equal(status, 400, `${method} ${target}`);
      }
    }
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      const { status } = await hub.send({ target: `${tasks()}/00000000000`, headers: { ...hub.person, [name]: 'DELETE' } });
      assert.equal(status, 404, 'it is still read');
    }
  });

  it('a body that says it is too large, and one that goes on until it is', async () => {
    const declared = openConnection(hub.port);
    declared.write(
      requestBytes(hub.port, { method: 'POST', target: tasks(), headers: { ...hub.person, 'content-length': String(64 << 20) } }),
    );
    const [reply] = await declared.whole();
    assert.equal(reply?.status, 413);

    const before = heldBytes();
    const streamed = openConnection(hub.port);
    streamed.write(requestBytes(hub.port, { method: 'POST', target: tasks(), headers: { ...hub.person, 'transfer-encoding': 'chunked' } }));
    const chunk = Buffer.from(`10000\r\n${' '.repeat(0x10000)}\r\n`);
    for (let sent = 0; sent < 512 && streamed.text() === ''; sent += 1) {
      streamed.write(chunk);
      if (sent % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.equal((await streamed.whole())[0]?.status, 413);
    await waitForMemory(before, 16 << 20);
  });

  it('a refusal reaches whoever is still sending', async () => {
    const body = Buffer.alloc(6 << 20, ' ');
    const refused = [
      { headers: { 'content-type': 'application/json' }, status: 401 },
      { headers: hub.person, status: 413 },
      { headers: { ...hub.person, 'content-length': undefined, 'transfer-encoding': 'chunked' }, status: 413 },
    ];
    for (const { headers, status } of refused) {
      const chunked = 'transfer-encoding' in headers;
      const bytes = chunked ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]) : body;
      const request = { method: 'POST', target: tasks(), headers: { 'content-length': String(bytes.length), ...headers } };
      for (let round = 0; round < 5; round += 1) {
        const [reply] = await hub.say(Buffer.concat([requestBytes(hub.port, request), bytes]));
        assert.equal(reply?.status, status);
      }
    }
  });

  it('many bodies at a time that never end hold no more than their share', async () => {
    const before = heldBytes();
    const open = Array.from({ length: 60 }, () => openConnection(hub.port));
    const part = Buffer.alloc(3 << 20, ' ');
    for (const connection of open) {
      connection.write(
        requestBytes(hub.port, { method: 'POST', target: tasks(), headers: { ...hub.person, 'content-length': String(4 << 20) } }),
      );
      connection.write(part);
    }
    await waitFor('those that are too many to be refused', () => open.filter(({ closed }) => closed).length >= 40);
    assert.equal(
      (await hub.send({ method: 'POST', target: `/hooks/${hub.workspaceId}/claude-code`, headers: hub.agent(), body: '{}' })).status,
      200,
    );
    for (const connection of open) connection.destroy();
    await waitForMemory(before, 16 << 20);
    assert.equal((await post('{"task":{"title":"again"}}')).status, 201, 'what was given back can be had again');
  });

  it('JSON that is deep, wide or rich', async () => {
    const bombs: Record<string, string> = {
      'deep lists': '['.repeat(200_000) + ']'.repeat(200_000),
      'deep lists that never end': '['.repeat(1_000_000),
      'deep objects': '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000),
      'many keys': `{${Array.from({ length: 100_000 }, (_, index) => `"k${index}":1`).join(',')}}`,
      'many elements': `[${'0,'.repeat(450_000)}0]`,
      'many empty lists': `[${'[],'.repeat(450_000)}0]`,
      '33 deep': '['.repeat(33) + ']'.repeat(33),
    };
    for (const [name, body] of Object.entries(bombs)) {
      for (const send of [() => post(body), () => hub.rpc(body)]) {
        const computed = await cpuMsOf(async () => assert.equal((await send()).status, 413, name));
        assert.ok(computed < 1_000, `${name} took ${computed} ms`);
      }
    }
    const nested = `{"task":{"title":"x","more":${'['.repeat(30)}${']'.repeat(30)}}}`;
    assert.equal((await post(nested)).status, 201, '32 deep is as deep as it may be');
    assert.equal(
      (await post(`{"task":{"title":"[[[[","body":${JSON.stringify('[{,"\\'.repeat(20_000))}}}`)).status,
      201,
      'what stands in a string is not counted',
    );
  });

  it('text that is not UTF-8', async () => {
    for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0xaf], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82]]) {
      const body = Buffer.concat([Buffer.from('{"task":{"title":"'), Buffer.from(bytes), Buffer.from('"}}')]);
      const reply = await post(body);
      assert.deepEqual([reply.status, codeOf(reply.body).code], [422, 'malformed_json']);
    }
    const utf16 = Buffer.from('{"task":{"title":"x"}}', 'utf16le');
    assert.equal((await post(utf16)).status, 422);
  });

  it('half surrogates, NUL, other line ends and piled marks come back well-formed', async () => {
    const titles = [
      'a\\ud800b',
      '\\udc00\\ud83d',
      'a\\u0000b',
      'a\\u2028b\\u2029c\\u0085d',
      `z${'\\u0300'.repeat(200)}`,
      '\\uffff\\ufffe\\ufeff x',
    ];
    for (const title of titles) {
      const reply = await post(`{"task":{"title":"${title}","body":"${title}","\\ud800":"\\udc00"}}`);
      assert.equal(reply.status, 201, title);
      const { task } = JSON.parse(reply.body) as { task: { title: string; body: string } };
      assert.ok(task.title.isWellFormed() && task.body.isWellFormed(), 'what the stream tells is what is stored');
    }
    const listed = await hub.send({ target: `${tasks()}?limit=200`, headers: hub.person });
    assert.ok(listed.body.isWellFormed() && JSON.stringify(JSON.parse(listed.body)).isWellFormed());
    const stored = (JSON.parse(listed.body) as { tasks: { title: string; body: string }[] }).tasks;
    assert.ok(stored.every(({ title, body }) => title.isWellFormed() && body.isWellFormed()));
  });

  it('scalars, null, halves of JSON and what only looks like it', async () => {
    const odd = [
      'null',
      '1',
      '""',
      '[]',
      '[[]]',
      'true',
      '{',
      '{"task"',
      "{'task':{}}",
      '{"task":{"title":"x"}}}',
      '{"task":{"title":"x"}',
      '{"task":{"title":"x"},}',
    ];
    const values = [
      'NaN',
      'Infinity',
      '1e999',
      '"',
      '\\',
      ' ',
      '\0',
      '// x',
      '{"task":null}',
      '{"task":[]}',
      '{"task":{"title":{}}}',
      '{"task":{"title":["x"]}}',
    ];
    for (const body of [...odd, ...values]) {
      const rest = await post(body);
      assert.ok(rest.status >= 400 && rest.status < 500, `${body}: ${rest.status}`);
      const rpc = await hub.rpc(body);
      assert.ok(rpc.status >= 400 && rpc.status < 500, `${body}: ${rpc.status}`);
      const hook = await hub.send({ method: 'POST', target: `/hooks/${hub.workspaceId}/claude-code`, headers: hub.agent(), body });
      assert.deepEqual([hook.status, hook.body], [200, '{}'], 'a hook never disturbs its agent');
    }
  });

  it('nothing that is sent becomes a member of everything', async () => {
    const polluted =
      '{"__proto__":{"polluted":1,"title":"x"},"constructor":{"prototype":{"polluted":1}},"task":{"title":"x","__proto__":{"polluted":1,"body":"y"}}}';
    const reply = await post(polluted);
    assert.equal(reply.status, 201);
    assert.equal((JSON.parse(reply.body) as { task: { body: string } }).task.body, '', 'what stands in __proto__ is not read');
    const { status } = await hub.send({
      target: `${tasks()}?__proto__=1&__proto__[polluted]=1&constructor.prototype.polluted=1&constructor=1&limit=1`,
      headers: { ...hub.person, constructor: 'x' },
    });
    assert.equal(status, 200);
    const raw = requestBytes(hub.port, { target: tasks(), headers: hub.person }).toString('latin1');
    const [answer] = await hub.say(raw.replace('\r\n\r\n', '\r\n__proto__: x\r\nconstructor: x\r\nhasOwnProperty: x\r\n\r\n'));
    assert.equal(answer?.status, 200);
    const mcp = requestBytes(hub.port, { method: 'POST', target: `/mcp/${hub.workspaceId}`, headers: hub.agent(), body: '{}' }).toString(
      'latin1',
    );
    const [rpc] = await hub.say(mcp.replace('\r\n\r\n', '\r\n__proto__: x\r\nconstructor: x\r\n\r\n'));
    assert.equal(rpc?.status, 400);
    await hub.rpc('{"jsonrpc":"2.0","id":1,"method":"initialize","__proto__":{"polluted":1},"params":{"__proto__":{"polluted":1}}}');
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('bodies that are packed', async () => {
    const bomb = gzipSync(Buffer.alloc(1 << 24, ' '));
    for (const encoding of ['gzip', 'deflate', 'br', 'zstd', 'gzip, gzip', 'x']) {
      const reply = await post(bomb, { 'content-encoding': encoding });
      assert.equal(reply.status, 415, encoding);
    }
    assert.equal((await post(bomb, { 'content-encoding': 'identity' })).status, 422, 'it says that it is none');
  });

  it('headers and targets that are too long, too many or broken', async () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `x-${index}: y\r\n`).join('');
    const host = `host: 127.0.0.1:${hub.port}\r\nconnection: close\r\n`;
    const broken: [string, number][] = [
      [`GET /health HTTP/1.1\r\n${host}x: ${'y'.repeat(100_000)}\r\n\r\n`, 431],
      [`GET /health HTTP/1.1\r\n${host}${many}\r\n`, 431],
      [`GET /${'a'.repeat(65_536)} HTTP/1.1\r\n${host}\r\n`, 431],
      [`GET /health HTTP/1.1\r\n${host}no colon\r\n\r\n`, 400],
      [`GET /health HTTP/1.1\r\n${host} folded: x\r\n\r\n`, 400],
      [`GET /health HTTP/1.1\r\n${host}a b: x\r\n\r\n`, 400],
      [`GET /health HTTP/1.1\r\n${host}x: a\0b\r\n\r\n`, 400],
      [`GET /health HTTP/1.1\r\n${host}x: a\rb\r\n\r\n`, 400],
      [`GET /he alth HTTP/1.1\r\n${host}\r\n`, 400],
      [`GET /health\x01 HTTP/1.1\r\n${host}\r\n`, 400],
    ];
    for (const [bytes, status] of broken) {
      const replies = await hub.say(bytes);
      assert.deepEqual(
        replies.map((reply) => reply.status),
        [status],
        bytes.slice(0, 80),
      );
    }
  });

  it('escaped line ends make no header of an answer', async () => {
    const evil = '%0d%0aset-cookie:%20x=1%0d%0alocation:%20http://evil.example%0d%0a%0d%0a';
    for (const target of [
      `/${evil}`,
      `/api/v1/board?x=${evil}`,
      hub.rest(`/tasks/${evil}`),
      `/mcp/${evil}`,
      `/api/v1/events/stream/${evil}`,
      `/hooks/${hub.workspaceId}/${evil}`,
    ]) {
      for (const headers of [hub.person, hub.agent()]) {
        const reply = await hub.send({ target, headers });
        assert.ok(reply.status === 200 || (reply.status >= 400 && reply.status < 500), target);
        assert.equal(reply.headers.get('set-cookie') ?? reply.headers.get('location'), undefined);
      }
    }
  });

  it('targets that break what reads them', async () => {
    for (const target of [
      '//////',
      '//',
      '/%',
      '/%zz',
      '/%c0%ae',
      '/%ff',
      '/..;/',
      '/%00',
      '/?%',
      '/?=&&&=',
      '/[',
      '/\\\\',
      '/@',
      '/:80',
      '/%2f%2f',
      '/{}',
      '/^`|',
    ]) {
      for (const prefix of ['', '/api/v1', `/mcp`, hub.rest('/tasks')]) {
        const reply = await hub.send({ target: prefix + target, headers: hub.person });
        assert.ok(reply.status < 500 && reply.status >= 200, `${prefix}${target}: ${reply.status}`);
      }
    }
  });

  it('requests that two readers would divide in two ways get one answer, and the connection is closed', async () => {
    const host = `Host: 127.0.0.1:${hub.port}\r\nContent-Type: application/json\r\nAuthorization: ${hub.person['authorization']}\r\n`;
    const smuggled = `GET /api/v1/board HTTP/1.1\r\n${host}\r\n`;
    const framings = [
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n',
      'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
      'Content-Length: 5, 6\r\n\r\nhello!',
      'Content-Length: +5\r\n\r\nhello',
      'Content-Length: -5\r\n\r\nhello',
      'Content-Length: 0x5\r\n\r\nhello',
      'Content-Length: 5 5\r\n\r\nhello',
      'Content-Length: 99999999999999999999\r\n\r\nhello',
      'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
      'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
      'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n',
      'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
      'Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n',
      'Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n',
      'Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n',
      'Transfer-Encoding: chunked\r\n\r\n1 \r\nx\r\n0\r\n\r\n',
      'Transfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n',
      'Transfer-Encoding: chunked\r\n\r\n1\r\nxy0\r\n\r\n',
      `Transfer-Encoding: chunked\r\n\r\n1;${'x'.repeat(65_536)}\r\nx\r\n0\r\n\r\n`,
    ];
    for (const framing of framings) {
      const replies = await hub.say(`POST ${tasks()} HTTP/1.1\r\n${host}${framing}${smuggled}`);
      assert.equal(replies.length, 1, framing);
      assert.ok([400, 413].includes(replies[0]?.status ?? 0), `${framing}: ${replies[0]?.status}`);
    }
  });

  it('noise after a request whose answer goes on ends the connection, and is not answered into it', async () => {
    const stream = openConnection(hub.port);
    stream.write(requestBytes(hub.port, { target: '/api/v1/events/stream', headers: { ...hub.person, connection: undefined } }));
    await waitFor('the stream to open', () => stream.text().includes(': agentrq'));
    stream.write('no request\r\n\r\n');
    await waitFor('the connection to close', () => stream.closed);
    assert.equal(stream.text().match(/HTTP\/1\.1/g)?.length, 1);
  });

  it('the body of a refused request is not run as the next one', async () => {
    const inner = requestBytes(hub.port, { method: 'POST', target: tasks(), headers: hub.person, body: '{"task":{"title":"smuggled"}}' });
    const before = await hub.count();
    const refusals = [
      { headers: { 'content-type': 'application/json' }, status: 401 },
      { headers: { ...hub.person, host: 'evil.example' }, status: 403 },
      { headers: { ...hub.person, origin: 'https://evil.example' }, status: 403 },
      { headers: { ...hub.person, 'content-type': 'text/plain' }, status: 415 },
      { headers: { ...hub.person, 'content-length': String(64 << 20) }, status: 413 },
    ];
    for (const { headers, status } of refusals) {
      const replies = await hub.say(
        requestBytes(hub.port, { method: 'POST', target: tasks(), headers: { ...headers, connection: undefined }, body: inner }),
      );
      assert.deepEqual(
        replies.map((reply) => reply.status),
        [status],
      );
    }
    const read = await hub.say(
      requestBytes(hub.port, { target: '/health', headers: { connection: undefined, 'content-length': '9999' } }).toString() + inner,
    );
    assert.equal(read.length, 1, 'neither is one that came with a request that has none');
    assert.equal(await hub.count(), before);
  });

  it('other versions of HTTP, TLS and noise', async () => {
    for (const version of [
      'HTTP/0.9',
      'HTTP/1.2',
      'HTTP/2.0',
      'HTTP/3.0',
      'HTTP/9.9',
      'HTTP/1',
      'HTTP/1.10',
      'HTTP',
      'http/1.1',
      'ICY/1.0',
      '',
    ]) {
      for (const { status } of await hub.say(requestBytes(hub.port, { version, headers: hub.person }))) assert.equal(status, 400, version);
    }
    const noise = [
      'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
      Buffer.from('16030100c8010000c40303', 'hex'),
      Buffer.from([0, 1, 2, 3, 255, 254]),
      '\r\n\r\n\r\nx',
      'SSH-2.0-x\r\n',
      '{"jsonrpc":"2.0"}\n',
      Buffer.alloc(20_000, 0xaa),
    ];
    for (const bytes of noise) {
      for (const { status } of await hub.say(bytes)) assert.ok(status === 400 || status === 431, String(bytes).slice(0, 40));
    }
    const [oldest] = await hub.say('GET /health\r\n\r\n');
    assert.equal(oldest?.status, 403, 'HTTP/0.9 names no host');
  });

  it('a hundred requests at once on one connection are answered in order; 5,000 that nobody reads disturb nobody', async () => {
    const one = requestBytes(hub.port, { target: '/health', headers: { connection: undefined } });
    const last = requestBytes(hub.port, { target: '/api/v1/board' });
    const replies = await hub.say(Buffer.concat([...Array.from({ length: 100 }, () => one), last]));
    assert.deepEqual(
      replies.map(({ status }) => status),
      [...Array.from({ length: 100 }, () => 200), 401],
    );
    const deaf = openConnection(hub.port);
    deaf.pause();
    deaf.write(Buffer.concat(Array.from({ length: 5_000 }, () => one)));
    assert.equal((await hub.send({})).status, 200);
    assert.equal(deaf.closed, false, 'it waits still');
    deaf.destroy();
  });

  it('500 connections that say nothing, and a burst of requests, keep nobody out', async () => {
    const idle: RawConnection[] = Array.from({ length: 500 }, () => openConnection(hub.port));
    const burst = await Promise.all(Array.from({ length: 200 }, () => hub.send({ target: '/api/v1/workspaces', headers: hub.person })));
    assert.ok(burst.every(({ status }) => status === 200));
    assert.ok(
      idle.some(({ closed }) => !closed),
      'they hold their places still',
    );
    for (const connection of idle) connection.destroy();
  });

  it('every answer is marked: not to be kept, nor to be taken for something else', async () => {
    const id = hub.workspaceId;
    const requests = [
      { target: '/health' },
      { target: '/api/v1/board' },
      { target: '/api/v1/board', headers: hub.person },
      { target: '/nothing', headers: hub.person },
      { method: 'POST', target: tasks(), headers: hub.person, body: '{' },
      { method: 'POST', target: `/mcp/${id}`, headers: hub.agent(), body: '{}' },
      { method: 'POST', target: `/mcp/${id}`, headers: hub.agent(), body: '{"jsonrpc":"2.0","method":"notifications/initialized"}' },
      { method: 'POST', target: `/mcp/${id}`, headers: { ...hub.agent(), accept: 'application/json' }, body: initialize },
      { method: 'POST', target: `/mcp/${id}`, headers: { ...hub.agent(), accept: 'text/event-stream' }, body: initialize },
      { method: 'POST', target: `/hooks/${id}/claude-code`, headers: hub.agent(), body: '{}' },
    ];
    for (const request of requests) {
      const { headers, head } = await hub.send(request);
      assert.match(headers.get('cache-control') ?? '', /^no-store/, head);
      assert.equal(headers.get('x-content-type-options'), 'nosniff', head);
      for (const name of ['server', 'x-powered-by', 'set-cookie', 'etag', 'location', 'via'])
        assert.equal(headers.get(name), undefined, head);
      if (headers.get('content-length') !== '0')
        assert.match(headers.get('content-type') ?? '', /^(application\/json|text\/event-stream)/, head);
    }
  });

  it('no refusal speaks of files, lines of code, or the database', async () => {
    const provoked = [
      await post('{"task":{"title":1}}'),
      await post('{'),
      await hub.send({ target: hub.rest("/tasks/' OR 1=1 --"), headers: hub.person }).catch(() => undefined),
      await hub.send({ target: `${tasks()}?limit=x&offset=-1&status=%27`, headers: hub.person }),
      await hub.rpc('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"nope"}}'),
      await hub.rpc({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'reply', arguments: { chatId: {} } } }),
    ];
    for (const { body } of provoked.filter((reply) => reply !== undefined)) {
      assert.doesNotMatch(body, /\bat \w+ \(|node:|\.ts\b|\.cjs\b|SQLITE|SELECT |\/home\/|\/tmp\/|node_modules/);
    }
  });
});

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
});

describe('the hub, attacked with slowness', () => {
  /** Soon, for what is to be ended. */
  const soon = { headersMs: 3_000, requestMs: 3_000, checkMs: 50, idleMs: 500 };
  const never = 3_600_000;
  let hub: HostileTarget;
  before(async () => {
    hub = await startHostileTarget({ connectionLimits: { ...connectionLimits, ...soon } });
  });
  after(() => hub.finish());

  /** A request that says that a body comes, and its first byte. */
  function beginBody(target: HostileTarget): RawConnection {
    const connection = openConnection(target.port);
    const headers = { ...target.person, connection: undefined, 'content-length': '9' };
    connection.write(requestBytes(target.port, { method: 'POST', target: target.rest('/tasks'), headers }));
    connection.write('{');
    return connection;
  }

  it('200 requests that never begin, never end their headers or never send their body are ended, and nobody waits for them', async () => {
    const slow = Array.from({ length: 200 }, (_, index) => {
      if (index % 4 === 3) return beginBody(hub);
      const connection = openConnection(hub.port);
      if (index % 4 === 1) connection.write('G');
      if (index % 4 === 2) connection.write(`GET /health HTTP/1.1\r\nhost: 127.0.0.1:${hub.port}\r\nx: `);
      return connection;
    });
    assert.equal((await hub.send({})).status, 200);
    await waitFor('all of them to be ended', () => slow.every(({ closed }) => closed));
    for (const connection of slow) {
      const { status } = readReplies(connection.text())[0] ?? {};
      assert.ok(status === undefined || status === 408, String(status));
    }
  });

  it('a body has more time than the headers before it', async () => {
    const patient = await startHostileTarget({ connectionLimits: { ...connectionLimits, ...soon, requestMs: never } });
    const body = beginBody(patient);
    const headers = openConnection(patient.port);
    headers.write('G');
    await waitFor('the one without headers to be ended', () => headers.closed);
    assert.equal(body.closed, false);
    body.destroy();
    await patient.finish();
  });

  it('uploads that drip are ended as well', async () => {
    const dripping = Array.from({ length: 100 }, () => openConnection(hub.port));
    for (const connection of dripping) {
      connection.write(
        requestBytes(hub.port, {
          method: 'POST',
          target: `/mcp/${hub.workspaceId}`,
          headers: { ...hub.agent(), 'content-length': '100000' },
        }),
      );
    }
    await waitFor('all of them to be ended', () => {
      for (const connection of dripping) if (!connection.closed) connection.write(' ');
      return dripping.every(({ closed }) => closed);
    });
  });

  it('streams and calls that wait outlive all of that', async () => {
    const stream = openConnection(hub.port);
    stream.write(requestBytes(hub.port, { target: '/api/v1/events/stream', headers: { ...hub.person, connection: undefined } }));
    await waitFor('the stream to open', () => stream.text().includes(': agentrq'));
    const asking = openConnection(hub.port);
    const call = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: {
        name: 'askHuman',
        arguments: { question: 'Still there?', wait_s: 4 },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientInfo': { name: 'slow', version: '1' },
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    };
    const headers = {
      ...hub.agent(),
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'askHuman',
    };
    const startedAt = performance.now();
    asking.write(requestBytes(hub.port, { method: 'POST', target: `/mcp/${hub.workspaceId}`, headers, body: JSON.stringify(call) }));
    await waitFor('the answer to the call', () => asking.closed);
    assert.match(asking.text(), /pending/);
    assert.ok(performance.now() - startedAt > 3_500, 'it waited for as long as it said');
    assert.equal(stream.closed, false);
    assert.match(stream.text(), /Still there\?/);
    stream.destroy();
  });

  it('a connection that is done is closed, and no more are let in than there is room for', async () => {
    const kept = openConnection(hub.port);
    kept.write(requestBytes(hub.port, { headers: { connection: undefined } }));
    await waitFor('it to be closed', () => kept.closed);

    // Here none of them is ended because it says nothing.
    const limits = { ...connectionLimits, headersMs: never, requestMs: never, connections: 400 };
    const full = await startHostileTarget({ connectionLimits: limits });
    const crowd = Array.from({ length: 450 }, () => openConnection(full.port));
    await waitFor('50 of them to be turned away', () => crowd.filter(({ closed }) => closed).length === 50);
    assert.ok(crowd.every((one) => one.text() === ''));
    for (const connection of crowd) connection.destroy();
    await waitFor('room', async () => (await full.say(requestBytes(full.port, {})))[0]?.status === 200);
    await full.finish();
  });

  it('ends what takes longer than it says, unless a hub is told otherwise', () => {
    assert.deepEqual(connectionLimits, {
      headersMs: 10_000,
      requestMs: 15_000,
      checkMs: 2_000,
      idleMs: 5_000,
      headerBytes: 16_384,
      connections: 10_000,
    });
  });
});

describe('the hub, when a part of it throws', () => {
  it('says no more than that it failed, at every door, and goes on', async () => {
    let broken = false;
    const now = (): number => {
      if (broken) throw new Error('secret detail in /home/person/hub.db: SELECT token');
      return systemClock.now();
    };
    const hub = await startHostileTarget({ clock: { ...systemClock, now } });
    const { count } = hub;
    await count();
    const requests = [
      { method: 'POST', target: hub.rest('/tasks'), headers: hub.person, body: '{"task":{"title":"x"}}' },
      { method: 'POST', target: `/mcp/${hub.workspaceId}`, headers: { ...hub.agent(), accept: 'application/json' }, body: initialize },
      {
        method: 'POST',
        target: `/hooks/${hub.workspaceId}/claude-code`,
        headers: hub.agent(),
        body: '{"hook_event_name":"PermissionRequest","tool_name":"Bash","tool_input":{"command":"ls"},"session_id":"s"}',
      },
    ];
    for (const request of requests) {
      broken = true;
      const connection = openConnection(hub.port);
      connection.write(requestBytes(hub.port, request));
      const [reply] = await connection.whole();
      broken = false;
      assert.ok(reply?.status === 500 || reply?.body === '{}', reply?.head);
      assert.doesNotMatch(reply.body, /secret|hub\.db|SELECT/);
    }
    const errors = hub.log.filter(({ level }) => level === 'error');
    assert.equal(errors.length, requests.length, 'the log has it, a line for each');
    assert.ok(errors.every(({ line }) => line.includes('secret detail')));
    hub.log.length = 0;
    await hub.finish();
  });

  it('ends a connection that it can not even refuse, and goes on', async () => {
    let broken = false;
    const hub = await startHostileTarget({
      log: createLogger((level) => {
        if (broken && level === 'trace') throw new Error('the log is full');
      }),
    });
    const connection = openConnection(hub.port);
    broken = true;
    connection.write(requestBytes(hub.port, { target: '/nothing' }));
    assert.deepEqual(await connection.whole(), []);
    broken = false;
    await hub.finish();
  });
});
