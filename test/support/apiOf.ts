import { createHubApi, type HubApi } from '../../src/client/hubApi.ts';

/** The person's calls to the hub of that moment. They wait for longer than a window does: the hub may share its machine with anything. */
export function apiOf(hub: () => { url: string; personToken: string }): HubApi {
  const address = async () => ({ url: hub().url, token: hub().personToken });
  return createHubApi({ address, fetch, timeoutMs: 60_000 });
}
