import { TrieRouter } from 'hono/router/trie-router';
import * as z from 'zod';
import { HubError } from '../../protocol/hubErrors.ts';
import type { Operation } from '../../protocol/operation.ts';
import { apiPrefix, type OperationName, operations } from '../../protocol/operations.ts';
import type { ServiceContext } from '../service/context.ts';
import { createOperationHandlers, type HubIdentity } from './operationHandlers.ts';

/** What the user's client asks for. */
export interface RestCall {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Reads the JSON body; called only once the route is known. */
  body: () => Promise<unknown>;
}

/** What goes back. */
export interface RestResult {
  status: number;
  body: unknown;
}

/** Runs a call of the user. @throws HubError */
export type Rest = (call: RestCall) => Promise<RestResult>;

const methods = ['GET', 'POST', 'PATCH', 'DELETE'] as const;

/** The routes, made from the table of operations. */
export function createRest(context: ServiceContext, identity: HubIdentity): Rest {
  const handlers = createOperationHandlers(context, identity);
  const router = new TrieRouter<OperationName>();
  for (const name of Object.keys(operations) as OperationName[]) {
    router.add(operations[name].method, apiPrefix + operations[name].path, name);
  }
  const find = (method: string, path: string) => router.match(method, path)[0][0] as [OperationName, Record<string, string>] | undefined;

  return async ({ method, path, query, body }) => {
    const found = find(method, path);
    if (found === undefined) {
      if (methods.some((other) => find(other, path) !== undefined)) {
        throw new HubError('method_not_allowed', `${method} is not possible at this address.`);
      }
      throw new HubError('not_found', 'There is nothing at this address.');
    }
    const [name, params] = found;
    const operation: Operation = operations[name];
    const input = {
      ...parse(operation.params, { ...params }),
      ...parse(operation.query, Object.fromEntries(query)),
      ...parse(operation.body, unwrap(method === 'GET' ? undefined : await body(), operation.envelope)),
    };
    // The input was parsed by the schemas of this very operation, which is what its handler takes.
    const handler = handlers[name] as (input: unknown) => unknown;
    return { status: operation.status ?? 200, body: await handler(input) };
  };
}

/** `{"reply":{…}}` → `{…}`; a body without its envelope is taken as it is, which scripts find easier. */
function unwrap(body: unknown, envelope: string | undefined): unknown {
  if (envelope === undefined || typeof body !== 'object' || body === null) return body ?? {};
  return envelope in body ? (body as Record<string, unknown>)[envelope] : body;
}

function parse<T extends z.core.$ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  throw new HubError('invalid_input', `${problems.join('; ')}.`);
}
