import { type RpcId, type RpcObject, readRpc } from '../../protocol/rpc.ts';
import { assertNever } from '../../util/errors.ts';

/** A JSON-RPC message, as far as a relay has to know it. `value` is all of it. */
export type BridgedMessage =
  | { kind: 'request'; id: RpcId; method: string; params: RpcObject; value: RpcObject }
  | { kind: 'notification'; method: string; params: RpcObject; value: RpcObject }
  | { kind: 'response'; id: RpcId; value: RpcObject }
  /** A batch, or no message at all: the hub that gets it says what is wrong with it. */
  | { kind: 'other'; id: RpcId | null; value: unknown };

export type RpcRequest = Extract<BridgedMessage, { kind: 'request' }>;

/** The code of an error that is not the caller's. JSON-RPC leaves it to the server. */
export const serverError = -32_000;

/** @param value as `parseExact` reads it */
export function readMessage(value: unknown): BridgedMessage {
  const message = readRpc(value);
  switch (message.kind) {
    case 'request':
    case 'notification':
      return { ...message, params: message.params ?? {}, value: value as RpcObject };
    case 'response':
      return message;
    case 'unreadable':
      return { kind: 'other', id: message.id, value };
    default:
      return assertNever(message);
  }
}
