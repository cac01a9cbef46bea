import type { Cursor } from '../protocol/cursor.ts';
import { isSeen, parseCursor } from '../protocol/cursor.ts';
import type { HubEvent, PresenceMessage } from '../protocol/events.ts';
import { parseStreamMessage } from '../protocol/events.ts';
import { assertNever } from '../util/errors.ts';

/** The meaning of one frame of the stream for a reader at a given cursor. */
export type Frame =
  | { kind: 'event'; cursor: Cursor; event: HubEvent }
  /** It has no place in the log. */
  | { kind: 'presence'; message: PresenceMessage }
  /** The reader has this event already. */
  | { kind: 'seen' }
  /** The type is unknown, from a newer hub: continue after it. */
  | { kind: 'unknown'; cursor: Cursor; type: string }
  /** The reader can't continue and needs a new snapshot. `isFault`: a correct hub never sends this. */
  | { kind: 'reset'; why: string; isFault: boolean };

/** Parses a frame from its `id` and data. Event numbers have no gaps, so a number that is not the next one means that an event was lost. */
export function readFrame(upTo: Cursor, id: string, data: string): Frame {
  const parsed = parseStreamMessage(data);
  const position = positionOf(upTo, id);
  switch (parsed.kind) {
    case 'message':
      if (parsed.message.type === 'agents.presence') return { kind: 'presence', message: parsed.message };
      if (parsed.message.type === 'reset') return reset(`the hub says ${parsed.message.payload.reason}`, { isFault: false });
      return position.kind === 'next' ? { kind: 'event', cursor: position.cursor, event: parsed.message } : position;
    case 'unknown':
      return position.kind === 'next' ? { kind: 'unknown', cursor: position.cursor, type: parsed.type } : position;
    case 'malformed':
      return position.kind === 'next' ? reset(`event ${id} can't be read: ${parsed.problem}`, { isFault: true }) : position;
    default:
      return assertNever(parsed);
  }
}

function positionOf(upTo: Cursor, id: string): { kind: 'next'; cursor: Cursor } | Extract<Frame, { kind: 'seen' | 'reset' }> {
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
