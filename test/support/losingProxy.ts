import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { proveAs } from './proveAs.ts';

/** Stands before a server, and loses an answer when it is told to: the server does its work, and nobody hears of it. */
export interface LosingProxy {
  url: string;
  /** The next request whose body holds `text` reaches the server; then its connection breaks, with the answer in it. */
  loseAnswerTo(text: string): void;
  close(): Promise<void>;
}

/** @param secret that of the hub's home, for clients that have the hub prove itself: it belongs to the hub */
export async function startLosingProxy(target: string, secret = ''): Promise<LosingProxy> {
  let losing: string | undefined;
  const server = createServer((incoming, response) => {
    void (async () => {
      const proof = proveAs(secret, incoming.url ?? '', incoming.socket);
      if (proof !== undefined) {
        response.writeHead(200, { 'content-length': proof.length }).end(proof);
        return;
      }
      const body = Buffer.concat((await incoming.toArray()) as Buffer[]);
      const loses = losing !== undefined && body.includes(losing);
      if (loses) losing = undefined;
      const headers = { ...incoming.headers, host: new URL(target).host };
      const forward = request(`${target}${incoming.url}`, { method: incoming.method ?? 'GET', headers, agent: false });
      response.on('close', () => forward.destroy());
      forward.on('error', () => response.destroy());
      forward.on('response', (answer) => {
        if (loses) {
          answer.resume().once('close', () => response.destroy());
          return;
        }
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        response.flushHeaders();
        answer.on('error', () => response.destroy());
        answer.pipe(response);
      });
      forward.end(body);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseAnswerTo: (text) => (losing = text),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
