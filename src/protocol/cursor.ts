// Places in the log. They are apart from the events, so that code which only compares places loads no schemas.

/** The response header of a stream that names the head of the log when it was opened: what comes up to there is replay. */
export const cursorHeader = 'agentrq-cursor';

/** A place in a log: the log's own name (epoch), and the number of the last event that was seen there. */
export interface Cursor {
  epoch: string;
  number: number;
}

/** Writes a cursor as it stands in the `id:` of a frame: `<epoch>.<number>`. */
export function formatCursor(cursor: Cursor): string {
  return `${cursor.epoch}.${cursor.number}`;
}

/** Reads a cursor; `undefined` if it isn't one. */
export function parseCursor(text: string): Cursor | undefined {
  const match = /^([0-9a-z]{1,32})\.(0|[1-9]\d{0,14})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { epoch: match[1], number: Number(match[2]) };
}

/** Whether the position `cursor` is at or before `upTo`. Cursors of different logs do not compare. */
export function isSeen(upTo: Cursor | undefined, cursor: Cursor): boolean {
  return upTo !== undefined && upTo.epoch === cursor.epoch && cursor.number <= upTo.number;
}
