import * as z from 'zod';

/** The id of a JSON-RPC request. */
export type RpcId = string | number;

const requestSchema = z.object({ id: z.union([z.string(), z.number()]), method: z.string() });
const notificationSchema = z.object({
  id: z.undefined().optional(),
  method: z.string(),
  params: z.record(z.string(), z.unknown()).optional(),
});
const cancelledSchema = z.object({ requestId: z.union([z.string(), z.number()]) });

/** A message that gets no answer. */
export interface RpcNotification {
  method: string;
  params: Record<string, unknown>;
}

/** The messages in a body: one, or several in the one revision of MCP that knows batches. */
function messagesIn(body: unknown): unknown[] {
  return Array.isArray(body) ? body : [body];
}

export function requestsIn(body: unknown): { id: RpcId; method: string }[] {
  return messagesIn(body).flatMap((message) => requestSchema.safeParse(message).data ?? []);
}

export function notificationsIn(body: unknown): RpcNotification[] {
  return messagesIn(body).flatMap((message) => {
    const { data } = notificationSchema.safeParse(message);
    return data === undefined ? [] : { method: data.method, params: data.params ?? {} };
  });
}

/** The request that this notification cancels, if it does. */
export function cancelledRequest({ method, params }: RpcNotification): RpcId | undefined {
  return method === 'notifications/cancelled' ? cancelledSchema.safeParse(params).data?.requestId : undefined;
}

/** Is this the answer to a request: a result or an error? */
export function isAnswer(message: object): message is { id: RpcId } {
  return 'id' in message && !('method' in message);
}
