import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connectAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

describe('a result that never arrives', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  /** Calls a tool as an agent of the newer era would, reads nothing of the answer, and gives the means to hang up. */
  async function callAndStandStill(name: string, args: Record<string, unknown>): Promise<{ hangUp: () => void }> {
    const { mcpUrl, agentToken } = test.agentAddress();
    const protocolVersion = '2026-07-28';
    const call = request(mcpUrl, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${agentToken}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        'mcp-protocol-version': protocolVersion,
        'mcp-method': 'tools/call',
        'mcp-name': name,
      },
    });
    const _meta = {
      'io.modelcontextprotocol/protocolVersion': protocolVersion,
      'io.modelcontextprotocol/clientInfo': { name: 'test-agent', version: '1.2.3' },
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    call.end(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args, _meta } }));
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    response.pause();
    assert.equal(response.statusCode, 200);
    return { hangUp: () => call.destroy() };
  }

  it('is taken back: the messages in it go out again with the next one', async () => {
    const { workspaceId, api } = test;
    const agent = await connectAgent('modern', test.agentAddress());
    const taskId = await agent.createTask('T', 'b');
    // More than the buffers between two sockets hold, so that the answer is still under way when the agent hangs up.
    const text = 'x'.repeat(150_000);
    for (let index = 0; index < 80; index += 1) await api.call('replyToTask', { workspaceId, taskId, text });
    const deliveries = async () => (await api.call('getTask', { workspaceId, taskId })).messages.map(({ delivery }) => delivery);

    const { hangUp } = await callAndStandStill('getWorkspace', {});
    await waitFor('the messages to be offered', async () => (await deliveries()).every((delivery) => delivery === 'offered'));
    hangUp();
    await waitFor('the messages to be taken back', async () => (await deliveries()).every((delivery) => delivery === 'queued'));

    const next = await agent.call('getWorkspace');
    assert.match(next.texts[1] ?? '', /^Unread messages from the user \(80\):/);
    await agent.close();
  });
});
