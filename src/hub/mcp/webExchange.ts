import type { IncomingMessage, ServerResponse } from 'node:http';
import { numberMark, unmark } from '../../util/exactJson.ts';
import { commonHeaders, streamHeaders } from '../http/respond.ts';
import { whenClosed } from '../http/whenClosed.ts';

// The MCP SDK speaks `Request` and `Response`. Its own adapter for Node keeps back the headers of a quiet stream and doesn't tell
// the SDK when a reader goes away, so these functions are ours.

/**
 * The request without its body, which goes along parsed.
 * @param changes headers that are set, or (`undefined`) left out
 */
export function toWebRequest(request: IncomingMessage, signal: AbortSignal, changes: Record<string, string | undefined> = {}): Request {
  const headers = new Headers();
  const { rawHeaders } = request;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) headers.delete(name);
    else headers.set(name, value);
  }
  return new Request(`http://hub${request.url ?? '/'}`, { method: request.method ?? 'GET', headers, signal });
}

/** Does this client read JSON, and no event stream? One that says nothing, or that it takes anything, reads both. */
export function wantsJson({ headers: { accept } }: IncomingMessage): boolean {
  return accept !== undefined && /\bapplication\/json\b/i.test(accept) && !/\btext\/(event-stream|\*)|\*\/\*/i.test(accept);
}

/** A stream that ends with its answers, as one piece of JSON. Anything else comes back as it is. */
export async function toJsonResponse(answer: Response): Promise<Response> {
  if (!isEventStream(answer)) return answer;
  const lines = (await answer.text()).split('\n').filter((line) => line.startsWith('data: {'));
  const answers = lines.map((line) => JSON.parse(line.slice('data: '.length)) as object).filter((message) => !('method' in message));
  const headers = new Headers(answer.headers);
  headers.delete('content-type');
  return Response.json(answers.length === 1 ? answers[0] : answers, { headers });
}

/**
 * Writes `answer` to the socket: headers within the turn, the body as it comes and as fast as it is read; cancelled when the reader goes.
 * @param opening goes before the first event, if it is a stream
 */
export async function writeWebResponse(answer: Response, response: ServerResponse, opening?: string): Promise<void> {
  const rules = isEventStream(answer) ? streamHeaders : commonHeaders;
  // Whether the connection stays open is not the SDK's to say.
  const { connection: _, ...headers } = Object.fromEntries(answer.headers);
  response.writeHead(answer.status, { ...headers, ...rules });
  if (answer.body === null) {
    response.end();
    return;
  }
  // What is ready by then goes out in one write with them.
  const flushing = setImmediate(() => response.flushHeaders());
  if (opening !== undefined && isEventStream(answer)) response.write(opening);
  const reader = answer.body.getReader();
  const onClose = (): void => void reader.cancel().catch(() => {});
  response.on('close', onClose);
  if (response.destroyed) onClose();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!response.write(unmarked(part.value))) await drained(response);
  }
  clearImmediate(flushing);
  response.off('close', onClose);
  response.end();
}

const markBytes = Buffer.from(numberMark);

/** What the SDK writes, with numbers as the client wrote them. */
function unmarked(json: Uint8Array): Uint8Array {
  const bytes = Buffer.from(json.buffer, json.byteOffset, json.byteLength);
  return bytes.includes(markBytes) ? Buffer.from(unmark(bytes.toString())) : json;
}

export function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') === true;
}

/** Resolves when the socket takes more, or when nobody is left to take it, also if that was so before. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    whenClosed(response, done);
  });
}
