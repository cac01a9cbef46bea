import type { DatabaseSync } from 'node:sqlite';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { Background } from '../lifecycle/background.ts';
import type { EventLog, LogLimits } from './eventLog.ts';

const lookEveryMs = 60_000;
/** Pause between two slices, in which other work is done. */
const pauseMs = 20;
/** From so many free pages on (16 MB) they are returned to the disk. Fewer are reused soon. */
const sparePages = 4_096;
/** Pages returned in one slice: 1 MB. */
const slicePages = 256;

/** Keeps the log within `limits`, in slices of a few milliseconds, and gives the room back to the disk. */
export function startRetention(
  limits: LogLimits,
  deps: { database: DatabaseSync; eventLog: EventLog; background: Background },
): Disposable {
  const { database, eventLog, background } = deps;
  const { clock } = background;
  const owned = new DisposableStore();
  const freePages = database.prepare('PRAGMA freelist_count');
  let next: Disposable | undefined;

  /** Whether there was something to do. */
  function doSlice(): boolean {
    if (eventLog.prune(limits, clock.now())) return true;
    const free = Number(freePages.get()?.['freelist_count']);
    if (free <= sparePages) return false;
    database.exec(`PRAGMA incremental_vacuum(${slicePages})`);
    // Without a change it is a database of before this was asked for: its pages are used again, and that is all.
    return Number(freePages.get()?.['freelist_count']) < free;
  }

  function work(): void {
    next = undefined;
    // The disk may be full. The next attempt is in a minute.
    background.attempt('the log could not be shortened', () => {
      if (doSlice()) next = clock.after(pauseMs, work);
    });
  }

  owned.add(clock.every(lookEveryMs, () => next ?? work()));
  owned.add({ dispose: () => next?.dispose() });
  return owned;
}
