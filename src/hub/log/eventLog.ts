import type { DatabaseSync } from 'node:sqlite';
import { formatCursor } from '../../protocol/cursor.ts';
import type { HubEvent } from '../../protocol/events.ts';
import { BoundedMap } from '../../util/boundedMap.ts';
import { Emitter, type Listen } from '../../util/emitter.ts';
import { encodeChunk, frameText } from './frames.ts';
import { type Batch, createRecentFrames } from './recentFrames.ts';

/** An event with its place in the log. */
export interface LoggedEvent {
  number: number;
  workspaceId: string;
  event: HubEvent;
  /** The event's payload as JSON, written once. */
  payload: string;
}

/** How much of the log is kept: whichever comes first. */
export interface LogLimits {
  ageMs: number;
  events: number;
  /** Of payloads, with what a row takes besides. */
  bytes: number;
}

/** Every change of the hub, numbered without gaps, on disk with the row that it changed. */
export interface EventLog {
  /** The id of this log. A reader with a cursor of another epoch has read a log that no longer exists. */
  readonly epoch: string;
  /** The number of the newest committed event; 0 if there is none. */
  readonly head: number;
  /** The number of the oldest event that is still there; `head + 1` if none is. */
  readonly oldest: number;
  /** Writes an event. Only inside the transaction that writes its row; call `publish` once that has been committed. */
  append(workspaceId: string, event: HubEvent, at: string): LoggedEvent;
  /** Notifies the listeners of committed events. */
  publish(events: readonly LoggedEvent[]): void;
  readonly onDidPublish: Listen<readonly LoggedEvent[]>;
  /** The frames after `after`, of one workspace or of all; at most `batchBytes` unless a single frame is larger. */
  read(after: number, workspaceId: string | undefined): Batch;
  /**
   * Deletes some of the oldest events beyond the limits, but never the newest one, after which numbers go on. Readers whose cursor is older
   * can't resume. Returns false when nothing is left to delete.
   */
  prune(limits: LogLimits, nowMs: number): boolean;
}

/** Size of the in-memory buffer of the newest frames, which all readers share that are nearly up to date. */
const recentBytes = 2 * 1024 * 1024;
/** Maximum size of one write to a reader. */
const batchBytes = 64 * 1024;
/** Maximum size of one page that is read from the table, in UTF-16 units. Pages are larger, since their readers are far behind. */
const pageLength = 256 * 1024;
const pageRows = 1_024;
/** Pages that are cached for readers at about the same position. */
const keptPages = 32;
/** Rows that are deleted at a time, which takes a few milliseconds. */
const pruneRows = 500;
/** Size of an event on disk without its payload. */
const rowBytes = 150;

export function createEventLog(deps: { database: DatabaseSync; epoch: string; onError: (error: unknown) => void }): EventLog {
  const { database, epoch } = deps;
  const insert = database.prepare(
    `INSERT INTO events (workspaceId, at, type, payload, total)
     VALUES (?, ?, ?, ?, ? + coalesce((SELECT total FROM events WHERE number = (SELECT max(number) FROM events)), 0))`,
  );
  const lastNumber = database.prepare('SELECT max(number) AS n FROM events');
  const firstNumber = database.prepare('SELECT min(number) AS n FROM events');
  const sizeAt = database.prepare(`SELECT total, octet_length(payload) + ${rowBytes} AS size FROM events WHERE number = ?`);
  const oldRows = database.prepare('SELECT number, at, total FROM events WHERE number >= ? ORDER BY number LIMIT ?');
  const removeUpTo = database.prepare('DELETE FROM events WHERE number <= ?');
  // Of other workspaces than the wanted one, if any, the payload is not read.
  const page = database.prepare(
    `SELECT number, type, iif(coalesce(?, workspaceId) = workspaceId, payload, NULL) FROM events
     WHERE number > ? AND number <= ? ORDER BY number LIMIT ?`,
  );
  // Rows as lists take half the time of rows as objects.
  page.setReturnArrays(true);
  const published = new Emitter<readonly LoggedEvent[]>(deps.onError);

  const recent = createRecentFrames(recentBytes);
  let head = Number(lastNumber.get()?.['n'] ?? 0);
  let oldest = Number(firstNumber.get()?.['n'] ?? head + 1);
  // Readers at the same position share one buffer; in a fan-out nearly all are at the same position.
  let shared: { after: number; head: number; workspaceId: string | undefined; batch: Batch } | undefined;

  function textOf(number: number, type: string, payload: string): string {
    return frameText(formatCursor({ epoch, number }), `{"type":${JSON.stringify(type)},"payload":${payload}}`);
  }

  /** Full pages by their first position. Their contents never change. */
  const pages = new BoundedMap<string, Batch>(keptPages);

  function readStored(after: number, workspaceId: string | undefined): Batch {
    const key = `${after}.${workspaceId ?? ''}`;
    const kept = pages.get(key);
    if (kept !== undefined) return kept;
    const rows = page.iterate(workspaceId ?? null, after, head, pageRows);
    let text = '';
    let last = after;
    let count = 0;
    let isFull = false;
    for (const row of rows) {
      const [number, type, payload] = row as unknown as [number, string, string | null];
      isFull = text !== '' && text.length + (payload ?? '').length > pageLength;
      if (isFull) break;
      if (payload !== null) text += textOf(number, type, payload);
      last = number;
      count += 1;
    }
    const chunk = encodeChunk(text);
    // Fewer rows than a page: there are no further events up to the head.
    if (!isFull && count < pageRows) return { ...chunk, last: head };
    const batch = { ...chunk, last };
    pages.set(key, batch);
    return batch;
  }

  return {
    epoch,
    get head() {
      return head;
    },
    get oldest() {
      return oldest;
    },
    append(workspaceId, event, at) {
      const payload = JSON.stringify(event.payload);
      const { lastInsertRowid } = insert.run(workspaceId, at, event.type, payload, Buffer.byteLength(payload) + rowBytes);
      return { number: Number(lastInsertRowid), workspaceId, event, payload };
    },
    publish(events) {
      for (const { number, workspaceId, event, payload } of events) {
        recent.keep(number, workspaceId, textOf(number, event.type, payload));
        head = number;
      }
      published.fire(events);
    },
    onDidPublish: published.event,
    read(after, workspaceId) {
      if (shared?.after === after && shared.head === head && shared.workspaceId === workspaceId) return shared.batch;
      const isRecent = after + 1 >= (recent.first ?? head + 1);
      const batch = isRecent ? recent.read(after, workspaceId, batchBytes) : readStored(after, workspaceId);
      shared = { after, head, workspaceId, batch };
      return batch;
    },
    prune(within, nowMs) {
      const rows = oldRows.all(oldest, pruneRows);
      const total = Number(sizeAt.get(head)?.['total'] ?? 0);
      const first = sizeAt.get(oldest);
      const notBefore = new Date(nowMs - within.ageMs).toISOString();
      let upTo = 0;
      /** The size of all events before the row. */
      let before = Number(first?.['total'] ?? 0) - Number(first?.['size'] ?? 0);
      for (const row of rows) {
        const number = Number(row['number']);
        if (number === head) break;
        if (String(row['at']) >= notBefore && head - number < within.events && total - before <= within.bytes) break;
        upTo = number;
        before = Number(row['total']);
      }
      if (upTo === 0) return false;
      removeUpTo.run(upTo);
      pages.clear();
      oldest = upTo + 1;
      return true;
    },
  };
}
