import type { Operation } from '../protocol/operation.ts';
import { apiPrefix } from '../protocol/operations.ts';
import type { HubAddress } from './linkState.ts';

/** The arguments of `fetch` for a call. */
export interface Call {
  url: string;
  init: RequestInit;
}

/**
 * Builds the HTTP request of an operation. Each member of `input` goes into the path, the query or the body, as the operation's table entry
 * says.
 */
export function buildCall(operation: Operation, input: Record<string, unknown>, address: HubAddress): Call {
  const values = new Map(Object.entries(input).filter(([, value]) => value !== undefined));

  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values.get(name))));
  const query = new URLSearchParams();
  for (const [name, value] of pick(values, operation.query.shape)) query.set(name, String(value));
  const url = `${address.url}${apiPrefix}${path}${query.size === 0 ? '' : `?${query.toString()}`}`;

  const headers = { authorization: `Bearer ${address.token}`, accept: 'application/json' };
  // Following a redirect would send the token to another server.
  const init: RequestInit = { method: operation.method, redirect: 'error', headers };
  if (Object.keys(operation.body.shape).length === 0) return { url, init };
  const body = Object.fromEntries(pick(values, operation.body.shape));
  return {
    url,
    init: {
      ...init,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(operation.envelope === undefined ? body : { [operation.envelope]: body }),
    },
  };
}

function pick(values: ReadonlyMap<string, unknown>, shape: object): [string, unknown][] {
  return [...values].filter(([name]) => Object.hasOwn(shape, name));
}
