import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openCall } from '../../../src/hub/mcp/openCall.ts';
import { createAgents } from '../../../src/hub/service/agents.ts';
import { resumeMs } from '../../../src/protocol/limits.ts';
import { startTestEndpoint, type TestEndpoint } from '../../support/testEndpoint.ts';

describe('a call with the words of the user in its answer', () => {
  let test: TestEndpoint;

  beforeEach(async () => {
    test = await startTestEndpoint();
  });

  afterEach(() => test.dispose());

  /** A call whose answer carries one request, and its response. `state`: how far that came. */
  async function setUp({ resumable }: { resumable: boolean }) {
    const { context, workspaceId } = test;
    const agents = createAgents(context);
    const caller = { agent: agents.heard(workspaceId, { name: 'test-agent' }), connectionId: 'session:one' };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', agent: false });
    client.on('error', () => {});
    client.end();
    const [post, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    const requests = [{ id: 1, method: 'tools/call' }];
    const call = openCall({ context, agents }, post, { caller, requests, resumable });
    call.carryBy(response);
    call.streamed();
    return {
      call,
      response,
      load: () => call.exchange.load({ requestIds: ['a'], messageIds: [] }),
      state: () => context.store.deliveries.ofItem('a')[0]?.state,
      async end(how: 'in order' | 'cut') {
        const closed = once(response, 'close');
        if (how === 'cut') client.destroy();
        else response.end('x');
        await closed;
        client.destroy();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  it('has sent them when it was written whole', async () => {
    for (const resumable of [true, false]) {
      const { call, load, state, end } = await setUp({ resumable });
      load();
      call.answered();
      assert.equal(state(), 'flying');
      await end('in order');
      assert.equal(state(), 'sent');
      assert.equal(call.exchange.signal.aborted, true);
    }
  });

  it('has not sent them when its stream was ended before they were in it', async () => {
    const { call, load, state, end } = await setUp({ resumable: true });
    load();
    await end('in order');
    assert.equal(state(), undefined);
    assert.equal(call.exchange.signal.aborted, true);
  });

  it('has them waiting when its connection broke, and goes on for a while if the agent can come back', async () => {
    const { call, load, state, end } = await setUp({ resumable: true });
    load();
    await end('cut');
    assert.equal(state(), 'broken');
    test.clock.advance(resumeMs - 1);
    assert.equal(call.exchange.signal.aborted, false);
    test.clock.advance(1);
    assert.equal(call.exchange.signal.aborted, true);
  });

  it('ends with its connection if the agent can not come back', async () => {
    const { call, load, state, end } = await setUp({ resumable: false });
    load();
    await end('cut');
    assert.deepEqual([state(), call.exchange.signal.aborted], [undefined, true]);
  });

  it('has sent them after all when another connection carried them', async () => {
    const first = await setUp({ resumable: true });
    first.load();
    await first.end('cut');
    const second = await setUp({ resumable: true });
    first.call.carryBy(second.response);
    first.call.answered();
    await second.end('in order');
    assert.equal(first.state(), 'sent');
  });
});
