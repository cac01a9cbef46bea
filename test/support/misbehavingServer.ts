import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import type { HubAddress } from '../../src/client/linkState.ts';
import { type Cursor, cursorHeader, formatCursor, parseCursor } from '../../src/protocol/cursor.ts';

// A real HTTP server that holds a log and streams it as the hub does, until it is told to do something worse. Each connection takes
// the next behaviour that was asked for, and behaves well when none is left.

/** How one connection goes. */
export type Behaviour =
  /** What the reader has missed, then every event as it is appended. */
  | { kind: 'normal' }
  /** The same, once `release` was called; not even the headers come before. */
  | { kind: 'slow to connect' }
  /** The same, one byte at a time. */
  | { kind: 'trickle' }
  /** `after` frames, half of the next one, and the connection breaks. */
  | { kind: 'cut mid-frame'; after: number }
  /** Some events come that the reader has had. */
  | { kind: 'overlap'; by: number }
  /** What the reader has missed, and an orderly end. */
  | { kind: 'end' }
  /** The headers, and not one byte more. */
  | { kind: 'stalled' }
  /** Like `normal`, but it doesn't say where the log ends. */
  | { kind: 'no head' }
  /** No stream at all: 401, 403, 503, 204 … */
  | { kind: 'status'; status: number }
  | { kind: 'wrong content type' }
  /** These very bytes, then nothing. */
  | { kind: 'raw'; text: string };

/** A request for the stream, as it came in. */
export interface SeenRequest {
  path: string;
  headers: IncomingHttpHeaders;
  behaviour: Behaviour['kind'];
}

export interface MisbehavingServer {
  /** Where it is now, and the only token that it takes. */
  readonly address: HubAddress;
  readonly requests: readonly SeenRequest[];
  /** How many streams are open. */
  readonly open: number;
  readonly head: Cursor;
  /** What the next connections do, in this order. */
  plan(...behaviours: Behaviour[]): void;
  /** Adds `event` to the log; streams that behave send it at once. */
  append(event: object): Cursor;
  /** A comment on every open stream. */
  heartbeat(): void;
  /** Lets those that are slow to connect go on. */
  release(): void;
  /** Breaks all connections. */
  cut(): void;
  /** Goes away: connections break and new ones are refused. */
  stop(): Promise<void>;
  /** Comes back after `stop` with the same log, on another port and with another token. */
  comeBack(): Promise<void>;
  /** Forgets the log and begins another one, with another name. */
  newLog(): void;
}

interface OpenStream {
  response: ServerResponse;
  follows: boolean;
}

export async function startMisbehavingServer(): Promise<MisbehavingServer> {
  let epoch = 'log1';
  let events: object[] = [];
  const plans: Behaviour[] = [];
  const requests: SeenRequest[] = [];
  const streams = new Set<OpenStream>();
  const sockets = new Set<Socket>();
  let released = Promise.withResolvers<void>();
  let life = 0;
  let address: HubAddress = { url: '', token: '' };

  const frame = (number: number): string => `id: ${formatCursor({ epoch, number })}\ndata: ${JSON.stringify(events[number - 1])}\n\n`;
  const framesAfter = (number: number): string[] => events.slice(number).map((_, index) => frame(number + index + 1));
  const head = (): Cursor => ({ epoch, number: events.length });

  const server = createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const behaviour = plans.shift() ?? { kind: 'normal' };
    requests.push({ path: request.url ?? '', headers: request.headers, behaviour: behaviour.kind });
    if (request.headers.authorization !== `Bearer ${address.token}`) return void response.writeHead(401).end();
    if (behaviour.kind === 'slow to connect') await released.promise;
    if (behaviour.kind === 'status') return void response.writeHead(behaviour.status).end();

    const stream: OpenStream = { response, follows: false };
    streams.add(stream);
    response.on('close', () => streams.delete(stream));
    response.writeHead(200, {
      'content-type': behaviour.kind === 'wrong content type' ? 'text/html' : 'text/event-stream',
      ...(behaviour.kind !== 'no head' && { [cursorHeader]: formatCursor(head()) }),
    });
    response.flushHeaders();
    await play(behaviour, stream, String(request.headers['last-event-id'] ?? ''));
  }

  async function play(behaviour: Behaviour, stream: OpenStream, lastEventId: string): Promise<void> {
    const { response } = stream;
    const given = parseCursor(lastEventId);
    if (given !== undefined && given.epoch !== epoch && behaviour.kind !== 'raw') {
      const reset = { type: 'reset', payload: { reason: 'other-log', cursor: formatCursor(head()) } };
      response.write(`id: ${formatCursor(head())}\ndata: ${JSON.stringify(reset)}\n\n`);
      return;
    }
    const after = given?.number ?? 0;
    switch (behaviour.kind) {
      case 'normal':
      case 'no head':
      case 'slow to connect':
        response.write(`retry: 1\n: hello\n\n${framesAfter(after).join('')}`);
        stream.follows = true;
        return;
      case 'overlap':
        response.write(framesAfter(Math.max(0, after - behaviour.by)).join(''));
        stream.follows = true;
        return;
      case 'trickle':
        // The log may grow meanwhile.
        for (let number = after + 1; number <= events.length; number += 1) {
          for (const byte of Buffer.from(frame(number))) {
            response.write(Buffer.of(byte));
            await turn();
          }
        }
        stream.follows = true;
        return;
      case 'cut mid-frame': {
        const frames = framesAfter(after);
        const half = frames[behaviour.after] ?? frame(after);
        response.write(frames.slice(0, behaviour.after).join('') + half.slice(0, half.length / 2), () => response.destroy());
        return;
      }
      case 'end':
        response.end(framesAfter(after).join(''));
        return;
      case 'raw':
        response.write(behaviour.text);
        return;
      case 'stalled':
      case 'wrong content type':
      case 'status':
        return;
    }
  }

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });

  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }

  async function listen(): Promise<void> {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    life += 1;
    const { port } = server.address() as AddressInfo;
    address = { url: `http://127.0.0.1:${port}`, token: `token-of-life-${life}` };
  }

  await listen();
  return {
    get address() {
      return address;
    },
    requests,
    get open() {
      return streams.size;
    },
    get head() {
      return head();
    },
    plan: (...behaviours) => void plans.push(...behaviours),
    append(event) {
      events.push(event);
      for (const stream of streams) if (stream.follows) stream.response.write(frame(events.length));
      return head();
    },
    heartbeat() {
      for (const { response } of streams) response.write(': \n\n');
    },
    release() {
      released.resolve();
      released = Promise.withResolvers();
    },
    cut,
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      cut();
      await closed;
    },
    comeBack: listen,
    newLog() {
      epoch += 'x';
      events = [];
    },
  };
}
