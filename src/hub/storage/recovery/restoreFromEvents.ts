import type { DatabaseSync } from 'node:sqlite';
import { type HubEvent, parseStreamMessage } from '../../../protocol/events.ts';
import { assertNever } from '../../../util/errors.ts';
import { sqliteTrouble } from '../sqliteTrouble.ts';
import type { Store } from '../store.ts';
import { isUnreadable, readableRows } from './readableRows.ts';

/** The order of restoring: parents before children. */
const kinds = ['workspace', 'agent', 'task', 'message', 'request', 'rule'] as const;
type Kind = (typeof kinds)[number];

/** Restores rows that `fresh` lacks from the last event about each in `damaged`. Returns the number of rows. */
export function restoreFromEvents(damaged: DatabaseSync, fresh: DatabaseSync, store: Store): number {
  const known = new Set<string>();
  for (const kind of kinds) for (const row of fresh.prepare(`SELECT id FROM ${kind}s`).all()) known.add(`${kind} ${String(row['id'])}`);

  /** What is missing: how it is put back, and the task it goes with. */
  const missing = new Map<string, { kind: Kind; taskId: string | undefined; put: () => void }>();
  function note(kind: Kind, thing: { id: string; taskId?: string | undefined }, put: () => void): void {
    missing.set(`${kind} ${thing.id}`, { kind, taskId: thing.taskId, put });
  }

  function take(event: HubEvent): void {
    switch (event.type) {
      case 'workspace.updated':
        return note('workspace', event.payload, () => store.workspaces.put(event.payload));
      case 'agent.updated':
        return note('agent', event.payload, () => store.agents.put(event.payload));
      case 'task.created':
      case 'task.updated':
        return note('task', event.payload, () => store.tasks.put(event.payload));
      case 'message.created':
      case 'message.updated':
        return note('message', event.payload, () => store.messages.put(event.payload));
      case 'request.created':
      case 'request.updated':
        return note('request', event.payload, () => store.requests.put(event.payload));
      case 'rule.created':
        return note('rule', event.payload, () => store.rules.put(event.payload));
      case 'task.deleted':
        // Its thread went with it.
        for (const [key, { taskId }] of missing) if (taskId === event.payload.id) missing.delete(key);
        missing.delete(`task ${event.payload.id}`);
        return;
      case 'message.deleted':
        missing.delete(`message ${event.payload.id}`);
        return;
      case 'rule.deleted':
        missing.delete(`rule ${event.payload.id}`);
        return;
      default:
        assertNever(event);
    }
  }

  try {
    for (const row of readableRows(damaged, 'events', ['type', 'payload'], () => {})) {
      const [type, payload] = [String(row['type']), String(row['payload'])];
      // Most tell of what is there, and needn't be looked at more closely.
      const id = /"id":"([^"]*)"/.exec(payload)?.[1] ?? '';
      if (known.has(`${type.split('.')[0]} ${id}`)) continue;
      const parsed = parseStreamMessage(`{"type":${JSON.stringify(type)},"payload":${payload}}`);
      if (parsed.kind === 'message' && parsed.message.type !== 'reset' && parsed.message.type !== 'agents.presence') take(parsed.message);
    }
  } catch (error) {
    if (!isUnreadable(error)) throw error;
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
