import type { IncomingMessage } from 'node:http';
import { type HubRequest, sendProven } from '../home/hubRequest.ts';
import type { OwnHub } from '../home/provenConnection.ts';
import { unprovenHub } from '../protocol/names.ts';

/** What became of a request. */
export type Sent =
  | { kind: 'answered'; response: IncomingMessage }
  /** Nobody took the connection: the hub has surely not heard of it. */
  | { kind: 'refused' }
  /** The program that took the connection has not proven to be the hub, and was sent nothing. */
  | { kind: 'unproven' }
  /** The connection broke before an answer began: whether the hub heard of it is not known. */
  | { kind: 'broken' };

/** Sends one request to the hub once that has proven itself, and waits as long as it takes for the answer to begin. */
export async function sendToHub(hub: OwnHub, request: HubRequest): Promise<Sent> {
  try {
    return { kind: 'answered', response: await sendProven(hub, request) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === unprovenHub) return { kind: 'unproven' };
    return { kind: code === 'ECONNREFUSED' ? 'refused' : 'broken' };
  }
}
