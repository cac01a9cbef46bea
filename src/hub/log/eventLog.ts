import type { DatabaseSync } from 'node:sqlite';
import { formatCursor } from '../../protocol/cursor.ts';
import type { HubEvent } from '../../protocol/events.ts';
import { Emitter, type Listen } from '../../util/emitter.ts';
import type { Logger } from '../../util/log.ts';
import { encodeFrame, frameText } from './frames.ts';

/** An event with its place in the log. */
export interface LoggedEvent {
  number: number;
  workspaceId: string;
  event: HubEvent;
  /** The event's payload as JSON, written once. */
  payload: string;
}

/** Frames that follow each other in the log, ready to be written. */
export interface Batch {
  buffer: Buffer;
  /** The number of the last event that the reader has after this. */
  last: number;
  /** The same as a chunk of HTTP, once somebody has needed it. */
  chunk?: Buffer;
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
  /** Names this log: a reader that comes with another name has known one that is gone. */
  readonly epoch: string;
  /** The number of the newest committed event; 0 if there is none. */
  readonly head: number;
  /** The number of the oldest event that is still there; `head + 1` if none is. */
  readonly oldest: number;
  /** Writes an event. Only inside the transaction that writes its row; call `publish` once that has been committed. */
  append(workspaceId: string, event: HubEvent, at: string): LoggedEvent;
  /** Tells everybody. */
  publish(events: readonly LoggedEvent[]): void;
  readonly onDidPublish: Listen<readonly LoggedEvent[]>;
  /** The frames after `after`, of one workspace or of all; at most `batchBytes` unless a single frame is larger. */
  read(after: number, workspaceId: string | undefined): Batch;
  /** Deletes what is beyond the limits, a few rows from the old end: a reader that stands before them can't go on. False once nothing is. */
  prune(limits: LogLimits, nowMs: number): boolean;
}

interface Frame {
  number: number;
  workspaceId: string;
  buffer: Buffer;
}

/** How many encoded frames are kept for all readers that are nearly up to date. */
const recentFrames = 2_048;
const recentBytes = 8 * 1024 * 1024;
/** The most that goes to a reader in one write. */
const batchBytes = 64 * 1024;
/** The same of what is read from the table, in UTF-16 units: a reader that far behind takes it in large bites. */
const pageLength = 256 * 1024;
const pageRows = 1_024;
/** Pages that are kept for readers that come along behind each other. */
const keptPages = 32;
/** The most that is deleted at a time: a few milliseconds. */
const pruneRows = 500;
/** What an event takes on disk besides its payload. */
const rowBytes = 150;

