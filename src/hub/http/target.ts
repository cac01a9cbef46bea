import type { IncomingMessage } from 'node:http';
import { HubError } from '../../protocol/hubErrors.ts';

/** Where a request goes. */
export interface Target {
  path: string;
  query: URLSearchParams;
}

/** A path that every reader takes for the same, and no query: what editors and agents send. */
const plainPath = /^(?:\/[\w-]+)+$/;
const noQuery = new URLSearchParams();

/**
 * Reads the target of a request. A path has one spelling: one that means another when it is read as an address (`/a/../b`, `/%2e/b`,
 * `/a\b`, an authority, a fragment) is refused, so that nobody can disagree about what was asked for.
 * @throws HubError `bad_request`
 */
export function parseTarget({ url = '' }: IncomingMessage): Target {
  if (plainPath.test(url)) return { path: url, query: noQuery };
  const parsed = url.startsWith('/') ? URL.parse(`http://hub${url}`) : null;
  const path = url.split('?', 1)[0];
  if (parsed === null || parsed.host !== 'hub' || parsed.pathname !== path) {
    throw new HubError('bad_request', 'The request names no path of this hub.');
  }
  return { path, query: parsed.searchParams };
}
