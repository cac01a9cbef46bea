import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { proofOfHub } from '../../src/home/hubProof.ts';
import { freePort } from './freePort.ts';

/** A server that proves to be the hub which has this secret, and then answers whatever it is sent with `{}`. */
export interface ProvingServer {
  port: number;
  secret: string;
  close(): void;
}

/**
 * @param isAnswered is told how many have asked, this one included, before the answer goes out
 * @param afterAnswer is called once the answer is written
 */
export async function startProvingServer({
  secret,
  isAnswered = () => true,
  afterAnswer = () => {},
}: {
  secret: string;
  isAnswered?: (count: number) => boolean;
  afterAnswer?: () => void;
}): Promise<ProvingServer> {
  const port = await freePort();
  const sockets = new Set<Socket>();
  let count = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', (asked: Buffer) => {
      count += 1;
      if (!isAnswered(count)) return;
      const nonce = /nonce=(\w+)/.exec(asked.toString())?.[1] ?? '';
      const proof = proofOfHub(secret, { nonce, hubPort: port, clientPort: socket.remotePort ?? 0 });
      respond(socket, { proof });
      afterAnswer();
      socket.once('data', () => respond(socket, {}));
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    secret,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function respond(socket: Socket, body: object): void {
  const text = JSON.stringify(body);
  socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\n\r\n${text}`);
}
