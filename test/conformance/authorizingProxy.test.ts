import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AuthorizingProxy, startAuthorizingProxy } from './authorizingProxy.ts';

describe('the proxy that adds a token', () => {
  let server: Server;
  let proxy: AuthorizingProxy;
  let seen: IncomingHttpHeaders = {};

  before(async () => {
    server = createServer((incoming, answer) => {
      seen = incoming.headers;
      answer.writeHead(418, { 'x-answer': 'kept' });
      incoming.pipe(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    proxy = await startAuthorizingProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'secret');
  });

  after(async () => {
    await proxy.close();
    await new Promise((resolve) => server.close(resolve));
  });

  function send(headers: Record<string, string>): Promise<{ status: number | undefined; answer: unknown; text: string }> {
    return new Promise((resolve, reject) => {
      const sent = request(proxy.url, { method: 'POST', path: '/mcp/x?y=1', headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode, answer: response.headers['x-answer'], text }));
      });
      sent.on('error', reject);
      sent.end('the body');
    });
  }

  it('leaves all else as it came', async () => {
    const headers = { host: 'evil.example', origin: 'http://evil.example', 'mcp-method': 'ping' };
    assert.deepEqual(await send(headers), { status: 418, answer: 'kept', text: 'the body' });
    const { host, origin, authorization, 'mcp-method': method } = seen;
    assert.deepEqual([host, origin, method, authorization], ['evil.example', 'http://evil.example', 'ping', 'Bearer secret']);
  });

  it('puts the port of the server for its own, and keeps a token that is there', async () => {
    const own = new URL(proxy.url);
    for (const name of ['127.0.0.1', 'localhost']) {
      await send({ host: `${name}:${own.port}`, origin: own.origin, authorization: 'Bearer other' });
      assert.equal(seen.host, `${name}:${(server.address() as AddressInfo).port}`);
      assert.deepEqual([seen.origin, seen.authorization], [own.origin, 'Bearer other']);
    }
  });
});
