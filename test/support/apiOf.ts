import { createHubApi, type HubApi } from '../../src/client/hubApi.ts';

/** The user's calls to the hub of that moment. They wait for longer than a window does: the hub may share its machine with anything. */
export function apiOf(hub: () => { url: string; userToken: string }): HubApi {
  const address = async () => ({ url: hub().url, token: hub().userToken });
  return createHubApi({ address, fetch, timeoutMs: 60_000 });
}
