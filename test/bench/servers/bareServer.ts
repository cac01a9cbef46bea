import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { cursorHeader } from '../../../src/protocol/cursor.ts';
import { type PeerOptions, type PeerServer, streamHeaders } from './peer.ts';

/**
 * What Node can do with the least between it and the socket: no checks, no log, no care for slow readers.
 * @param coalesce false (the floor): one write for each event and client. true: one for each client and turn, of one shared buffer.
 */
export function createBareServer({ keepaliveMs, history }: PeerOptions, coalesce: boolean): PeerServer {
  const sockets = new Set<Socket>();
  const kept: Buffer[] = [];
  let head = 0;
  let due: Buffer[] = [];
  const writeToAll = (buffer: Buffer): void => {
    for (const socket of sockets) socket.write(buffer);
  };
  const keepalive = toChunk(': \n\n');
  setInterval(() => writeToAll(keepalive), keepaliveMs).unref();

  function flush(): void {
    const buffer = Buffer.concat(due);
    due = [];
    writeToAll(buffer);
  }

  return {
    get head() {
      return head;
    },
    publish(lines) {
      for (const line of lines) {
        head += 1;
        const frame = toChunk(`id: ${head}\ndata: ${line}\n\n`);
        if (history > 0) kept.push(frame);
        if (kept.length > history) kept.shift();
        if (coalesce) {
          if (due.length === 0) setImmediate(flush);
          due.push(frame);
        } else writeToAll(frame);
      }
    },
    subscribe(_request, response, after) {
      const socket = open(response, head);
      const missed = after === undefined ? [] : kept.slice(Math.max(0, kept.length - (head - after)));
      if (coalesce && missed.length > 0) socket.write(Buffer.concat(missed));
      else for (const frame of missed) socket.write(frame);
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    },
  };
}

function open(response: ServerResponse, head: number): Socket {
  response.writeHead(200, { ...streamHeaders, [cursorHeader]: String(head) });
  response.flushHeaders();
  const { socket } = response;
  if (socket === null) throw new Error('the connection has gone');
  return socket;
}

/** A frame as a chunk of a chunked body: what goes to the socket of a response as it is. */
function toChunk(text: string): Buffer {
  return Buffer.from(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
}
