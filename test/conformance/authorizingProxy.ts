import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An address of a hub that asks for no token: the suites can't send one. */
export interface AuthorizingProxy {
  url: string;
  close(): Promise<void>;
}

/**
 * Stands before the hub at `target` and adds `token` to every request that brings none. Anything else goes through as it came, at
 * once and both ways, `Origin` and a foreign `Host` too: the hub has to judge them. Only the proxy's own port in `Host` becomes the hub's.
 */
export async function startAuthorizingProxy(target: string, token: string): Promise<AuthorizingProxy> {
  const { port } = new URL(target);
  const agent = new Agent({ keepAlive: false });
  const server = createServer((incoming, outgoing) => {
    const own = (server.address() as AddressInfo).port;
    const headers = incoming.rawHeaders.map((text, index, all) =>
      index % 2 === 1 && all[index - 1]?.toLowerCase() === 'host' ? text.replace(new RegExp(`:${own}$`), `:${port}`) : text,
    );
    if (incoming.headers.authorization === undefined) headers.push('Authorization', `Bearer ${token}`);
    const upstream = request({ agent, host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      outgoing.flushHeaders();
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    });
    upstream.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstream.destroy());
    incoming.pipe(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
