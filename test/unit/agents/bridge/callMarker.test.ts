import assert from 'node:assert/strict';
import { callMarker } from '../../../../src/agents/bridge/callMarker.ts';
import { type RpcRequest, readMessage } from '../../../../src/agents/bridge/rpc.ts';

const request = (method: string, params: object): RpcRequest => {
  const message = readMessage({ jsonrpc: '2.0', id: 1, method, params });
  return message.kind === 'request' ? message : assert.fail();
};
const initialize = (name: unknown): RpcRequest =>
  request('initialize', { protocolVersion: '2025-11-25', clientInfo: { name, version: '1' } });

describe('the process that a call comes from', () => {
  it('is named by the bridge in calls of opencode, and nothing else of them is changed', () => {
    const call = request('tools/call', { name: 'reply', arguments: { text: 'x' }, _meta: { progressToken: 3 } });
    const before = structuredClone(call);
    const marked = callMarker(initialize('opencode'), 4_711)(call);
    const params = { name: 'reply', arguments: { text: 'x' }, _meta: { progressToken: 3, 'agentrq/process': '4711' } };
    assert.deepEqual(marked?.value, { jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    assert.deepEqual(marked?.params, params);
    assert.deepEqual(call, before);
    const bare = callMarker(initialize('opencode'), 4_711)(request('tools/call', { name: 'getTask' }));
    assert.deepEqual(bare?.params['_meta'], { 'agentrq/process': '4711' });
  });

  it('is not in calls of others, which stay as they are', () => {
    const call = request('tools/call', { name: 'reply' });
    for (const name of ['codex-mcp-client', '', undefined, 7, 'my-opencode'])
      assert.equal(callMarker(initialize(name), 1)(call), undefined);
    assert.equal(callMarker(request('initialize', {}), 1)(call), undefined);
  });
});
