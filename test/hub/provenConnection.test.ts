import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import http, { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { mock } from 'node:test';
import { postEvent } from '../../src/agents/postEvent.ts';
import { sendProven } from '../../src/home/hubRequest.ts';
import { readSecret } from '../../src/home/ownHub.ts';
import { provenConnection } from '../../src/home/provenConnection.ts';
import { createProvenFetch } from '../../src/home/provenFetch.ts';
import { freePort } from '../support/freePort.ts';
import { startProvingServer } from '../support/provingServer.ts';
import { startStranger } from '../support/stranger.ts';
import { makeHome, startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

const unproven = { code: 'unproven_hub' };

describe('whose hub it is', () => {
  let test: TestHub;
  let port: number;
  let secret: string;
  let ends: (() => unknown)[];

  before(async () => {
    test = await startTestHub();
    port = Number(new URL(test.hub.url).port);
    secret = readSecret(test.home) ?? assert.fail();
  });
  after(() => test.dispose());
  beforeEach(() => (ends = []));
  afterEach(async () => {
    for (const end of ends.toReversed()) await end();
  });

  /** What the hub says of its health. */
  async function health(query: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      path: `/health${query}`,
      headers: { host: `127.0.0.1:${port}`, ...headers },
    }).end();
    const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
    return JSON.parse(Buffer.concat((await response.toArray()) as Buffer[]).toString()) as Record<string, unknown>;
  }

  async function playStranger(answer: (request: IncomingMessage, response: ServerResponse) => void) {
    const stranger = await startStranger({ answer });
    ends.push(() => stranger.close());
    return stranger;
  }

  it('is proven by the hub of this home folder, for as many requests as are made', async () => {
    const socket = await provenConnection({ port, secret });
    assert.equal(socket.remotePort, port);
    socket.destroy();
    const fetch = createProvenFetch(() => secret);
    for (const _ of [1, 2, 3]) {
      const response = await fetch(`${test.hub.url}/api/v1/board`, { headers: { authorization: `Bearer ${test.hub.userToken}` } });
      assert.equal(response.status, 200);
      assert.equal(((await response.json()) as { hubId: string }).hubId, test.hub.hubId);
    }
  });

  it('is answered as ever without a nonce, or with another text', async () => {
    for (const query of ['', '?nonce=', '?nonce=abc', `?nonce=${'A'.repeat(32)}`, `?nonce=${'0'.repeat(33)}`, `?once=${'0'.repeat(32)}`]) {
      assert.deepEqual(Object.keys(await health(query)), ['name', 'protocolVersion', 'hubId'], query);
    }
    assert.match(String((await health(`?nonce=${'0'.repeat(32)}`))['proof']), /^[\w-]{43}$/);
  });

  it('is not proven by what a hub of another home folder says', async () => {
    const other = await startTestHub();
    ends.push(() => other.dispose());
    await assert.rejects(provenConnection({ port: Number(new URL(other.hub.url).port), secret }), unproven);
    await assert.rejects(provenConnection({ port, secret: readSecret(other.home) ?? '' }), unproven);
  });

  it('is not proven by a stranger that has the question answered by the real hub, whatever it says in its Host', async () => {
    for (const own of [false, true]) {
      const stranger = await playStranger((incoming, response) => {
        const headers = { host: own ? `localhost:${port}` : `127.0.0.1:${port}` };
        request({ host: '127.0.0.1', port, path: incoming.url, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 0, answer.headers);
          answer.pipe(response);
        }).end();
      });
      await assert.rejects(provenConnection({ port: stranger.port, secret }), unproven);
    }
  });

  it('is not proven by a stranger that took the connection, left the port to the hub, and asks that', async () => {
    const home = makeHome();
    ends.push(() => rmSync(home, { recursive: true, force: true }));
    await (await startTestHub({ home })).hub.close();
    const own = { port: await freePort(), secret: readSecret(home) ?? '' };
    const held: Socket[] = [];
    const thief = createServer((socket) => void held.push(socket)).listen(own.port, '127.0.0.1');
    await once(thief, 'listening');
    const proving = assert.rejects(provenConnection(own), unproven);
    await waitFor('the connection to be taken', () => held.length === 1);
    const victim = held[0] ?? assert.fail();
    thief.close();
    const late = await startTestHub({ home, port: own.port });
    ends.push(() => late.hub.close());
    const relay = connect(own.port, '127.0.0.1');
    for (const socket of [victim, relay]) socket.on('error', () => {});
    ends.push(() => relay.destroy());
    victim.pipe(relay).pipe(victim);
    await proving;
    (await provenConnection(own)).destroy();
  });

  const frauds: [what: string, answer: (request: IncomingMessage, response: ServerResponse) => void][] = [
    ['the right health and no proof', (_, response) => json(response, { name: 'agentrq', protocolVersion: 1, hubId: 'x' })],
    ['a proof that it made up', (_, response) => json(response, { proof: randomBytes(32).toString('base64url') })],
    ['a proof of another type', (_, response) => json(response, { proof: { length: 43 } })],
    ['no JSON', (_, response) => void response.end('hello')],
    ['null', (_, response) => json(response, null)],
    ['nothing', (_, response) => void response.writeHead(204).end()],
    ['an error', (_, response) => void response.writeHead(500).end()],
    ['a redirection to the hub', ({ url }, response) => void response.writeHead(302, { location: `${test.hub.url}${url}` }).end()],
    ['with the end of the connection', (_, response) => void response.destroy()],
    ['chunks', (_, response) => void response.write('{"proof":"', () => response.end('x"}'))],
    ['a megabyte', (_, response) => json(response, { proof: 'x'.repeat(1_000_000) })],
    ['a length that is none', (_, response) => void response.socket?.end('HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n{}')],
    ['what is no HTTP', (_, response) => void response.socket?.end('\0\r\n\r\n\0')],
    ['headers without an end', (_, response) => void response.socket?.write(`HTTP/1.1 200 OK\r\n${'x: y\r\n'.repeat(2_000)}`)],
  ];
  for (const [what, answer] of frauds) {
    it(`is not proven by one that answers ${what}: it is sent no token`, async () => {
      const stranger = await playStranger(answer);
      const sending = sendProven(
        { port: stranger.port, secret },
        { method: 'GET', path: '/api/v1/board', headers: { authorization: 'Bearer secret' } },
      );
      await assert.rejects(sending, unproven);
      assert.deepEqual(stranger.tokens(), []);
      assert.equal(stranger.heard.length, 1);
      assert.match(stranger.heard[0] ?? '', /^GET \/health\?nonce=[0-9a-f]{32} /);
    });
  }

  it('is not proven by one that says nothing, after five seconds', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const held: Socket[] = [];
    silent.on('connection', (socket) => held.push(socket));
    ends.push(() => {
      for (const socket of held) socket.destroy();
      silent.close();
    });
    mock.timers.enable({ apis: ['setTimeout'] });
    ends.push(() => mock.timers.reset());
    let isOver = false;
    const asking = provenConnection({ port: (silent.address() as AddressInfo).port, secret }).finally(() => (isOver = true));
    const refused = assert.rejects(asking, unproven);
    await once(silent, 'connection');
    mock.timers.tick(4_999);
    await new Promise(setImmediate);
    assert.equal(isOver, false);
    mock.timers.tick(1);
    await refused;
  });

  it('is proven by an answer that came while this process stood still, however long that was', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    ends.push(() => mock.timers.reset());
    // It stands still until its timers are due, which come before what lies in its sockets.
    function standStill(): void {
      const timer = setInterval(() => {
        clearInterval(timer);
        mock.timers.tick(60_000);
      }, 1);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    }
    const own = await startProvingServer({ secret, afterAnswer: standStill });
    ends.push(() => own.close());
    (await provenConnection(own)).destroy();
  });

  it('is asked once more by a hook when its proof was late, and no more often', async () => {
    for (const [late, expected] of [
      [1, 200],
      [2, undefined],
    ] as const) {
      mock.timers.enable({ apis: ['setTimeout'] });
      let asked = 0;
      const isAnswered = (count: number): boolean => {
        asked = count;
        if (count <= late) setImmediate(() => mock.timers.tick(5_000));
        return count > late;
      };
      const own = await startProvingServer({ secret, isAnswered });
      ends.push(() => own.close());
      const answer = await postEvent({ ...own, token: 'token' }, '/hooks', Buffer.from('{}'));
      assert.deepEqual([answer?.status, asked], [expected, 2]);
      mock.timers.reset();
    }
  });

  it('is not waited for once nobody wants to know, and then says why', async () => {
    const stranger = await playStranger(() => {});
    const gone = new AbortController();
    const proving = assert.rejects(provenConnection({ port: stranger.port, secret }, gone.signal), { name: 'TimeoutError' });
    await waitFor('the question', () => stranger.heard.length === 1);
    gone.abort(new DOMException('too late', 'TimeoutError'));
    await proving;
    await assert.rejects(provenConnection({ port, secret }, gone.signal), { name: 'TimeoutError' });
  });

  it('is asked over its own connection also where the program that it runs in has an http of its own, as the editor does', async () => {
    const stranger = await playStranger((_, response) => void response.end('{}'));
    const original = http.request;
    ends.push(() => {
      http.request = original;
      syncBuiltinESMExports();
    });
    http.request = ((options: http.RequestOptions) => original({ ...options, port: stranger.port, agent: new http.Agent() })) as never;
    syncBuiltinESMExports();
    const response = await createProvenFetch(() => secret)(`${test.hub.url}/health`);
    assert.equal(((await response.json()) as { hubId: string }).hubId, test.hub.hubId);
    assert.equal(stranger.taken, 0);
  });

  it('says so when nobody listens', async () => {
    await assert.rejects(provenConnection({ port: await freePort(), secret }), { code: 'ECONNREFUSED' });
  });

  it('is asked for at 127.0.0.1 alone, and never without the secret', async () => {
    const stranger = await playStranger(() => {});
    const fetch = createProvenFetch(() => secret);
    for (const host of ['localhost', '[::1]', '127.0.0.2', '127.0.0.1.example.com', 'example.com']) {
      await assert.rejects(fetch(`http://${host}:${stranger.port}/api/v1/board`), unproven, host);
    }
    await assert.rejects(fetch(`https://127.0.0.1:${stranger.port}/`), unproven);
    await assert.rejects(createProvenFetch(() => undefined)(`${test.hub.url}/api/v1/board`), unproven);
    assert.equal(stranger.taken, 0);
  });
});

function json(response: ServerResponse, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(200, { 'content-length': text.length }).end(text);
}
