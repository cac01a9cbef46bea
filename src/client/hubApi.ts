import type { OperationInput, OperationName, OperationOutput } from '../protocol/operations.ts';
import type { HubAddress } from './hubAddress.ts';

/** The operations of the hub, one call for each. Fails with a `HubError` (the hub said no) or a `UserError` (it can't be reached). */
export interface HubApi {
  call<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
}

export declare function createHubApi(deps: {
  /** Asked before each call, because the hub may have come back elsewhere. */
  address: () => Promise<HubAddress>;
  fetch: typeof globalThis.fetch;
  /** One call takes no longer than this. Default 10 s. */
  timeoutMs?: number;
}): HubApi;
