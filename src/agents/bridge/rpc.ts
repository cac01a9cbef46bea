/** The id of a JSON-RPC request. */
export type RpcId = string | number;
type RpcObject = Readonly<Record<string, unknown>>;

/** A JSON-RPC message, as far as a relay has to know it. `value` is all of it. */
export type RpcMessage =
  | { kind: 'request'; id: RpcId; method: string; params: RpcObject; value: RpcObject }
  | { kind: 'notification'; method: string; params: RpcObject; value: RpcObject }
  | { kind: 'response'; id: RpcId; value: RpcObject }
  /** A batch, or none at all: whoever gets it says what is wrong with it. */
  | { kind: 'other'; value: unknown };

export type RpcRequest = Extract<RpcMessage, { kind: 'request' }>;

/** The code of an error that is not the caller's. JSON-RPC leaves it to the server. */
export const serverError = -32_000;

export function readMessage(value: unknown): RpcMessage {
  if (!isObject(value)) return { kind: 'other', value };
  const { id, method } = value;
  const hasId = typeof id === 'string' || typeof id === 'number';
  const params = isObject(value['params']) ? value['params'] : {};
  if (typeof method === 'string' && hasId) return { kind: 'request', id, method, params, value };
  if (typeof method === 'string' && id === undefined) return { kind: 'notification', method, params, value };
  if (hasId && ('result' in value || 'error' in value)) return { kind: 'response', id, value };
  return { kind: 'other', value };
}

export function rpcError(id: RpcId | null, code: number, message: string): RpcObject {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

export function isObject(value: unknown): value is RpcObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
