import { type Cursor, formatCursor } from '../../protocol/cursor.ts';
import type { Reset } from '../../protocol/events.ts';

// The only place that writes Server-Sent Events. What anybody wrote goes into `data` as JSON, which is one line by construction:
// no text can end a frame or begin another.

// [spec] "Lines must be separated by either a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character pair, a single U+000A LINE
// FEED (LF) character, or a single U+000D CARRIAGE RETURN (CR) character." (WHATWG HTML, 9.2.5). JSON escapes both inside
// strings, and NUL too; U+2028 and U+2029 are no line ends for SSE, but they are for other readers of lines.
const otherLineEnds = /[\u2028\u2029]/g;

/** One event as it goes over the wire. `json` is the text of a JSON value; `id` is a cursor. */
export function frameText(id: string, json: string): string {
  if (/[\r\n\0]/.test(id) || /[\r\n]/.test(json)) throw new Error('a frame may not hold a line end');
  const data = json.replace(otherLineEnds, (end) => (end === '\u2028' ? '\\u2028' : '\\u2029'));
  return `id: ${id}\ndata: ${data}\n\n`;
}

export function encodeFrame(id: string, json: string): Buffer {
  return Buffer.from(frameText(id, json));
}

/** `frames` as a chunk of HTTP/1.1, ready for the socket. */
export function encodeChunk(frames: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${frames.length.toString(16)}\r\n`), frames, chunkEnd]);
}

/** What ends a response in chunks. */
export const lastChunk = Buffer.from('0\r\n\r\n');

const chunkEnd = Buffer.from('\r\n');

/** Says that the log no longer reaches back to where the reader was; it goes on after `head`. */
export function encodeReset(reason: Reset['payload']['reason'], head: Cursor): Buffer {
  const cursor = formatCursor(head);
  const reset: Reset = { type: 'reset', payload: { reason, cursor } };
  return encodeFrame(cursor, JSON.stringify(reset));
}

/** What a stream begins with: the time to wait before coming back, and a comment, so that the reader knows at once that it is open. */
export function encodeOpening(retryMs: number): Buffer {
  return Buffer.from(`retry: ${retryMs}\n: agentrq\n\n`);
}

/** Keeps proxies and watchdogs from taking a quiet stream for a dead one. */
export const heartbeatFrame = Buffer.from(': \n\n');
export const heartbeatChunk = encodeChunk(heartbeatFrame);
