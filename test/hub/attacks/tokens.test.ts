import assert from 'node:assert/strict';
import { type HostileTarget, startHostileTarget } from '../../support/hostileTarget.ts';
import { openConnection, requestBytes } from '../../support/rawHttp.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('the hub, attacked with tokens that are none', () => {
  let hub: HostileTarget;
  before(async () => (hub = await startHostileTarget()));
  after(() => hub.finish());

  /** Every door: those of the user, and those of agents. */
  const doors = (): { method: string; target: string; token: string }[] => {
    const id = hub.workspaceId;
    const person = [
      ['GET', '/api/v1/board'],
      ['GET', '/api/v1/events/stream'],
      ['GET', hub.rest('/events')],
      ['GET', hub.rest('/token')],
      ['POST', hub.rest('/token/rotate')],
      ['POST', hub.rest('/tasks')],
      ['DELETE', hub.rest('/tasks/00000000000')],
      ['PATCH', hub.rest('/tasks/00000000000/status')],
      ['POST', '/api/v1/nothing'],
    ];
    const agents = [
      ['POST', `/mcp/${id}`],
      ['GET', `/mcp/${id}`],
      ['DELETE', `/mcp/${id}`],
      ['GET', `/sse/${id}`],
      ['POST', `/sse/${id}/messages`],
      ['POST', `/hooks/${id}/claude-code`],
    ];
    const of = (token: string) => (door: string[]) => ({ method: door[0] ?? '', target: door[1] ?? '', token });
    return [...person.map(of(hub.hub.userToken)), ...agents.map(of(hub.hub.agentToken(id)))];
  };

  it('no token, a wrong one, one that is cut or goes on, another scheme: at every door', async () => {
    const before = await hub.count();
    for (const { method, target, token } of doors()) {
      const other = (letter: string): string => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase());
      const flipped = token.replace(/[a-z](?=[^a-z]*$)/i, other);
      const wrong = [
        undefined,
        '',
        'Bearer',
        'Bearer ',
        'Bearer undefined',
        'Bearer null',
        `Bearer ${token.slice(0, -1)}`,
        `Bearer ${token}x`,
        `Bearer ${token}, Bearer ${token}`,
        `Bearer ${token} ${token}`,
        `Bearer ${flipped}`,
        `Bearer ${token.slice(0, 17)}`,
        `Basic ${Buffer.from(`x:${token}`).toString('base64')}`,
        `Basic ${token}`,
        token,
        `Bearer ${'x'.repeat(8_000)}`,
      ];
      for (const authorization of wrong) {
        const { status, body } = await hub.send({
          method,
          target,
          headers: { authorization, 'content-type': 'application/json' },
          body: '{}',
        });
        assert.equal(status, 401, `${method} ${target} with “${authorization?.slice(0, 60)}”`);
        assert.ok(body.length < 400 && !body.includes(token.slice(0, 17)));
      }
    }
    assert.equal(await hub.count(), before);
  });

  it('a token in the address, except at the two doors of gateways', async () => {
    for (const { method, target, token } of doors()) {
      for (const name of ['token', 'access_token', 'api_key', 'apikey', 'auth', 'key', 'bearer', 'authorization']) {
        const gateway = name === 'token' && /^\/(mcp|sse)\//.test(target);
        if (gateway) continue;
        const { status } = await hub.send({ method, target: `${target}?${name}=${encodeURIComponent(token)}` });
        assert.equal(status, 401, `${method} ${target}?${name}=`);
      }
    }
    const { status } = await hub.send({ target: `/mcp/${hub.workspaceId}?token=${hub.hub.userToken}` });
    assert.equal(status, 403, "the user's token opens no agent's door, wherever it stands");
  });

  it('a token in a cookie', async () => {
    for (const { method, target, token } of doors()) {
      const cookie = ['token', 'session', 'Authorization'].map((name) => `${name}=${token}`).join('; ');
      assert.equal((await hub.send({ method, target, headers: { cookie } })).status, 401, `${method} ${target}`);
    }
  });

  it('two Authorization lines, whichever comes first', async () => {
    for (const { method, target, token } of doors()) {
      for (const authorization of [
        ['Bearer wrong', `Bearer ${token}`],
        [`Bearer ${token}`, 'Bearer wrong'],
        [`Bearer ${token}`, `Bearer ${token}`],
      ]) {
        assert.equal((await hub.send({ method, target, headers: { authorization } })).status, 401, `${method} ${target}`);
      }
    }
  });

  it('refuses before it has read any of the body', async () => {
    await Promise.all(
      doors().map(async ({ method, target }) => {
        const connection = openConnection(hub.port);
        const headers = { 'content-type': 'application/json', 'content-length': '4000000', connection: undefined };
        connection.write(requestBytes(hub.port, { method, target, headers }));
        const [reply] = await connection.whole();
        assert.equal(reply?.status, 401, `${method} ${target} waits for a body that nobody sends`);
        assert.equal(reply.headers.get('connection'), 'close');
      }),
    );
  });

  it('looks at the Host first, then the Origin, then the target, then the token, then the body', async () => {
    const worst = { host: 'evil.example', origin: 'https://evil.example', authorization: 'Bearer wrong', 'content-type': 'text/plain' };
    const target = `/x/..${hub.rest('/tasks')}`;
    const status = async (request: Parameters<HostileTarget['send']>[0]) => {
      const { body } = await hub.send({ method: 'POST', body: '{', ...request });
      return (JSON.parse(body) as { error: { code: string } }).error.code;
    };
    assert.equal(await status({ target, headers: worst }), 'forbidden_host');
    assert.equal(await status({ target, headers: { ...worst, host: `127.0.0.1:${hub.port}` } }), 'forbidden_origin');
    const { host: _, origin: __, ...rest } = worst;
    assert.equal(await status({ target, headers: rest }), 'bad_request');
    assert.equal(await status({ target: hub.rest('/tasks'), headers: rest }), 'unauthorized');
    assert.equal(
      await status({ target: hub.rest('/tasks'), headers: { ...hub.person, 'content-type': 'text/plain' } }),
      'unsupported_media_type',
    );
    assert.equal(await status({ target: hub.rest('/tasks'), headers: hub.person }), 'malformed_json');
  });

  it('the token of one request does not cover the next on its connection', async () => {
    const first = requestBytes(hub.port, { target: '/api/v1/board', headers: { ...hub.person, connection: undefined } });
    const second = requestBytes(hub.port, { target: '/api/v1/board' });
    const replies = await hub.say(Buffer.concat([first, second]));
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 401],
    );
  });

  it('no spelling of a path leads past the token', async () => {
    const spellings = (path: string): string[] => [
      `/${path}`,
      `/${path.replaceAll('/', '//')}`,
      `/.${path}`,
      `/x/..${path}`,
      `/health/..${path}`,
      `/health/%2e%2e${path}`,
      `/health/..;${path}`,
      `/health;${path}`,
      path.toUpperCase(),
      path.replace('api', '%61pi'),
      path.replaceAll('/', '\\'),
      `${path}/`,
      `${path};x`,
      `${path}%00`,
      `${path}#x`,
      `${path}%23`,
      `/health#${path}`,
      `/health?${path}`.replace('?', '%3f'),
      `http://127.0.0.1:${hub.port}${path}`,
      `http://evil.example${path}`,
      `//evil.example${path}`,
    ];
    for (const path of ['/api/v1/board', '/api/v1/events/stream', hub.rest('/token'), `/mcp/${hub.workspaceId}`]) {
      for (const target of spellings(path)) {
        const { status } = await hub.send({ target });
        assert.ok(status >= 400 && status < 500, `${target}: ${status}`);
      }
    }
  });

  it('a path that reads as another is refused, with a token too', async () => {
    for (const target of [
      '/x/../api/v1/board',
      '/api/v1/./board',
      '/api\\v1\\board',
      '/%2e/api/v1/board',
      `http://127.0.0.1:${hub.port}/api/v1/board`,
    ]) {
      assert.equal((await hub.send({ target, headers: hub.person })).status, 400, target);
    }
    for (const target of ['//api/v1/board', '/api/v1/board/', '/API/v1/board']) {
      assert.equal((await hub.send({ target, headers: hub.person })).status, 404, target);
    }
  });

  it('after 300 wrong tokens the right one is let in', async () => {
    const wrong = Array.from({ length: 300 }, (_, round) => ({ authorization: `Bearer wrong-${round}` }));
    const statuses = await Promise.all(wrong.map(async (headers) => (await hub.send({ target: '/api/v1/board', headers })).status));
    assert.ok(statuses.every((status) => status === 401));
    assert.equal((await hub.send({ target: '/api/v1/board', headers: hub.person })).status, 200);
    const agent = await hub.rpc({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'x', version: '1' } },
    });
    assert.equal(agent.status, 200);
  });

  it('says a token neither in its answers nor in its log', async () => {
    const token = hub.hub.agentToken(hub.workspaceId);
    for (const secret of [token, hub.hub.userToken]) {
      for (const target of [
        `/${secret}`,
        `/api/v1/${secret}`,
        `/mcp/${secret}`,
        `/api/v1/board?token=${secret}`,
        `/hooks/${hub.workspaceId}/${secret}`,
      ]) {
        for (const headers of [hub.person, hub.agent(), { authorization: `Bearer ${secret}x` }, { [secret.slice(0, 40)]: 'x' }]) {
          const { head, body } = await hub.send({ target, headers });
          assert.ok(!`${head}${body}`.includes(secret), target);
        }
      }
    }
    await waitFor('the log of it', () => hub.log.length > 0);
    assert.ok(hub.log.every(({ line }) => !line.includes(token) && !line.includes(hub.hub.userToken)));
  });
});
