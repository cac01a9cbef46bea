import type { Cursor } from '../protocol/cursor.ts';
import { parseCursor } from '../protocol/cursor.ts';
import type { HubEvent, PresenceMessage } from '../protocol/events.ts';
import { parseStreamMessage } from '../protocol/events.ts';
import { assertNever } from '../util/errors.ts';
import { isSeen } from './isSeen.ts';

/** What one frame of the stream means to a reader that has read up to a cursor. */
export type Frame =
  | { kind: 'event'; cursor: Cursor; event: HubEvent }
  /** It has no place in the log. */
  | { kind: 'presence'; message: PresenceMessage }
  /** The reader has had it before. */
  | { kind: 'seen' }
  /** A type of a newer hub: go on after it. */
  | { kind: 'unknown'; cursor: Cursor; type: string }
  /** The reader and the log have come apart: a new snapshot is needed. A fault is what a sound hub never sends. */
  | { kind: 'reset'; why: string; isFault: boolean };

/**
 * Reads a frame from the text of its `id` and of its data. The numbers of a log have no holes, so one that isn't the next one
 * means that something was lost on the way.
 */
export function readFrame(upTo: Cursor, id: string, data: string): Frame {
  const parsed = parseStreamMessage(data);
  const place = placeOf(upTo, id);
  switch (parsed.kind) {
    case 'message':
      if (parsed.message.type === 'agents.presence') return { kind: 'presence', message: parsed.message };
      if (parsed.message.type === 'reset') return reset(`the hub says ${parsed.message.payload.reason}`, { isFault: false });
      return place.kind === 'next' ? { kind: 'event', cursor: place.cursor, event: parsed.message } : place;
    case 'unknown':
      return place.kind === 'next' ? { kind: 'unknown', cursor: place.cursor, type: parsed.type } : place;
    case 'malformed':
      return place.kind === 'next' ? reset(`event ${id} can't be read: ${parsed.problem}`, { isFault: true }) : place;
    default:
      return assertNever(parsed);
  }
}

function placeOf(upTo: Cursor, id: string): { kind: 'next'; cursor: Cursor } | Extract<Frame, { kind: 'seen' | 'reset' }> {
  const cursor = parseCursor(id);
  if (cursor === undefined) return reset(`a frame has no place in the log: ${JSON.stringify(id)}`, { isFault: true });
  if (cursor.epoch !== upTo.epoch) return reset(`the log is ${cursor.epoch}, no longer ${upTo.epoch}`, { isFault: false });
  if (isSeen(upTo, cursor)) return { kind: 'seen' };
  if (cursor.number > upTo.number + 1) return reset(`event ${cursor.number} came after ${upTo.number}`, { isFault: true });
  return { kind: 'next', cursor };
}

function reset(why: string, { isFault }: { isFault: boolean }): Extract<Frame, { kind: 'reset' }> {
  return { kind: 'reset', why, isFault };
}
