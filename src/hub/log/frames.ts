import { type Cursor, formatCursor } from '../../protocol/cursor.ts';
import { type PresenceMessage, presenceEvent, type Reset } from '../../protocol/events.ts';

// The only place that writes Server-Sent Events. What anybody wrote goes into `data` as JSON, which is one line by construction:
// no text can end a frame or begin another.

// [spec] "Lines must be separated by either a U+000D CARRIAGE RETURN U+000A LINE FEED (CRLF) character pair, a single U+000A LINE
// FEED (LF) character, or a single U+000D CARRIAGE RETURN (CR) character." (WHATWG HTML, 9.2.5). JSON escapes both inside
// strings, and NUL too; U+2028 and U+2029 are no line ends for SSE, but they are for other readers of lines.
const otherLineEnds = /[\u2028\u2029]/g;

/** One event of the log as it goes over the wire. `json` is the text of a JSON value; `id` is a cursor. */
export function frameText(id: string, json: string): string {
  return frame('id', id, json);
}

/** The presence of agents. It has no id, so the reader's `Last-Event-ID` stays what it is. */
export function presenceText(payload: PresenceMessage['payload']): string {
  const message: PresenceMessage = { type: 'agents.presence', payload };
  return frame('event', presenceEvent, JSON.stringify(message));
}

function frame(field: 'id' | 'event', value: string, json: string): string {
  if (/[\r\n\0]/.test(value) || /[\r\n]/.test(json)) throw new Error('a frame may not hold a line end');
  const data = json.replace(otherLineEnds, (end) => (end === '\u2028' ? '\\u2028' : '\\u2029'));
  return `${field}: ${value}\ndata: ${data}\n\n`;
}

/** Frames as a chunk of HTTP/1.1, ready for the socket. */
export interface Chunk {
  chunk: Buffer;
  /** The frames alone: a part of the same memory. */
  buffer: Buffer;
}

/** A chunk of `length` bytes, which `fill` writes. */
export function makeChunk(length: number, fill: (buffer: Buffer) => void): Chunk {
  const head = `${length.toString(16)}\r\n`;
  const chunk = Buffer.allocUnsafe(head.length + length + 2);
  const buffer = chunk.subarray(head.length, head.length + length);
  chunk.write(head, 'latin1');
  fill(buffer);
  chunk.write('\r\n', head.length + length, 'latin1');
  return { chunk, buffer };
}

/** The same as text, for frames of ASCII alone. */
export function chunkText(frames: string): string {
  return `${frames.length.toString(16)}\r\n${frames}\r\n`;
}

export function encodeChunk(frames: string): Chunk {
  return makeChunk(Buffer.byteLength(frames), (buffer) => void buffer.write(frames));
}

/** What ends a response in chunks. */
export const lastChunk = Buffer.from('0\r\n\r\n');

/** Says that the log no longer reaches back to where the reader was; it goes on after `head`. */
export function resetText(reason: Reset['payload']['reason'], head: Cursor): string {
  const cursor = formatCursor(head);
  const reset: Reset = { type: 'reset', payload: { reason, cursor } };
  return frameText(cursor, JSON.stringify(reset));
}

/** What a stream begins with: the time to wait before coming back, and a comment, so that the reader knows at once that it is open. */
export function openingText(retryMs: number): string {
  return `retry: ${retryMs}\n: agentrq\n\n`;
}

/** Keeps proxies and watchdogs from taking a quiet stream for a dead one. */
export const heartbeat = encodeChunk(': \n\n');
