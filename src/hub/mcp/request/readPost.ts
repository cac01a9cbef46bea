import type { IncomingMessage } from 'node:http';
import { HubError } from '../../../protocol/hubErrors.ts';
import { idInText, type RpcId, type RpcMessage, type RpcNotification, type RpcObject, readRpc } from '../../../protocol/rpc.ts';
import { assertNever } from '../../../util/errors.ts';
import { parseExact } from '../../../util/exactJson.ts';
import { hasHalves, parseBody, readText } from '../../http/body.ts';
import type { AgentIntroduction } from '../../service/agents.ts';
import { introductionIn } from './readClient.ts';
import { readParams } from './readParams.ts';

/** What an agent has posted, read as it was meant. The one place through which every message of MCP comes in. */
export interface Post {
  /** One message, or several in the one revision of MCP that knows batches. */
  body: WireMessage | WireMessage[];
  /** It begins a session of the older era. */
  initialize: Record<string, unknown> | undefined;
  requests: readonly { id: RpcId; method: string }[];
  notifications: readonly RpcNotification[];
  /** The only request in it. */
  id: RpcId | null;
  /** Who sent it, as far as it says so itself. */
  introduction: AgentIntroduction | undefined;
}

/** A message as the SDK takes it. */
export type WireMessage = { readonly jsonrpc: '2.0'; readonly id?: RpcId; readonly method?: string; readonly params?: RpcObject };

type Readable = Exclude<RpcMessage, { kind: 'unreadable' }>;

/** Reads the body of a POST. @throws HubError, which names the request that it is about */
export async function readPost(request: IncomingMessage): Promise<Post> {
  const text = await readText(request);
  if (text === undefined) throw new HubError('bad_request', 'Send a message of JSON-RPC in the body.');
  let value: unknown;
  try {
    value = parseBody(text, parseExact);
  } catch (error) {
    throw error instanceof HubError ? error.about(idInText(text)) : error;
  }
  const halves = hasHalves(text);
  if (!Array.isArray(value)) {
    const message = readMessage(value, halves);
    const body = toWire(message);
    return { ...about([message]), body, initialize: body.method === 'initialize' ? { ...body } : undefined };
  }
  if (value.length === 0) throw new HubError('bad_request', 'This batch is empty.');
  const messages = value.map((each) => readMessage(each, halves));
  return { ...about(messages), body: messages.map(toWire), initialize: undefined };
}

function readMessage(value: unknown, halves: boolean): Readable {
  const message = readRpc(value);
  if (message.kind === 'unreadable') throw new HubError('bad_request', message.reason).about(message.id);
  if (message.kind === 'response') return message;
  const read = readParams(message.method, message.params);
  if (read.refused !== undefined) {
    throw new HubError('invalid_input', read.refused).about(message.kind === 'request' ? message.id : null);
  }
  // Half of a surrogate pair can be written as an escape, but neither stored nor sent as UTF-8.
  const params = halves && message.kind === 'notification' ? (wellFormed(read.params) as RpcObject | undefined) : read.params;
  return { ...message, params };
}

function about(messages: readonly Readable[]): Omit<Post, 'body' | 'initialize'> {
  const requests: Post['requests'][number][] = [];
  const notifications: RpcNotification[] = [];
  let introduction: AgentIntroduction | undefined;
  for (const message of messages) {
    if (message.kind === 'request') requests.push({ id: message.id, method: message.method });
    if (message.kind === 'notification') notifications.push({ method: message.method, params: message.params ?? {} });
    if (message.kind !== 'response') introduction ??= introductionIn(message.params);
  }
  const [only, another] = requests;
  return { requests, notifications, id: another === undefined ? (only?.id ?? null) : null, introduction };
}

/** Only what JSON-RPC knows: the SDK refuses a message with anything beside it. */
function toWire(message: Readable): WireMessage {
  switch (message.kind) {
    case 'request':
    case 'notification': {
      const { method, params } = message;
      const id = message.kind === 'request' ? { id: message.id } : {};
      return { jsonrpc: '2.0', ...id, method, ...(params !== undefined && { params }) };
    }
    case 'response': {
      const { error, result } = message.value;
      return { jsonrpc: '2.0', id: message.id, ...(error === undefined || error === null ? { result: result ?? {} } : { error }) };
    }
    default:
      return assertNever(message);
  }
}

/** The request that this notification cancels, if it does. */
export function cancelledRequest({ method, params }: RpcNotification): RpcId | undefined {
  const id = method === 'notifications/cancelled' ? params['requestId'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : undefined;
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wellFormed(member)]));
}
