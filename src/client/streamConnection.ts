import type { FetchLike } from 'eventsource';
import { EventSource } from 'eventsource';
import type { Cursor } from '../protocol/cursor.ts';
import { cursorHeader, formatCursor, parseCursor } from '../protocol/cursor.ts';
import { presenceEvent } from '../protocol/events.ts';
import { heartbeatMs, stallMs } from '../protocol/limits.ts';
import { apiPrefix } from '../protocol/operations.ts';
import type { Clock } from '../util/clock.ts';
import type { Fetch } from '../util/fetch.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore, toDisposable } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';
import type { HubAddress } from './linkState.ts';

// One connection to the hub's event stream. An EventSource reconnects after some errors and never after others; here it is closed at the
// first error, so that eventStream.ts alone decides what happens next.

/** Opens the stream after `cursor`. Once it has ended or is disposed it calls nothing. @throws TypeError if the address is invalid */
export function openStreamConnection(deps: {
  address: HubAddress;
  cursor: Cursor;
  fetch: Fetch;
  clock: Clock;
  log: Logger;
  /** The stream is open. `head` is the last position in the log at that time, if the hub sent it. */
  onOpen: (head: Cursor | undefined) => void;
  /** A frame was received: its `id` and its data. */
  onFrame: (id: string, data: string) => void;
  /** The connection ended. `reason` is a sentence for the user. Called at most once. */
  onEnd: (reason: string) => void;
}): Disposable {
  const { address, cursor, clock, log } = deps;
  const scope = new DisposableStore();
  let heardAt = clock.now();
  let head: Cursor | undefined;
  let isOpen = false;

  const end = (reason: string): void => {
    if (scope.disposed) return;
    scope.dispose();
    deps.onEnd(reason);
  };

  const fetch: FetchLike = async (url, init) => {
    const response = await deps.fetch(url, {
      ...init,
      // Following a redirect would send the token to another server.
      redirect: 'error',
      headers: { ...init.headers, Authorization: `Bearer ${address.token}`, 'Last-Event-ID': formatCursor(cursor) },
    });
    heardAt = clock.now();
    head = parseCursor(response.headers.get(cursorHeader) ?? '');
    const { url: finalUrl, status, redirected, headers } = response;
    const body = response.body && watchBytes(response.body, () => (heardAt = clock.now()));
    return { body, url: finalUrl, status, redirected, headers };
  };

  const source = new EventSource(`${address.url}${apiPrefix}/events/stream`, { fetch });
  scope.add(toDisposable(() => source.close()));
  source.addEventListener('open', () => {
    if (scope.disposed) return;
    isOpen = true;
    deps.onOpen(head);
  });
  for (const type of ['message', presenceEvent]) {
    source.addEventListener(type, ({ lastEventId, data }) => {
      if (!scope.disposed) deps.onFrame(lastEventId, String(data));
    });
  }
  source.addEventListener('error', ({ code, message }) => {
    if (scope.disposed) return;
    log.trace(`the stream ended: ${message ?? 'the hub closed it'}`);
    end(code === undefined ? (isOpen ? 'The connection to the hub was lost.' : "The hub doesn't answer.") : refusal(code, address));
  });
  scope.add(
    clock.every(heartbeatMs, () => {
      if (clock.now() - heardAt >= stallMs) end(`Nothing was heard from the hub for ${stallMs / 1_000} s.`);
    }),
  );
  return scope;
}

/** The reason for a response with another `status` than a stream has. */
function refusal(status: number, address: HubAddress): string {
  switch (status) {
    case 200:
      return `What answers at ${address.url} is not the hub.`;
    case 401:
    case 403:
      return `The hub doesn't accept this window's token (${status}).`;
    case 503:
      return 'The hub is not ready yet (503).';
    default:
      return `The hub opens no stream (${status}).`;
  }
}

/** Passes the bytes through and calls `onBytes` for each chunk. Heartbeats are comments, which an EventSource does not report. */
function watchBytes(body: ReadableStream<Uint8Array<ArrayBuffer>>, onBytes: () => void): ReadableStream<Uint8Array<ArrayBuffer>> {
  return body.pipeThrough(
    new TransformStream({
      transform(chunk, controller) {
        onBytes();
        controller.enqueue(chunk);
      },
    }),
  );
}
