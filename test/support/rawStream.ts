import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { waitFor } from './waitFor.ts';

/** The event stream as bytes, read by an independent parser. */
export interface RawStream {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that came, as it came. */
  readonly text: () => string;
  /** The events of the log, and \`reset\`. */
  readonly messages: EventSourceMessage[];
  /** The presence of agents, which comes without an id. */
  readonly presences: EventSourceMessage[];
  /** Waits until `count` messages have come. */
  waitForMessages(count: number): Promise<EventSourceMessage[]>;
  close(): void;
}

/** Opens a stream over a plain `fetch`. */
export async function openRawStream(
  { url, userToken }: { url: string; userToken: string },
  options: { path?: string; lastEventId?: string } = {},
): Promise<RawStream> {
  const abort = new AbortController();
  const response = await fetch(url + (options.path ?? '/api/v1/events/stream'), {
    headers: {
      Authorization: `Bearer ${userToken}`,
      ...(options.lastEventId !== undefined && { 'Last-Event-ID': options.lastEventId }),
    },
    signal: abort.signal,
  });
  let text = '';
  const messages: EventSourceMessage[] = [];
  const presences: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (message) => (message.event === undefined ? messages : presences).push(message) });
  const decoder = new TextDecoder();
  void (async () => {
    if (response.body === null) return;
    try {
      for await (const chunk of response.body) {
        const part = decoder.decode(chunk, { stream: true });
        text += part;
        parser.feed(part);
      }
    } catch {
      // Closed.
    }
  })();
  return {
    status: response.status,
    headers: response.headers,
    text: () => text,
    messages,
    presences,
    async waitForMessages(count) {
      await waitFor(`${count} messages on the stream (there are ${messages.length})`, () => messages.length >= count);
      return messages;
    },
    close: () => abort.abort(),
  };
}
