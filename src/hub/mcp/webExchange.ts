import type { IncomingMessage, ServerResponse } from 'node:http';

// The MCP SDK speaks `Request` and `Response`. Its own adapter for Node keeps back the headers of a quiet stream and doesn't tell
// the SDK when a reader goes away, so these two functions are ours.

/** The request without its body, which goes along parsed. */
export function toWebRequest(request: IncomingMessage, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  return new Request(`http://hub${request.url ?? '/'}`, { method: request.method ?? 'GET', headers, signal });
}

/** Writes `answer` to the socket: headers at once, the body as it comes and as fast as it is read; cancelled when the reader goes. */
export async function writeWebResponse(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null) {
    response.end();
    return;
  }
  response.flushHeaders();
  const reader = answer.body.getReader();
  const onClose = (): void => void reader.cancel().catch(() => {});
  response.on('close', onClose);
  if (response.destroyed) onClose();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (!response.write(part.value)) await drained(response);
  }
  response.off('close', onClose);
  response.end();
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
