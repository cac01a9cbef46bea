import type { Cursor } from '../protocol/cursor.ts';

/** True if what stands at `cursor` is already part of what was read up to `upTo`. Cursors of two logs don't compare. */
export function isSeen(upTo: Cursor | undefined, cursor: Cursor): boolean {
  return upTo !== undefined && upTo.epoch === cursor.epoch && cursor.number <= upTo.number;
}
