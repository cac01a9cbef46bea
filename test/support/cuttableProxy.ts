import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { proveAs } from './proveAs.ts';

/** A network that breaks when it is told to: bytes go both ways until `cut`. */
export interface CuttableProxy {
  url: string;
  /** How often something was cut. */
  readonly cuts: number;
  /** A connection is open, so that there is something to cut. */
  readonly isOpen: boolean;
  /** Breaks every connection that is open now, wherever it stands. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Stands before the server at `target`. It leaves the `Host` header alone but for the port, which it sets to the target's.
 * @param secret that of the hub's home, for clients that have the hub prove itself: it belongs to the hub
 */
export async function startCuttableProxy(target: string, secret = ''): Promise<CuttableProxy> {
  const port = Number(new URL(target).port);
  const sockets = new Set<Socket>();
  let cuts = 0;
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    const own = (server.address() as AddressInfo).port;
    client.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      const proof = proveAs(secret, text.split(' ', 2)[1] ?? '', client);
      if (proof !== undefined) client.write(`HTTP/1.1 200 OK\r\nContent-Length: ${proof.length}\r\n\r\n${proof}`);
      else upstream.write(text.replace(`127.0.0.1:${own}`, `127.0.0.1:${port}`), 'latin1');
    });
    upstream.pipe(client);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get cuts() {
      return cuts;
    },
    get isOpen() {
      return sockets.size > 0;
    },
    cut() {
      if (sockets.size > 0) cuts += 1;
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
