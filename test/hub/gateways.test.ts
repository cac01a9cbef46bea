import assert from 'node:assert/strict';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { startTestHub, type TestHub } from '../support/testHub.ts';

// AgentRQ's gateways, as far as they are calls of tools: the token in the address, and the names of earlier versions.

describe("AgentRQ's gateways", () => {
  let test: TestHub;
  let client: Client;

  beforeEach(async () => {
    test = await startTestHub();
    client = await connect(test.agentAddress().agentToken);
  });

  afterEach(async () => {
    await client.close();
    await test.dispose();
  });

  async function connect(token: string): Promise<Client> {
    const gateway = new Client({ name: 'acp-gateway', version: '0.1.0' });
    const transport = new StreamableHTTPClientTransport(new URL(`${test.agentAddress().mcpUrl}?token=${token}`));
    await gateway.connect(transport);
    return gateway;
  }

  async function call(name: string, args: Record<string, unknown> = {}): Promise<string> {
    const { content } = (await client.callTool({ name, arguments: args })) as { content: { text: string }[] };
    return content[0]?.text ?? '';
  }

  it('get in with the token in the address, and only an agent does', async () => {
    assert.equal(await call('getNextTask'), 'no pending tasks exist');
    await assert.rejects(connect(test.hub.personToken), /person's token/);
    await assert.rejects(connect('arq_nonsense'), /not known here/);
    const { agentToken } = test.agentAddress();
    assert.equal((await fetch(`${test.hub.url}/api/v1/board?token=${agentToken}`)).status, 401);
    assert.equal((await fetch(`${test.hub.url}/api/v1/events/stream?token=${agentToken}`)).status, 401);
  });

  it('find the next task and a conversation by their older names, which are not listed', async () => {
    const { task } = await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'One', body: 'b' });
    await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: task.id, text: 'hello' });
    assert.equal(await call('getNextTask'), `Next assigned task:\nID: ${task.id}\nTitle: One\nStatus: notstarted\nDetails: b`);
    const conversation = await call('getTaskMessages', { task_id: task.id, cursor: 0, limit: 10 });
    assert.match(conversation, /^Task details:\nID: .*"text":"hello".*"total":1\}$/s);
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.filter(({ name }) => ['getNextTask', 'getTaskMessages'].includes(name)),
      [],
    );
  });

  it('may write their arguments with underscores, and send more of them than we know', async () => {
    const { task } = await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'One' });
    assert.equal(await call('reply', { chat_id: task.id, text: 'On it.', attachments: [{ filename: 'a.txt' }] }), 'reply sent');
    assert.equal(
      await call('updateTaskStatus', { task_id: task.id, status: 'completed', why: 'done' }),
      `task ${task.id} updated to status=completed`,
    );
  });
});
