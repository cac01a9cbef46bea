// Every event that is published bears its number between two tildes, which nothing else in a stream has. So a reader need only look for
// tildes: the load generator must cost less than what it measures.

const tilde = 0x7e;
const digits = 8;
const markerBytes = digits + 2;

/** The line that is published as event `number` (from 0 on): JSON of about `bytes` bytes. */
export function markedLine(number: number, bytes: number): string {
  return JSON.stringify({ text: 'x'.repeat(Math.max(0, bytes - markerBytes - 11)) + marker(number) });
}

/** The marker alone, for a text that is something else besides. */
export function marker(number: number): string {
  return `~${String(number).padStart(digits, '0')}~`;
}

/** Finds the numbers in the pieces of one stream. A marker may be cut in two by the end of a piece. */
export interface MarkerReader {
  read(piece: Buffer): readonly number[];
}

/**
 * @param shared what the readers of one audience have in common: many of them are sent the same bytes, which are then searched once
 */
export function createMarkerReader(shared: { last?: Parsed }): MarkerReader {
  let rest: Buffer = nothing;
  return {
    read(piece) {
      const { last } = shared;
      if (last !== undefined && last.piece.length === piece.length && last.before.equals(rest) && last.piece.equals(piece)) {
        rest = last.rest;
        return last.numbers;
      }
      // The piece stands in a buffer that the next one overwrites.
      const parsed = parse(rest, Buffer.from(piece));
      shared.last = parsed;
      rest = parsed.rest;
      return parsed.numbers;
    },
  };
}

interface Parsed {
  before: Buffer;
  piece: Buffer;
  numbers: readonly number[];
  rest: Buffer;
}

const nothing = Buffer.alloc(0);

function parse(before: Buffer, piece: Buffer): Parsed {
  const data = before.length === 0 ? piece : Buffer.concat([before, piece]);
  const numbers: number[] = [];
  let position = data.indexOf(tilde);
  while (position !== -1 && position + markerBytes <= data.length) {
    let number = 0;
    for (let index = position + 1; index <= position + digits; index += 1) number = number * 10 + (data[index] ?? 0) - 48;
    if (!Number.isInteger(number) || data[position + markerBytes - 1] !== tilde) throw new Error('the stream holds a broken marker');
    numbers.push(number);
    position = data.indexOf(tilde, position + markerBytes);
  }
  return { before, piece, numbers, rest: position === -1 ? nothing : Buffer.from(data.subarray(position)) };
}
