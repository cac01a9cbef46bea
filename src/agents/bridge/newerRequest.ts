import { isObject } from '../../protocol/rpc.ts';
import type { BridgedMessage, RpcRequest } from './rpc.ts';

// Requests of 2026-07-28: each says itself which revision it is of, and over HTTP part of it stands in headers as well.

const versionKey = 'io.modelcontextprotocol/protocolVersion';

/** The member of the parameters that says what a request is about. */
const nameOf: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
};

/** The revision that a message says it is of; `undefined` for one of the older era, which has agreed on that beforehand. */
export function revisionOf(message: BridgedMessage): string | undefined {
  if (message.kind !== 'request' && message.kind !== 'notification') return undefined;
  const meta = message.params['_meta'];
  const version = isObject(meta) ? meta[versionKey] : undefined;
  return typeof version === 'string' ? version : undefined;
}

/** A request of the bridge's own that says who asks as `request` does, which is the agent's. */
export function alike({ params }: RpcRequest, method: string): RpcRequest {
  const meta = isObject(params['_meta'])
    ? Object.entries(params['_meta']).filter(([key]) => key.startsWith('io.modelcontextprotocol/'))
    : [];
  const own = { method, params: { _meta: Object.fromEntries(meta) }, id: `agentrq-${method}` };
  return { kind: 'request', ...own, value: { jsonrpc: '2.0', ...own } };
}

/** The headers that such a request goes with. */
export function headersOf({ method, params }: RpcRequest, revision: string): Record<string, string> {
  const key = nameOf[method];
  const name = key === undefined ? undefined : params[key];
  return {
    'mcp-protocol-version': inHeader(revision),
    'mcp-method': inHeader(method),
    ...(typeof name === 'string' && { 'mcp-name': inHeader(name) }),
  };
}

/** [spec] Values that a header can't hold as they are go as `=?base64?…?=` (MCP, transports). */
function inHeader(value: string): string {
  const isPlain = /^[!-~]([ -~]*[!-~])?$/.test(value) && !value.startsWith('=?base64?');
  return isPlain ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`;
}
