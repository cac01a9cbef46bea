import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { masterSecretFile } from '../../src/home/agentToken.ts';
import { writePrivateFile } from '../../src/home/privateFile.ts';
import { discoveryFile } from '../../src/protocol/discovery.ts';
import { proveAs } from './proveAs.ts';

/** A request as it came in. */
export interface HubRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** The body's JSON; `{}` if there is none. */
  body: { id?: string | number; method?: string; params?: Record<string, unknown>; result?: unknown };
}

/** A real HTTP server in the place of the hub: it proves itself, and what it answers besides is what the test says. */
export interface PlayedHub {
  url: string;
  requests: HubRequest[];
  /** Breaks every connection. */
  cut(): void;
  close(): Promise<void>;
}

export const playedSecret = 'the-master-secret-of-a-played-hub'.padEnd(43, 'x');

/** Starts it, and says in `home` where it is. */
export async function startPlayedHub(
  home: string,
  answer: (request: HubRequest, response: ServerResponse) => void | Promise<void>,
): Promise<PlayedHub> {
  const requests: HubRequest[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((incoming, response) => {
    void (async () => {
      const text = Buffer.concat((await incoming.toArray()) as Buffer[]).toString();
      const { method = '', url: path = '', headers, socket } = incoming;
      const proof = proveAs(playedSecret, path, socket);
      if (proof !== undefined) {
        response.writeHead(200, { 'content-length': proof.length }).end(proof);
        return;
      }
      const request: HubRequest = { method, path, headers, body: (text === '' ? {} : JSON.parse(text)) as HubRequest['body'] };
      requests.push(request);
      await answer(request, response);
    })();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writePrivateFile(join(home, masterSecretFile), `${playedSecret}\n`);
  announce(home, url);
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url,
    requests,
    cut,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Writes the discovery file. */
export function announce(home: string, url: string, pid = process.pid): void {
  writePrivateFile(join(home, discoveryFile), JSON.stringify({ url, hubId: 'played', pid, protocolVersion: 1 }));
}

/** Begins an event stream. */
export function beginStream(response: ServerResponse, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers });
  response.flushHeaders();
}

/** Writes an event; without a message, one that only has an id. */
export function writeEvent(response: ServerResponse, message?: object, id?: string): void {
  const lines = [...(id === undefined ? [] : [`id: ${id}`]), `data: ${message === undefined ? '' : JSON.stringify(message)}`];
  response.write(`${lines.join('\n')}\n\n`);
}
