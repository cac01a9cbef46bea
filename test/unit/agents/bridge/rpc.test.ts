import assert from 'node:assert/strict';
import { isRepeatable } from '../../../../src/agents/bridge/isRepeatable.ts';
import { readMessage } from '../../../../src/agents/bridge/rpc.ts';
import { tools } from '../../../../src/protocol/tools.ts';

describe('a message of JSON-RPC', () => {
  const kinds: [value: unknown, kind: string][] = [
    [{ jsonrpc: '2.0', id: 1, method: 'ping' }, 'request'],
    [{ jsonrpc: '2.0', id: 'a', method: 'tools/call', params: { name: 'getTask' } }, 'request'],
    [{ jsonrpc: '2.0', method: 'notifications/initialized' }, 'notification'],
    [{ jsonrpc: '2.0', id: 1, result: {} }, 'response'],
    [{ jsonrpc: '2.0', id: 1, error: { code: 1, message: '' } }, 'response'],
    [{ jsonrpc: '2.0', id: null, error: { code: 1, message: '' } }, 'other'],
    [{ jsonrpc: '2.0', id: null, method: 'ping' }, 'other'],
    [{ jsonrpc: '2.0', id: 1 }, 'other'],
    [[{ jsonrpc: '2.0', id: 1, method: 'ping' }], 'other'],
    [null, 'other'],
    ['text', 'other'],
  ];
  for (const [value, kind] of kinds) {
    it(`is “${kind}”: ${JSON.stringify(value)}`, () => assert.equal(readMessage(value).kind, kind));
  }
});

describe('a call whose fate is not known', () => {
  const call = (name: unknown) => ({ method: 'tools/call', params: { name } });

  it('is made again if that changes nothing', () => {
    assert.deepEqual(
      Object.keys(tools).filter((name) => isRepeatable(call(name))),
      ['getTask', 'getWorkspace', 'downloadAttachment', 'askHuman', 'requestReview', 'waitForReply'],
    );
    assert.ok(isRepeatable({ method: 'tools/list', params: {} }));
    assert.ok(isRepeatable({ method: 'initialize', params: {} }));
  });

  it('is not made again if nobody knows what it would do', () => {
    for (const name of ['unknownTool', 'constructor', '', 1, undefined]) assert.equal(isRepeatable(call(name)), false);
    assert.equal(isRepeatable({ method: 'getTask', params: { name: 'getTask' } }), false);
  });
});
