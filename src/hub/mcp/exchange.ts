import type { Agent } from '../../protocol/model.ts';
import type { Offer } from '../service/deliveries.ts';

/** One HTTP request of an agent, from its arrival to the last byte of its answer. */
export interface Exchange {
  agent: Agent;
  /** Aborts when the connection is gone, also after a normal end. */
  signal: AbortSignal;
  /** What the answer carries of the person's words: taken back if the answer can't be sent. */
  offer: Offer;
}

/** The SDK hands its callers' identity through as `AuthInfo`; ours travels in its `extra`. */
export function toAuthInfo(exchange: Exchange): { token: string; clientId: string; scopes: string[]; extra: Record<string, unknown> } {
  return { token: '', clientId: exchange.agent.id, scopes: [], extra: { exchange } };
}

/** The exchange that a tool call belongs to. */
export function fromAuthInfo(authInfo: { extra?: Record<string, unknown> } | undefined): Exchange {
  const exchange = authInfo?.extra?.['exchange'];
  if (exchange === undefined) throw new Error('a tool call without an exchange');
  return exchange as Exchange;
}
