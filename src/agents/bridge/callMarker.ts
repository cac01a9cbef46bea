import { isObject } from '../../protocol/rpc.ts';
import { processMeta } from '../../protocol/wake.ts';
import type { RpcRequest } from './rpc.ts';

/**
 * Names the process that an agent’s calls come from, for agents whose calls don’t say whose they are: a plugin of ours in that process says
 * which session it has. All others’ calls stay as they are (`undefined`).
 * @param initialize by which the agent has introduced itself
 */
export function callMarker(initialize: RpcRequest, starter: number): (call: RpcRequest) => RpcRequest | undefined {
  const client = initialize.params['clientInfo'];
  const name = isObject(client) ? client['name'] : undefined;
  if (typeof name !== 'string' || !name.startsWith('opencode')) return () => undefined;
  return (call) => {
    const meta = call.params['_meta'];
    const marked = { ...call.params, _meta: { ...(isObject(meta) && meta), [processMeta]: String(starter) } };
    return { ...call, params: marked, value: { ...call.value, params: marked } };
  };
}
