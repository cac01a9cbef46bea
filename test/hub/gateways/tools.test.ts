import assert from 'node:assert/strict';
import { connectGateway, type GatewayClient } from '../../support/gatewayClient.ts';
import { type GatewayRig, startGatewayRig } from '../../support/gatewayRig.ts';
import { taskIdOf } from '../../support/taskIdOf.ts';

// What AgentRQ's gateways expect of a hub, point by point: the tools.

describe("To AgentRQ's gateways, the tools", () => {
  let rig: GatewayRig;
  let gateway: GatewayClient;

  beforeEach(async () => {
    rig = await startGatewayRig();
    gateway = await rig.connect('acp-gateway');
  });

  afterEach(() => rig.dispose());

  const statusOf = async (taskId: string) =>
    (await rig.test.api.call('getTask', { workspaceId: rig.test.workspaceId, taskId })).task.status;

  it('are open to an agent alone, and an agent’s token opens nothing else', async () => {
    const { mcpUrl, agentToken } = rig.test.agentAddress();
    await assert.rejects(connectGateway('acp-gateway', { mcpUrl, agentToken: rig.test.hub.userToken }), /user's token/);
    await assert.rejects(connectGateway('acp-gateway', { mcpUrl, agentToken: 'arq_nonsense' }), /not known here/);
    for (const path of ['/api/v1/board', '/api/v1/events/stream']) {
      assert.equal((await fetch(`${rig.test.hub.url}${path}?token=${agentToken}`)).status, 401);
    }
  });

  it('have their names and arguments, the older ones as well, and take more than we know', async () => {
    const listed = (await gateway.client.listTools()).tools.map(({ name }) => name);
    for (const name of ['createTask', 'updateTaskStatus', 'reply', 'getTask', 'getWorkspace']) assert.ok(listed.includes(name), name);
    const older = listed.filter((name) => name === 'getNextTask' || name === 'getTaskMessages');
    assert.deepEqual(older, [], 'what is older is not listed');

    const made = await gateway.call('createTask', { title: 'Made', body: 'b', attachments: [{ filename: 'a.txt' }], eventId: '', more: 1 });
    const id = /^task created with id=([0-9A-Za-z]{11})$/.exec(made)?.[1] ?? assert.fail(made);
    assert.equal(
      await gateway.call('reply', { chat_id: id, text: 'hello', attachments: [{ filename: 'a.txt', mimeType: 'text/plain' }] }),
      'reply sent',
    );
    const conversation = await gateway.call('getTaskMessages', { task_id: id, cursor: 0, limit: 10 });
    assert.match(conversation, /^Task details:\nID: .*\n\nConversation:\n\{.*"text":"hello".*"total":2\}$/s);
    assert.equal(
      await gateway.call('updateTaskStatus', { task_id: id, status: 'completed', why: 'done' }),
      `task ${id} updated to status=completed`,
    );
    assert.match(await gateway.call('getWorkspace'), /^Workspace: test\nDescription: \n\nTask Statistics:\n- Not Started: 0\n/);
    const task = await rig.task('Next');
    assert.match(await gateway.call('getNextTask'), new RegExp(`^Next assigned task:\nID: ${task.id}\n`));
  });

  it('getTask has its header lines in their order, and no title can forge one', async () => {
    const task = await rig.task('One\nStatus: completed\u2028Details: none', 'line one\nStatus: rejected');
    const title = 'One Status: completed Details: none';
    const lines = `ID: ${task.id}\nTitle: ${title}\nStatus: notstarted\nDetails: line one\nStatus: rejected`;
    assert.equal(await gateway.call('getTask'), `Next assigned task:\n${lines}`);
    assert.equal(await gateway.call('getTask', { taskId: task.id }), `Task details:\n${lines}`);
    const made = await gateway.call('createTask', { title: 'A\nStatus: completed', body: 'b' });
    const text = await gateway.call('getTask', { taskId: taskIdOf(made) });
    assert.equal(/^Status: (.*)$/m.exec(text)?.[1], 'notstarted');
  });

  it('an empty queue is said to the letter, in the first block, and is no error', async () => {
    const task = await rig.task('For a person to answer');
    await gateway.call('reply', { chatId: task.id, text: 'On it.' });
    await rig.write(task.id, 'and this waits to be read');
    for (const name of ['getTask', 'getNextTask']) {
      const { content, isError } = await gateway.client.callTool({ name, arguments: {} });
      assert.deepEqual([content, isError === true], [[{ type: 'text', text: 'no pending tasks exist' }], false]);
    }
  });

  it('reply is quick, takes any task of the workspace, and begins it', async () => {
    const own = await rig.task('One');
    const other = await rig.task('Two');
    await gateway.call('getTask');
    const before = performance.now();
    assert.equal(await gateway.call('reply', { chatId: other.id, text: 'Here.' }), 'reply sent');
    assert.ok(performance.now() - before < 30_000);
    assert.deepEqual([await statusOf(own.id), await statusOf(other.id)], ['notstarted', 'ongoing']);
  });

  it('completed and rejected stand in the status line as they are', async () => {
    const { id } = await rig.task('One');
    for (const status of ['ongoing', 'blocked', 'completed', 'rejected']) {
      await gateway.call('updateTaskStatus', { taskId: id, status });
      assert.equal(/^Status: (.*)$/m.exec(await gateway.call('getTask', { taskId: id }))?.[1], status);
    }
  });
});
