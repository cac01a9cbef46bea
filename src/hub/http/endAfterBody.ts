import type { ServerResponse } from 'node:http';

/** How long a body that nobody wants may go on. */
const lingerMs = 500;

/**
 * Ends an answer that was written whole while its request still sends. A connection that is closed under a sender takes the answer with
 * it, so the rest of the body is let run out for a moment, into nothing.
 */
export function endAfterBody(response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs).unref();
  response.req.once('end', end).resume();
  response.once('close', () => clearTimeout(timer));
}
