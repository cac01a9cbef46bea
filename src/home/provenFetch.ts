import { Readable } from 'node:stream';
import type { Fetch } from '../util/fetch.ts';
import { sendProven } from './hubRequest.ts';
import { portOf } from './ownHub.ts';
import { UnprovenHubError } from './provenConnection.ts';

const withoutBody = new Set([204, 205, 304]);

/**
 * `fetch` for the hub alone: each request goes over a connection of its own, on which the hub has proven to be this home folder's.
 * It follows no redirect and uses no proxy, whatever the environment or the editor says.
 * @param secretOf what `master-secret` says at this moment
 */
export function createProvenFetch(secretOf: () => string | undefined): Fetch {
  return async (input, init = {}) => {
    const { origin, pathname, search } = new URL(input);
    const port = portOf(origin);
    const secret = secretOf();
    if (port === undefined || secret === undefined) throw new UnprovenHubError(`there is no hub to be known at ${origin}`);
    const { method = 'GET', body, signal } = init;
    if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) {
      throw new TypeError('the hub is sent texts and bytes only');
    }
    const response = await sendProven(
      { port, secret },
      {
        method,
        path: pathname + search,
        headers: Object.fromEntries(new Headers(init.headers)),
        body: body ?? undefined,
        signal: signal ?? undefined,
      },
    );
    const { statusCode: status = 0, headers } = response;
    if (status >= 300 && status < 400) {
      response.destroy();
      throw new TypeError(`the hub redirects (${status})`);
    }
    const own = Object.entries(headers).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : []));
    if (withoutBody.has(status)) response.resume();
    const stream = withoutBody.has(status) ? null : (Readable.toWeb(response) as ReadableStream<Uint8Array>);
    return new Response(stream, { status, headers: own });
  };
}
