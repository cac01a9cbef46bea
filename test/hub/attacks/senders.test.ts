import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type HostileTarget, startHostileTarget } from '../../support/hostileTarget.ts';
import { requestBytes } from '../../support/rawHttp.ts';

describe('the hub, attacked from where nobody should reach it', () => {
  let hub: HostileTarget;
  before(async () => (hub = await startHostileTarget()));
  after(() => hub.finish());

  /** A door of everybody, one of the user and one of agents, each with the right token. */
  const doors = () => [
    { method: 'GET', target: '/health', headers: {} },
    { method: 'GET', target: '/api/v1/board', headers: hub.person },
    { method: 'POST', target: `/mcp/${hub.workspaceId}`, headers: hub.agent(), body: '{}' },
  ];

  it('listens on the loopback address alone', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).filter(({ internal }) => !internal));
    for (const host of [...addresses.map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address)), '127.0.0.2', '::1']) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ port: hub.port, host, timeout: 2_000 });
        const done = (answer: boolean) => () => {
          socket.destroy();
          resolve(answer);
        };
        socket.on('connect', done(true)).on('error', done(false)).on('timeout', done(false));
      });
      assert.equal(reached, false, host);
    }
  });

  it('a foreign Host', async () => {
    const { port } = hub;
    const names = [
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.evil.example',
      '127.evil.example',
      '127.0.0.1.nip.io',
      'localhost.localdomain',
    ];
    const addresses = [
      '0.0.0.0',
      '[::]',
      '127.0.0.2',
      '127.1',
      '0x7f000001',
      '2130706433',
      '10.0.0.1',
      '192.168.1.1',
      '[fe80::1]',
      'host.docker.internal',
    ];
    for (const host of [...names, ...addresses].flatMap((name) => [name, `${name}:${port}`])) {
      for (const door of doors()) assert.equal((await hub.send({ ...door, headers: { ...door.headers, host } })).status, 403, host);
    }
  });

  it('a Host with anything but a name and this port', async () => {
    const { port } = hub;
    const hosts = [
      '127.0.0.1',
      'localhost',
      `127.0.0.1:${port + 1}`,
      `127.0.0.1:0${port}`,
      `127.0.0.1:${port}.`,
      `127.0.0.1.:${port}`,
      `localhost.:${port}`,
      `evil.example@127.0.0.1:${port}`,
      `127.0.0.1:${port}@evil.example`,
      `127.0.0.1:${port}/x`,
      `127.0.0.1:${port}#evil`,
      `127.0.0.1:${port}?x`,
      `127.0.0.1:${port}, evil.example`,
      `127.0.0.1:${port} evil.example`,
      `127.0.0.1:${port}\tx`,
      `127.0.0.1:${port}:80`,
      `http://127.0.0.1:${port}`,
      '127.0.0.1:x',
      `127.0.0.1:${port}%00`,
      'x'.repeat(8_000),
    ];
    for (const host of hosts) {
      for (const door of doors())
        assert.equal((await hub.send({ ...door, headers: { ...door.headers, host } })).status, 403, host.slice(0, 60));
    }
  });

  it('takes the three names of this machine, in any case, and none that look like them', async () => {
    const { port } = hub;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LocalHost:${port}`, `[::1]:${port}`]) {
      assert.equal((await hub.send({ headers: { host } })).status, 200, host);
    }
    for (const host of [
      `[::1%lo]:${port}`,
      `[0:0:0:0:0:0:0:1]:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `::1:${port}`,
      `[::1]`,
      `[::1].evil.example:${port}`,
    ]) {
      assert.equal((await hub.send({ headers: { host } })).status, 403, host);
    }
  });

  it('no Host, an empty one, two of them, also in HTTP/1.0', async () => {
    const host = `127.0.0.1:${hub.port}`;
    for (const door of doors()) {
      for (const headers of [
        { host: undefined },
        { host: '' },
        { host: [host, 'evil.example'] },
        { host: ['evil.example', host] },
        { host: [host, host] },
      ]) {
        for (const version of ['HTTP/1.1', 'HTTP/1.0']) {
          const { status } = await hub.send({ ...door, version, headers: { ...door.headers, ...headers } });
          assert.ok(status === 403 || status === 400, `${version} ${JSON.stringify(headers)}: ${status}`);
        }
      }
    }
  });

  it('a target that names another authority, or the whole address', async () => {
    for (const target of ['http://evil.example/health', `http://127.0.0.1:${hub.port}/health`, 'evil.example:80', '*', 'health', '']) {
      for (const method of ['GET', 'OPTIONS']) {
        const [reply] = await hub.say(requestBytes(hub.port, { method, target, headers: hub.person }));
        assert.equal(reply?.status, 400, `${method} ${target}`);
      }
    }
  });

  it('the open door says no more than that a hub is there', async () => {
    const { body, status } = await hub.send({});
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(JSON.parse(body) as object).toSorted(), ['hubId', 'name', 'protocolVersion']);
    for (const target of [
      '/',
      '/status',
      '/metrics',
      '/debug',
      '/.env',
      '/version',
      '/favicon.ico',
      '/robots.txt',
      '/hub.json',
      '/api',
      '/api/v1',
      '/health/',
      '/healthz',
    ]) {
      assert.equal((await hub.send({ target })).status, 404, target);
    }
  });

  it('any Origin, with the right token', async () => {
    const { port } = hub;
    const origins = [
      'https://evil.example',
      'null',
      '',
      `http://127.0.0.1:${port}`,
      `http://localhost:${port}`,
      'http://localhost:3000',
      'http://localhost',
      `http://localhost:${port}.evil.example`,
      'vscode-webview://abc',
      'file://',
      'chrome-extension://abc',
      'about:blank',
      '*',
    ];
    for (const origin of origins) {
      for (const door of doors()) {
        for (const name of ['origin', 'Origin', 'ORIGIN']) {
          assert.equal((await hub.send({ ...door, headers: { ...door.headers, [name]: origin } })).status, 403, `${door.target} ${origin}`);
        }
      }
    }
  });

  it('an Origin behind more headers than Node counts', async () => {
    const filler = Object.fromEntries(Array.from({ length: 2_100 }, (_, index) => [index.toString(36), '']));
    assert.equal((await hub.send({ headers: { ...filler, origin: 'https://evil.example' } })).status, 403);
  });

  it('no answer allows another origin anything', async () => {
    const requests = [
      { target: '/health' },
      { target: '/api/v1/board' },
      { target: '/api/v1/board', headers: hub.person },
      { target: '/api/v1/board', headers: { ...hub.person, origin: 'https://evil.example' } },
      { target: '/nothing', headers: hub.person },
      { method: 'OPTIONS', target: '/api/v1/board' },
      { method: 'OPTIONS', target: '/api/v1/board', headers: hub.person },
      ...doors(),
    ];
    for (const request of requests) {
      const { headers } = await hub.send(request);
      assert.deepEqual(
        [...headers.keys()].filter((name) => name.startsWith('access-control-') || name === 'set-cookie' || name === 'location'),
        [],
      );
    }
  });

  it('a preflight, also one for private networks', async () => {
    for (const { target } of doors()) {
      const headers = {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
        'access-control-request-private-network': 'true',
      };
      const reply = await hub.send({ method: 'OPTIONS', target, headers });
      assert.equal(reply.status, 403);
      assert.equal(reply.headers.get('access-control-allow-private-network'), undefined);
    }
  });

  it('what a form or a script without a token can send changes nothing, with the right token neither', async () => {
    const before = await hub.count();
    const types = [
      'text/plain',
      'text/plain; application/json',
      'text/plain;charset=UTF-8',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json, text/plain',
      'application/json-patch+json',
      'application/jsonp',
      'application/json; charset=utf-16',
      'text/json',
      '',
      undefined,
      ['application/json', 'text/plain'],
      ['text/plain', 'application/json'],
    ];
    for (const type of types) {
      const headers = { 'content-type': type };
      const body = '{"task":{"title":"made by a web page"}}';
      const drive = await hub.send({ method: 'POST', target: hub.rest('/tasks'), headers, body });
      assert.equal(drive.status, 401, String(type));
      const known = await hub.send({ method: 'POST', target: hub.rest('/tasks'), headers: { ...hub.person, ...headers }, body });
      assert.equal(known.status, 415, String(type));
      assert.equal(
        (await hub.rpc('{"jsonrpc":"2.0","id":1,"method":"ping"}', headers as Record<string, string>)).status,
        415,
        String(type),
      );
    }
    assert.equal(await hub.count(), before);
  });

  it('takes JSON whichever way its type is written', async () => {
    for (const type of ['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"']) {
      const headers = { ...hub.person, 'content-type': type };
      assert.equal(
        (await hub.send({ method: 'POST', target: hub.rest('/tasks'), headers, body: '{"task":{"title":"x"}}' })).status,
        201,
        type,
      );
    }
  });

  it('nothing that a script element could run', async () => {
    for (const target of ['/api/v1/board?callback=alert', '/health?callback=alert&jsonp=alert', '/api/v1/board.js']) {
      const { body, headers } = await hub.send({ target, headers: hub.person });
      assert.match(body, /^\{/);
      assert.match(headers.get('content-type') ?? '', /^application\/json/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
  });

  it('what a browser marks as sent by another page', async () => {
    for (const site of ['cross-site', 'same-site', 'Cross-Site', 'none, cross-site', 'x']) {
      for (const door of doors()) {
        assert.equal((await hub.send({ ...door, headers: { ...door.headers, 'sec-fetch-site': site } })).status, 403, site);
      }
    }
  });

  it('no upgrade, neither to a WebSocket nor to HTTP/2', async () => {
    const upgrades = [
      { upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' },
      { upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' },
    ];
    for (const headers of upgrades) {
      for (const door of [{ target: '/' }, ...doors()]) {
        const bytes = requestBytes(hub.port, {
          ...door,
          headers: { ...('headers' in door ? door.headers : {}), ...headers, connection: 'Upgrade, close' },
        });
        for (const { status } of await hub.say(bytes)) assert.notEqual(status, 101);
      }
    }
  });
});
