import type { IncomingMessage } from 'node:http';
import { isObject } from '../../protocol/rpc.ts';
import { parseExact } from '../../util/exactJson.ts';
import { readEvents } from './readEvents.ts';
import { serverError } from './rpc.ts';

/** A message of the hub, as it stands in the body of an HTTP answer. */
export interface Received {
  /** `undefined` in an event that carries none. */
  value: unknown;
  /** Where the stream can be gone on from. */
  eventId: string | undefined;
}

/** The messages in an answer, be it a stream or one piece of JSON, until it ends or breaks. */
export async function* readReceived(response: IncomingMessage): AsyncGenerator<Received> {
  if (isStream(response)) {
    for await (const { data, id } of readEvents(response)) yield { value: parse(data), eventId: id };
    return;
  }
  const value = await readJson(response);
  if (value !== undefined) yield { value, eventId: undefined };
}

/** The hub says no. */
export interface Refusal {
  /** It doesn't know the session; a new one has to be begun. */
  lostSession: boolean;
  /** A JSON-RPC error. */
  error: Readonly<Record<string, unknown>>;
}

export async function readRefusal(response: IncomingMessage): Promise<Refusal> {
  const body = await readJson(response);
  const error = isObject(body) && isObject(body['error']) ? body['error'] : undefined;
  return {
    lostSession: response.statusCode === 404 && error?.['code'] === -32_001,
    error: error ?? { code: serverError, message: `The AgentRQ hub answered with ${response.statusCode}. Its log says why.` },
  };
}

async function readJson(response: IncomingMessage): Promise<unknown> {
  try {
    return parse(Buffer.concat((await response.toArray()) as Buffer[]).toString());
  } catch {
    // The connection broke.
    return undefined;
  }
}

function isStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.startsWith('text/event-stream') === true;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : parseExact(text);
  } catch {
    return undefined;
  }
}
