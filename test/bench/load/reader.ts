import { connect } from 'node:net';
import { cursorHeader } from '../../../src/protocol/cursor.ts';
import { benchToken } from '../servers/benchToken.ts';
import { createMarkerReader } from './markers.ts';
import { createTally, type Tally } from './tally.ts';

/** A client of an event stream, as cheap as one can be: a socket, and no more looked at than the markers. */
export interface Reader {
  readonly tally: Tally;
  /** Where the log ended when the stream was opened, as its server writes that. */
  readonly cursor: string;
  readonly bytes: number;
  /** Reads nothing more, so that the socket fills, until `resume`. */
  pause(): void;
  resume(): void;
  close(): Promise<void>;
}

export interface ReaderOptions {
  url: string;
  /** Goes on after this cursor. */
  after?: string | undefined;
  shared: Parameters<typeof createMarkerReader>[0];
  onNumbers(numbers: readonly number[], reader: Reader): void;
}

const path = '/api/v1/events/stream';
/** All sockets read into it, one after the other. */
const buffer = Buffer.alloc(64 * 1024);

/** Opens a stream; resolves when its head is there. @throws Error for any other answer than 200 */
export function openReader({ url, after, shared, onNumbers }: ReaderOptions): Promise<Reader> {
  const { host, hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const markers = createMarkerReader(shared);
    const tally = createTally();
    let bytes = 0;
    let head: string | undefined = '';
    let closed = false;

    const read = (piece: Buffer): void => {
      bytes += piece.length;
      const numbers = markers.read(piece);
      for (const number of numbers) tally.take(number);
      if (numbers.length > 0) onNumbers(numbers, reader);
    };
    const socket = connect({
      host: hostname,
      port: Number(port),
      onread: {
        buffer,
        callback(length) {
          const piece = buffer.subarray(0, length);
          if (head === undefined) {
            read(piece);
            return true;
          }
          head += piece.toString('latin1');
          const end = head.indexOf('\r\n\r\n');
          if (end === -1) return true;
          const [lines, body] = [head.slice(0, end), head.slice(end + 4)];
          head = undefined;
          if (!lines.startsWith('HTTP/1.1 200')) {
            reject(new Error(`the stream was refused: ${lines.split('\r\n')[0]} ${body}`));
            return true;
          }
          reader.cursor = new RegExp(`^${cursorHeader}: (.*)$`, 'im').exec(lines)?.[1] ?? '';
          resolve(reader);
          read(Buffer.from(body, 'latin1'));
          return true;
        },
      },
    });
    const reader = {
      tally,
      cursor: '',
      get bytes() {
        return bytes;
      },
      pause: () => void socket.pause(),
      resume: () => void socket.resume(),
      close() {
        closed = true;
        if (socket.destroyed) return Promise.resolve();
        const gone = new Promise<void>((end) => socket.once('close', () => end()));
        socket.destroy();
        return gone;
      },
    };
    socket.on('error', (error) => {
      if (!closed) reject(error);
    });
    const resume = after === undefined ? '' : `Last-Event-ID: ${after}\r\n`;
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${benchToken}\r\nAccept: text/event-stream\r\n${resume}\r\n`,
    );
  });
}