export function createEventLog(deps: { database: DatabaseSync; epoch: string; log: Logger }): EventLog {
  const { database, epoch } = deps;
  const insert = database.prepare(
    `INSERT INTO events (workspaceId, at, type, payload, total)
     VALUES (?, ?, ?, ?, ? + coalesce((SELECT total FROM events WHERE number = (SELECT max(number) FROM events)), 0))`,
  );
  const lastNumber = database.prepare(`SELECT seq AS n FROM sqlite_sequence WHERE name = 'events'`);
  const firstNumber = database.prepare('SELECT min(number) AS n FROM events');
  const sizeAt = database.prepare(`SELECT total, octet_length(payload) + ${rowBytes} AS size FROM events WHERE number = ?`);
  const oldRows = database.prepare('SELECT number, at, total FROM events WHERE number >= ? ORDER BY number LIMIT ?');
  const removeUpTo = database.prepare('DELETE FROM events WHERE number <= ?');
  const page = database.prepare(
    'SELECT number, workspaceId, type, payload FROM events WHERE number > ? AND number <= ? ORDER BY number LIMIT ?',
  );
  const pageOfWorkspace = database.prepare(
    'SELECT number, workspaceId, type, payload FROM events WHERE workspaceId = ? AND number > ? AND number <= ? ORDER BY number LIMIT ?',
  );
  const published = new Emitter<readonly LoggedEvent[]>((error) => deps.log.error(`a listener failed: ${String(error)}`));

  const recent: Frame[] = [];
  let bytes = 0;
  let head = Number(lastNumber.get()?.['n'] ?? 0);
  let oldest = Number(firstNumber.get()?.['n'] ?? head + 1);
  // Readers that stand at the same place get the same buffer: in a fan-out nearly all of them do.
  let shared: { after: number; head: number; workspaceId: string | undefined; batch: Batch } | undefined;

  function keep(frame: Frame): void {
    recent.push(frame);
    bytes += frame.buffer.length;
    while (recent.length > recentFrames || bytes > recentBytes) bytes -= recent.shift()?.buffer.length ?? 0;
  }

  function encode(number: number, type: string, payload: string): Buffer {
    return encodeFrame(formatCursor({ epoch, number }), dataOf(type, payload));
  }

  function readRecent(after: number, workspaceId: string | undefined): Batch {
    const buffers: Buffer[] = [];
    let size = 0;
    let last = after;
    const begin = recent.length - (head - after);
    for (let index = begin; index < recent.length; index += 1) {
      const frame = recent[index];
      if (frame === undefined) break;
      const wanted = workspaceId === undefined || frame.workspaceId === workspaceId;
      if (wanted && size > 0 && size + frame.buffer.length > batchBytes) break;
      last = frame.number;
      if (!wanted) continue;
      buffers.push(frame.buffer);
      size += frame.buffer.length;
    }
    return { buffer: Buffer.concat(buffers, size), last };
  }

  /** Full pages by where they begin: what they hold never changes. */
  const pages = new Map<string, Batch>();

  function readStored(after: number, workspaceId: string | undefined): Batch {
    const key = `${after}.${workspaceId ?? ''}`;
    const kept = pages.get(key);
    if (kept !== undefined) return kept;
    const rows =
      workspaceId === undefined ? page.iterate(after, head, pageRows) : pageOfWorkspace.iterate(workspaceId, after, head, pageRows);
    let text = '';
    let last = after;
    let count = 0;
    let isFull = false;
    for (const row of rows) {
      const payload = String(row['payload']);
      isFull = text !== '' && text.length + payload.length > pageLength;
      if (isFull) break;
      const number = Number(row['number']);
      text += frameText(formatCursor({ epoch, number }), dataOf(String(row['type']), payload));
      last = number;
      count += 1;
    }
    const buffer = Buffer.from(text);
    // Fewer rows than a page: nothing else of this workspace is there up to the head.
    if (!isFull && count < pageRows) return { buffer, last: head };
    const batch = { buffer, last };
    pages.set(key, batch);
    for (const oldestKey of pages.keys()) {
      if (pages.size <= keptPages) break;
      pages.delete(oldestKey);
    }
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
        keep({ number, workspaceId, buffer: encode(number, event.type, payload) });
        head = number;
      }
      published.fire(events);
    },
    onDidPublish: published.event,
    read(after, workspaceId) {
      if (shared?.after === after && shared.head === head && shared.workspaceId === workspaceId) return shared.batch;
      const firstRecent = recent[0]?.number ?? head + 1;
      const batch = after + 1 >= firstRecent ? readRecent(after, workspaceId) : readStored(after, workspaceId);
      shared = { after, head, workspaceId, batch };
      return batch;
    },
    prune(within, nowMs) {
      const rows = oldRows.all(oldest, pruneRows);
      const total = Number(sizeAt.get(head)?.['total'] ?? 0);
      const first = sizeAt.get(oldest);
      const notBefore = new Date(nowMs - within.ageMs).toISOString();
      let upTo = 0;
      /** The bytes of what stood before the row, and is gone by then. */
      let before = Number(first?.['total'] ?? 0) - Number(first?.['size'] ?? 0);
      for (const row of rows) {
        const number = Number(row['number']);
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

function dataOf(type: string, payload: string): string {
  return `{"type":${JSON.stringify(type)},"payload":${payload}}`;
}
