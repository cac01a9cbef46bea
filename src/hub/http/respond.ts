import type { IncomingMessage, ServerResponse } from 'node:http';
import { HubError, hubErrors } from '../../protocol/hubErrors.ts';
import type { ErrorBody } from '../../protocol/operation.ts';
import { writeExact } from '../../util/exactJson.ts';
import type { Background } from '../lifecycle/background.ts';
import { endAfterBody } from './endAfterBody.ts';

/** Any failure as one of ours: what we did not foresee is `internal`, and the log has the rest. */
export function toHubError(error: unknown, { failed }: Pick<Background, 'failed'>): HubError {
  if (error instanceof HubError) return error;
  failed('a call failed', error);
  return new HubError('internal', 'The hub failed at this. Its log says why (“AgentRQ: Show Log”).', { cause: error });
}

/** On every answer: nobody keeps it, and nobody takes it for another kind of thing. */
export const commonHeaders = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const;

/** On every stream: what stands between may neither keep it back nor change it. */
export const streamHeaders = {
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
} as const;

/** Answers with JSON, unless the answer has begun already. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const text = Buffer.from(writeExact(body));
  const unread = leavesBody(response.req);
  response.writeHead(status, {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': text.length,
    ...(unread && { connection: 'close' }),
  });
  if (unread) {
    response.write(text);
    endAfterBody(response);
  } else response.end(text);
}

/** Which tokens there are, for whom one is missing or wrong. It names nothing where a client could log in: there is no such place. */
function challenge(response: ServerResponse, { status }: HubError): void {
  if (status === 401 && !response.headersSent) response.setHeader('www-authenticate', 'Bearer');
}

/** `{"error":{"code","message"}}`, the shape of every refusal over REST. */
export function sendError(response: ServerResponse, error: HubError): void {
  const body: ErrorBody = { error: { code: error.code, message: error.message } };
  challenge(response, error);
  sendJson(response, error.status, body);
}

/** The same in the shape that MCP clients read. */
export function sendRpcError(response: ServerResponse, error: HubError): void {
  challenge(response, error);
  sendJson(response, error.status, {
    jsonrpc: '2.0',
    id: error.requestId,
    error: { code: hubErrors[error.code].rpc, message: error.message, data: { code: error.code } },
  });
}

/** A body that nobody wanted is not read to its end, so the connection can't be used again. */
function leavesBody({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}
