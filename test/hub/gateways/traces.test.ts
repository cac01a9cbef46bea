import assert from 'node:assert/strict';
import { apiOf } from '../../support/apiOf.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { askLeave, bash, type GatewayRig, heard, startGatewayRig, verdictsOn } from '../../support/gatewayRig.ts';
import { initializeRequest, rawMcp } from '../../support/rawMcp.ts';
import { openRawStream } from '../../support/rawStream.ts';
import { waitFor } from '../../support/waitFor.ts';

// The conversations of AgentRQ's gateways with their hub, as they go over the wire.

describe("AgentRQ's traces", () => {
  let rig: GatewayRig;

  beforeEach(async () => {
    rig = await startGatewayRig();
  });

  afterEach(() => rig.dispose());

  it('a client connects', async () => {
    const { agentToken, mcpUrl } = rig.test.agentAddress();
    const client = rawMcp({ mcpUrl, agentToken }, { authorization: undefined });
    const begun = await client.send('POST', { path: `?token=${agentToken}`, body: initializeRequest('2025-11-25', 'acp-gateway') });
    assert.equal(begun.status, 200);
    const [answer] = await begun.whole();
    const { experimental, tools } = (answer?.result?.['capabilities'] ?? {}) as Record<string, Record<string, unknown>>;
    assert.ok(experimental?.['claude/channel'] && experimental['claude/channel/permission'] && tools);
    client.sessionId = String(begun.headers['mcp-session-id']);
    const path = `?token=${agentToken}`;
    const initialized = await client.send('POST', { path, body: { jsonrpc: '2.0', method: 'notifications/initialized' } });
    await initialized.whole();
    assert.deepEqual([initialized.status, initialized.text()], [202, '']);
    const stream = await client.send('GET', { path, headers: { accept: 'text/event-stream' } });
    assert.equal(stream.status, 200);
    assert.match(stream.headers['content-type'] ?? '', /^text\/event-stream/);
    assert.equal(stream.ended(), false);
    client.close();
  });

  it('the queue is empty, or gives the next task, by either name', async () => {
    const { agent } = await rig.listen('raw-agent');
    const firstBlock = async (tool: string) => {
      const [answer] = await (await agent.call(tool, tool)).whole();
      return ((answer?.result?.['content'] ?? []) as { text: string }[])[0]?.text ?? '';
    };
    for (const tool of ['getTask', 'getNextTask']) assert.equal(await firstBlock(tool), 'no pending tasks exist');
    await rig.task('One');
    for (const tool of ['getTask', 'getNextTask'])
      assert.match(await firstBlock(tool), /^Next assigned task:\nID: [0-9A-Za-z]{11}\nTitle: One\n/);
  });

  it('the user replies: the gateway has it, and the windows each change once', async () => {
    const { stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    const window = await openRawStream(rig.test.hub);
    const messageId = await rig.write(task.id, 'hi');
    const { params } = await heard(stream, `[Reply to task ${task.id}] hi`);
    assert.equal(((params?.['meta'] ?? {}) as Record<string, unknown>)['chat_id'], task.id);
    const versions = () =>
      window.messages
        .map(({ data }) => JSON.parse(data) as { type: string; payload: { id: string; delivery?: string } })
        .filter(({ payload }) => payload.id === messageId)
        .map(({ type, payload }) => `${type} ${payload.delivery}`);
    await waitFor('the change to be seen', () => versions().length === 2);
    assert.deepEqual(versions(), ['message.created queued', 'message.updated offered']);
    window.close();
  });

  it('the user allows always: the verdict, the rule, and what stands in REST', async () => {
    const { agent, stream } = await rig.listen();
    const { id } = await rig.task('One');
    await (await agent.call(1, 'getTask')).whole();
    const asked = await askLeave(agent, { ...bash('abcde', 'ls -la'), description: 'List files' });
    assert.ok(asked.status >= 200 && asked.status < 300);
    assert.equal(asked.text(), '');
    await rig.openRequest();
    type Listed = { id: string; messages: { metadata?: { status: string } }[]; toolCalls: { status: string }[] };
    const listed = (await rig.get('/tasks?filter=pending_approval'))['tasks'] as Listed[];
    assert.deepEqual(
      listed.map((task) => [task.id, task.messages.at(-1)?.metadata?.status]),
      [[id, 'pending']],
    );
    assert.equal((await rig.decide('abcde', 'allow_always', id)).status, 200);
    const verdict = await stream.waitForMessage('the verdict', ({ method }) => method === 'notifications/claude/channel/permission');
    assert.deepEqual(verdict.params, { request_id: 'abcde', behavior: 'allow' });
    const { autoAllowedTools } = (await rig.get(''))['workspace'] as { autoAllowedTools: string[] };
    assert.ok(autoAllowedTools.includes('Bash:ls -la'));
    const task = (await rig.get(`/tasks/${id}`))['task'] as Listed;
    assert.equal(task.messages.at(-1)?.metadata?.status, 'allow_always');
    assert.deepEqual(
      task.toolCalls.map(({ status }) => status),
      ['allowed'],
    );
  });

  it('a rule allows: nobody is asked, and the verdict comes after the POST was answered', async () => {
    await rig.dispose();
    const clock = createFakeClock();
    rig = await startGatewayRig({ clock });
    const { agent, stream } = await rig.listen();
    const { id } = await rig.task('One');
    await (await agent.call(1, 'getTask')).whole();
    await rig.test.api.call('createRule', { workspaceId: rig.test.workspaceId, text: 'Bash:ls -la' });
    const window = apiOf(() => rig.test.hub);
    await askLeave(agent, bash('abcdf', 'ls -la'));
    await waitFor('the rule to allow it', async () => (await rig.requests())[0]?.status === 'answered');
    assert.deepEqual(verdictsOn(stream), [], 'not before');
    clock.advance(100);
    await stream.waitForMessage('the verdict', ({ params }) => params?.['request_id'] === 'abcdf' && params['behavior'] === 'allow');
    const { messages } = await window.call('getTask', { workspaceId: rig.test.workspaceId, taskId: id });
    assert.deepEqual(messages, []);
    const task = (await rig.get(`/tasks/${id}`))['task'] as { messages: unknown[]; toolCalls: { status: string }[] };
    assert.deepEqual([task.messages, task.toolCalls.map(({ status }) => status)], [[], ['auto_allowed']]);
  });

  it('what is wrong is refused in the way that they know', async () => {
    const { mcpUrl, agentToken } = rig.test.agentAddress();
    const { workspace } = await rig.test.api.call('openWorkspace', { name: 'other' });
    const refusal = async (url: string, token: string | undefined, headers: Record<string, string> = {}) => {
      const client = rawMcp(
        { mcpUrl: url, agentToken },
        { authorization: token === undefined ? undefined : `Bearer ${token}`, ...headers },
      );
      const answer = await client.post(initializeRequest());
      const [{ error } = {}] = await answer.whole();
      return [answer.status, error?.code];
    };
    assert.deepEqual(await refusal(mcpUrl.slice(0, -1), agentToken), [400, -32602]);
    assert.deepEqual(await refusal(mcpUrl, undefined), [401, -32600]);
    assert.deepEqual(await refusal(mcpUrl, rig.test.hub.agentToken(workspace.id)), [403, -32600]);
    const lost = await rawMcp({ mcpUrl, agentToken }, { 'mcp-session-id': 'lost' }).call(1, 'getTask');
    const [{ error } = {}] = await lost.whole();
    assert.deepEqual([lost.status, error?.data?.code], [404, 'session_not_found']);
    assert.equal((await rig.decide('never asked', 'allow')).status, 410);
    const malformed = await fetch(`${rig.test.hub.url}/api/v1/workspaces/${rig.test.workspaceId}/tasks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rig.test.hub.userToken}`, 'content-type': 'application/json' },
      body: '{"task":{"title":',
    });
    assert.equal(malformed.status, 422);
  });
});
