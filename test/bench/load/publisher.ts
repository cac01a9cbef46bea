import { connect } from 'node:net';
import { benchToken } from '../servers/benchToken.ts';

/** Publishes over one connection that stays, one POST after the other. */
export interface Publisher {
  /** Resolves when the server says that all are out (the hub: that all are committed). One at a time. */
  publish(lines: readonly string[]): Promise<void>;
  close(): void;
}

export async function openPublisher(url: string): Promise<Publisher> {
  const { host, hostname, port } = new URL(url);
  let text = '';
  let waiting: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const fail = (error: Error): void => waiting?.reject(error);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.setEncoding('latin1');
  socket.on('data', (piece: string) => {
    text += piece;
    if (!text.includes('\r\n\r\n')) return;
    if (text.startsWith('HTTP/1.1 204')) waiting?.resolve();
    else fail(new Error(`publishing failed: ${text}`));
    text = '';
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the server closed the connection of the publisher')));
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return {
    async publish(lines) {
      const body = lines.join('\n');
      const head = `POST /_bench/publish HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${benchToken}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
      await new Promise<void>((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(head + body);
      });
      waiting = undefined;
    },
    close: () => void socket.destroy(),
  };
}
