import { markedDigits, markNumber, parseExact } from '../util/exactJson.ts';
import { endOfString, findJsonLimitViolation } from '../util/jsonShape.ts';

// A message of MCP as clients really send it. Whatever has one reasonable meaning is taken as meant, over any transport, and
// whatever era it is of; the rest is refused in a sentence, with the id of the very request.

/** The id of a JSON-RPC request. One that is no whole number of JavaScript's is marked (`exactJson.ts`), and goes back as it came. */
export type RpcId = string | number;
export type RpcObject = Readonly<Record<string, unknown>>;

export type RpcMessage =
  | { kind: 'request'; id: RpcId; method: string; params?: RpcObject | undefined }
  | { kind: 'notification'; method: string; params?: RpcObject | undefined }
  | { kind: 'response'; id: RpcId; value: RpcObject }
  /** It can't be meant. `id`: whose answer says so, as far as it can be read. */
  | { kind: 'unreadable'; id: RpcId | null; reason: string };

/** Reads a message that was parsed by `parseExact`. */
export function readRpc(value: unknown): RpcMessage {
  if (!isObject(value)) return unreadable(null, 'A message of JSON-RPC is an object with a method or a result.');
  const id = readId(value['id']);
  const { method } = value;
  if (typeof method !== 'string' || method === '') {
    if (id !== undefined && ('result' in value || 'error' in value)) return { kind: 'response', id, value };
    return unreadable(id ?? null, 'This message names no method.');
  }
  if (!isVersionTwo(value['jsonrpc'])) return unreadable(id ?? null, 'This hub speaks JSON-RPC 2.0 (“jsonrpc”: “2.0”).');
  const params = readObject(value['params']);
  if (params === unread) return unreadable(id ?? null, `The params of ${method.slice(0, 100)} are an object of named members.`);
  if (id !== undefined) return { kind: 'request', id, method, ...(params !== undefined && { params }) };
  // Some write down what they leave out.
  const isNotification = !('id' in value) || (value['id'] === null && method.startsWith('notifications/'));
  if (!isNotification) return unreadable(null, 'The id of a request is a text or a number.');
  return { kind: 'notification', method, ...(params !== undefined && { params }) };
}

/** An id, or a token of progress: texts and numbers of any size; `undefined` for anything else. */
export function readId(value: unknown): RpcId | undefined {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return markNumber(String(value));
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** What `readObject` says of something that is no object, and not nothing either. */
export const unread = Symbol('unread');

/** An object, also one that was written into a text; `undefined` where nothing is meant. */
export function readObject(value: unknown): RpcObject | undefined | typeof unread {
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)) return undefined;
  const read = typeof value === 'string' ? jsonIn(value) : value;
  return isObject(read) ? read : unread;
}

/** The JSON in a text; `undefined` if it is none, or too much to look through. */
export function jsonIn(text: string): unknown {
  try {
    return findJsonLimitViolation(text) === undefined ? parseExact(text) : undefined;
  } catch {
    return undefined;
  }
}

function isVersionTwo(version: unknown): boolean {
  return version === undefined || version === null || Number(markedDigits(version) ?? version) === 2;
}

function unreadable(id: RpcId | null, reason: string): RpcMessage {
  return { kind: 'unreadable', id, reason };
}

/** A message that gets no answer. */
export interface RpcNotification {
  method: string;
  params: RpcObject;
}

/** Is this the answer to a request: a result or an error? */
export function isAnswer(message: object): message is { id: RpcId } {
  return 'id' in message && !('method' in message);
}

const idMember = /"id"\s*:\s*(?:(-?\d[-+.\deE]*)|("(?:[^"\\]|\\.){0,1000}"))/y;

/** The id in a text that is no JSON, or too much of it: its sender waits for an answer to that. */
export function idInText(text: string): RpcId | null {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index];
    if (char === '{' || char === '[') depth += 1;
    if (char === '}' || char === ']') depth -= 1;
    if (char !== '"') continue;
    idMember.lastIndex = index;
    const [, digits, quoted] = depth === 1 ? (idMember.exec(text) ?? []) : [];
    if (digits !== undefined) return Number.isSafeInteger(Number(digits)) ? Number(digits) : markNumber(digits);
    if (quoted !== undefined) return JSON.parse(quoted) as string;
    index = endOfString(text, index);
  }
  return null;
}

export function rpcError(id: RpcId | null, code: number, message: string): RpcObject {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

export function isObject(value: unknown): value is RpcObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
