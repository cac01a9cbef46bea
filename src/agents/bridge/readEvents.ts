import type { IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';

/** One event of a stream. */
export interface StreamEvent {
  /** Empty in an event that only gives the stream a place to go on from. */
  data: string;
  id: string | undefined;
}

/** The events of an answer, until it ends or breaks; the one that was cut short is left out. It ends in the same way for both. */
export async function* readEvents(response: IncomingMessage): AsyncGenerator<StreamEvent> {
  let events: StreamEvent[] = [];
  const parser = createParser({ onEvent: ({ data, id }) => events.push({ data, id }) });
  response.setEncoding('utf8');
  try {
    for await (const chunk of response as AsyncIterable<string>) {
      parser.feed(chunk);
      const complete = events;
      events = [];
      yield* complete;
    }
  } catch {
    // The connection broke.
  }
}
