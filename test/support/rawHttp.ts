import { connect, type Socket } from 'node:net';
import { waitFor } from './waitFor.ts';

/** One answer, as it stands in the bytes. */
export interface RawReply {
  status: number;
  /** The status line and the headers, as they came. */
  head: string;
  headers: ReadonlyMap<string, string>;
  body: string;
}

/** A connection on which anything can be said. */
export interface RawConnection {
  write(bytes: string | Buffer): void;
  /** No more will be said; what comes is still read. */
  end(): void;
  /** Everything that came. */
  text(): string;
  readonly closed: boolean;
  /** Waits until the other side closes, and reads what it said. */
  whole(): Promise<RawReply[]>;
  /** Reads nothing from now on. */
  pause(): void;
  resume(): void;
  destroy(): void;
}

/** What a request is made of. A header of several values has several lines; one that is `undefined` is left out. */
export interface RawRequest {
  method?: string;
  target?: string;
  version?: string;
  headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
  body?: string | Buffer;
}

/**
 * The bytes of a request. It says which host it is for, how long its body is, and that the connection ends with it, unless told otherwise.
 */
export function requestBytes(
  port: number,
  { method = 'GET', target = '/health', version = 'HTTP/1.1', headers, body }: RawRequest,
): Buffer {
  const given = {
    host: `127.0.0.1:${port}`,
    connection: 'close',
    'content-length': body === undefined ? undefined : String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(given).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return (typeof value === 'string' ? [value] : value).map((line) => `${name}: ${line}\r\n`);
  });
  return Buffer.concat([Buffer.from(`${method} ${target} ${version}\r\n${lines.join('')}\r\n`, 'latin1'), Buffer.from(body ?? '')]);
}

export function openConnection(port: number): RawConnection {
  const socket: Socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  let closed = false;
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  socket.on('close', () => (closed = true));
  const text = (): string => Buffer.concat(chunks).toString();
  return {
    write: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    text,
    get closed() {
      return closed;
    },
    async whole() {
      await waitFor('the connection to close', () => closed);
      return readReplies(text());
    },
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    destroy: () => void socket.destroy(),
  };
}

/** Says `bytes` over a connection of its own, and returns the answers that came until the other side closed it. */
export async function exchange(port: number, bytes: string | Buffer): Promise<RawReply[]> {
  const connection = openConnection(port);
  connection.write(bytes);
  return await connection.whole();
}

/** The answers in what came over a connection: each ends where its length says, its last chunk stands, or everything ends. */
export function readReplies(text: string): RawReply[] {
  const replies: RawReply[] = [];
  for (let rest = Buffer.from(text); rest.length > 0; ) {
    const split = rest.indexOf('\r\n\r\n');
    if (split === -1) break;
    const head = rest.subarray(0, split).toString();
    const [statusLine = '', ...lines] = head.split('\r\n');
    const headers = new Map(
      lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1] ?? Number.NaN);
    const after = rest.subarray(split + 4);
    const { body, taken } = readBody(after, status, headers);
    rest = after.subarray(taken);
    replies.push({ status, head, headers, body: body.toString() });
  }
  return replies;
}

/** The body that `bytes` begin with, and how many of them it takes. */
function readBody(bytes: Buffer, status: number, headers: ReadonlyMap<string, string>): { body: Buffer; taken: number } {
  const length = headers.get('content-length');
  if (length !== undefined) return { body: bytes.subarray(0, Number(length)), taken: Number(length) };
  if (status < 200 || status === 204 || status === 304) return { body: Buffer.alloc(0), taken: 0 };
  if (headers.get('transfer-encoding') !== 'chunked') return { body: bytes, taken: bytes.length };
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    if (end === -1 || !(size > 0)) return { body: Buffer.concat(chunks), taken: end === -1 ? bytes.length : end + 4 };
    chunks.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
