import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Cursor, cursorHeader, formatCursor, parseCursor } from '../../protocol/cursor.ts';
import type { Reset } from '../../protocol/events.ts';
import { retryMs } from '../../protocol/limits.ts';
import type { EventLog } from '../log/eventLog.ts';
import type { Fanout } from '../log/fanout.ts';
import { chunkText, openingText, resetText } from '../log/frames.ts';
import type { PresenceFeed } from '../log/presenceFeed.ts';
import { streamHeaders } from './respond.ts';
import { whenClosed } from './whenClosed.ts';

/**
 * Answers with the event stream, of one workspace or of everything. It goes on after the cursor in `Last-Event-ID` (a header, or
 * `lastEventId` in the query); without one it begins at the head of the log.
 */
export function openEventStream(
  deps: { log: EventLog; presence: PresenceFeed; fanout: Fanout },
  request: IncomingMessage,
  response: ServerResponse,
  { workspaceId, query }: { workspaceId: string | undefined; query: URLSearchParams },
): void {
  const { log, presence, fanout } = deps;
  const head: Cursor = { epoch: log.epoch, number: log.head };
  const given = request.headers['last-event-id'] ?? inQuery(query);
  const isFirst = typeof given !== 'string' || given === '';
  const start = isFirst ? { kind: 'follow' as const, after: head.number } : locate(log, given);

  response.writeHead(200, { ...streamHeaders, 'content-type': 'text/event-stream', [cursorHeader]: formatCursor(head) });
  const reset = start.kind === 'reset' ? resetText(start.reason, head) : '';
  // A reader that comes back may know of agents of which this hub has heard nothing since it began.
  const presences = isFirst && presence.revision === 0 ? '' : presence.complete(workspaceId);
  const opening = openingText(retryMs) + reset + presences;
  const after = start.kind === 'reset' ? head.number : start.after;
  // Frames are written to the socket in chunks that are made once for all readers: `response.write` would make them for each, and
  // write each in several pieces. A response that waits behind another one of its connection has no socket yet.
  const { socket } = response;
  const chunked = socket !== null && response.chunkedEncoding;
  // The head goes out with the opening, in one write.
  if (chunked) response.chunkedEncoding = false;
  response.write(chunked ? chunkText(opening) : opening);
  const subscription = fanout.subscribe(chunked ? socket : response, after, workspaceId, { chunked });
  // One that came while the hub began may have gone by now.
  whenClosed(response, () => subscription.dispose());
}

/** Clients that can set no header write it in several ways: `lastEventId`, `Last-Event-ID`, `last_event_id`. */
function inQuery(query: URLSearchParams): string | undefined {
  return [...query].find(([name]) => name.replace(/[-_]/g, '').toLowerCase() === 'lasteventid')?.[1];
}

/** Where in the log a reader goes on, or why it can't. */
function locate(log: EventLog, given: string): { kind: 'follow'; after: number } | { kind: 'reset'; reason: Reset['payload']['reason'] } {
  const cursor = parseCursor(given);
  if (cursor === undefined) return { kind: 'reset', reason: 'bad-cursor' };
  if (cursor.epoch !== log.epoch || cursor.number > log.head) return { kind: 'reset', reason: 'other-log' };
  if (cursor.number + 1 < log.oldest) return { kind: 'reset', reason: 'too-old' };
  return { kind: 'follow', after: cursor.number };
}
