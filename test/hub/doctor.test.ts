import assert from 'node:assert/strict';
import { join } from 'node:path';
import { probe } from '../../src/agents/doctor/probe.ts';
import { bridgeCommand } from '../support/bridgeAgent.ts';
import { freePort } from '../support/freePort.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';

describe('the call that tries a connection', () => {
  let hub: TestHub;
  let options: Parameters<typeof probe>[1];
  before(async () => {
    hub = await startTestHub();
    options = { home: hub.home, cwd: undefined, signal: new AbortController().signal };
  });
  after(() => hub.dispose());

  const http = (url: string, token: string) => ({ kind: 'http' as const, url, headers: { Authorization: `Bearer ${token}` } });

  async function agents(): Promise<unknown[]> {
    return (await hub.api.call('getBoard', {})).agents;
  }

  it('reaches the hub at its address, and is no agent', async () => {
    const { mcpUrl, agentToken } = hub.agentAddress();
    const result = await probe(http(mcpUrl, agentToken), options);
    assert.ok(result.kind === 'answered' && result.tools > 5, JSON.stringify(result));
    assert.deepEqual(await agents(), []);
  });

  it('reaches the hub through the bridge, and is no agent', async () => {
    const line = bridgeCommand({ home: hub.home, workspaceId: hub.workspaceId });
    const result = await probe({ kind: 'stdio', ...line, env: {} }, options);
    assert.ok(result.kind === 'answered' && result.tools > 5, JSON.stringify(result));
    assert.deepEqual(await agents(), []);
  });

  it('is refused with another token', async () => {
    const result = await probe(http(hub.agentAddress().mcpUrl, 'arq_00000000000_x'), options);
    assert.ok(result.kind === 'refused');
    assert.match(result.reason, /^it answers 401: This token is not known here/);
  });

  it('finds nothing where nothing is', async () => {
    const result = await probe(http(`http://127.0.0.1:${await freePort()}/mcp/x`, 'x'), options);
    assert.ok(result.kind === 'unreachable');
    const missing = await probe({ kind: 'stdio', command: join(hub.home, 'no-such-program'), args: [], env: {} }, options);
    assert.ok(missing.kind === 'unreachable');
    assert.match(missing.reason, /no-such-program can’t be started/);
  });

  it('says what a program said that ended instead', async () => {
    const result = await probe(
      { kind: 'stdio', command: process.execPath, args: ['-e', 'console.error("no bridge"); process.exit(3)'], env: {} },
      options,
    );
    assert.ok(result.kind === 'silent');
    assert.match(result.reason, /it ended with 3\. no bridge/);
  });
});
