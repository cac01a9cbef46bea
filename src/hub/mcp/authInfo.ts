import type { Exchange } from '../service/exchange.ts';

/** The SDK hands its callers' identity through as `AuthInfo`; ours travels in its `extra`. */
export function toAuthInfo(exchange: Exchange): { token: string; clientId: string; scopes: string[]; extra: Record<string, unknown> } {
  return { token: '', clientId: exchange.caller.agent.id, scopes: [], extra: { exchange } };
}

/** The exchange that a tool call belongs to. */
export function fromAuthInfo(authInfo: { extra?: Record<string, unknown> } | undefined): Exchange {
  const exchange = authInfo?.extra?.['exchange'];
  if (exchange === undefined) throw new Error('a tool call without an exchange');
  return exchange as Exchange;
}
