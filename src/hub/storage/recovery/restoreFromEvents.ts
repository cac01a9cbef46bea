import type { DatabaseSync } from 'node:sqlite';
import { parseStreamMessage } from '../../../protocol/events.ts';
import { sqliteTrouble } from '../sqliteTrouble.ts';
import type { Store } from '../store.ts';
import { isUnreadable, readableRows } from './readableRows.ts';

/** The order of restoring: parents before children. */
const kinds = ['workspace', 'agent', 'task', 'message', 'request', 'rule'] as const;
type Kind = (typeof kinds)[number];

/** What the last event about a thing says of it. */
interface Restorable {
  kind: Kind;
  /** The task that it goes with. */
  taskId: string | undefined;
  put: () => void;
}

/** Restores rows that `fresh` lacks from the last event about each in `damaged`. Returns the number of rows. */
export function restoreFromEvents(damaged: DatabaseSync, fresh: DatabaseSync, store: Store): number {
  const known = new Set<string>();
  for (const kind of kinds) for (const row of fresh.prepare(`SELECT id FROM ${kind}s`).all()) known.add(`${kind} ${String(row['id'])}`);
  const missing = new Map<string, Restorable>();
  try {
    for (const row of readableRows(damaged, 'events', ['type', 'payload'], () => {})) note(String(row['type']), String(row['payload']));
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }

  function note(type: string, payload: string): void {
    const [named = '', change] = type.split('.');
    const kind = kinds.find((one) => one === named);
    // Most tell of what is there, and needn't be looked at more closely.
    const id = /"id":"([^"]*)"/.exec(payload)?.[1] ?? '';
    if (kind === undefined || known.has(`${kind} ${id}`)) return;
    const parsed = parseStreamMessage(`{"type":${JSON.stringify(type)},"payload":${payload}}`);
    if (parsed.kind !== 'message' || !('id' in parsed.message.payload)) return;
    const thing: { id: string; taskId?: string | undefined } = parsed.message.payload;
    if (change === 'deleted') {
      missing.delete(`${kind} ${thing.id}`);
      // The thread of a task goes with it.
      if (kind === 'task') for (const [key, { taskId }] of missing) if (taskId === thing.id) missing.delete(key);
    } else {
      // What was parsed as an event of this kind is a thing of this kind.
      const put = store[`${kind}s`].put as (item: unknown) => void;
      missing.set(`${kind} ${thing.id}`, { kind, taskId: thing.taskId, put: () => put(thing) });
    }
  }

  let restored = 0;
  for (const kind of kinds) {
    for (const item of missing.values()) {
      if (item.kind !== kind) continue;
      try {
        item.put();
        restored += 1;
      } catch (error) {
        // Something else has its place by now, its name say.
        if (sqliteTrouble(error) !== 'other') throw error;
      }
    }
  }
  return restored;
}
