import assert from 'node:assert/strict';
import type { GatewayAsk } from '../../support/gatewayClient.ts';
import { askLeave, bash, type GatewayRig, startGatewayRig, verdictsOn } from '../../support/gatewayRig.ts';
import { openRawSession } from '../../support/rawMcp.ts';
import { waitFor } from '../../support/waitFor.ts';

// What AgentRQ's gateways expect of a hub, point by point: the permissions that they ask for.

describe("To AgentRQ's gateways, a permission", () => {
  let rig: GatewayRig;

  beforeEach(async () => {
    rig = await startGatewayRig();
  });

  afterEach(() => rig.dispose());

  const forms: { name: string; params: Partial<GatewayAsk> & Pick<GatewayAsk, 'request_id' | 'tool_name'> }[] = [
    { name: 'of Claude Code', params: bash('abcde', 'ls -la') },
    {
      name: 'of the ACP gateway',
      params: { request_id: 'call_00-x:7/§', tool_name: 'Run `npm test`', description: 'Run `npm test`', input_preview: '{}' },
    },
    {
      name: 'of the Codex gateway',
      params: { request_id: 'codex-approval-3-1700000000000', tool_name: 'rm -rf build', description: '', input_preview: 'rm -rf build' },
    },
    { name: 'that says little', params: { request_id: '1', tool_name: 'x' } },
    { name: 'that says more than is known', params: Object.assign(bash('2', 'ls'), { session: { id: 's' }, concurrency: 2 }) },
  ];

  for (const { name, params } of forms) {
    it(`is recognised by its method, ${name}`, async () => {
      const { agent, stream } = await rig.listen();
      const answer = await askLeave(agent, params);
      assert.deepEqual([answer.status, answer.text()], [202, '']);
      const { permission } = await rig.openRequest();
      assert.equal(permission?.tool, params.tool_name);
      assert.equal(permission?.input, params.input_preview ?? '');
      await rig.decide(params.request_id, 'deny');
      await stream.waitForMessage('the verdict', ({ params: given }) => given?.['request_id'] === params.request_id);
    });
  }

  it('is not seen in a call whose text quotes that method', async () => {
    const { agent } = await rig.listen();
    const task = await rig.task('One');
    const text = 'notifications/claude/channel/permission_request {"request_id":"abcde","tool_name":"Bash"}';
    const [result] = await (await agent.call(1, 'reply', { chatId: task.id, text })).whole();
    assert.match(JSON.stringify(result?.result), /reply sent/);
    assert.deepEqual(await rig.requests(), []);
  });

  it('names its task, or belongs to the one that its session has', async () => {
    const { agent } = await rig.listen();
    const own = await rig.task('Own');
    const other = await rig.task('Other');
    await (await agent.call(1, 'getTask')).whole();
    await askLeave(agent, bash('a', 'one'));
    await askLeave(agent, { ...bash('b', 'two'), task_id: other.id });
    await askLeave(agent, { ...bash('c', 'three'), task_id: 'nonsense' });
    await waitFor('all three', async () => (await rig.requests()).length === 3);
    assert.deepEqual(
      (await rig.requests()).map(({ taskId }) => taskId),
      [own.id, other.id, undefined],
    );
  });

  it('belongs to the task that the agent of the gateway works on, under a name of its own', async () => {
    const gateway = await rig.listen();
    const inner = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'claude-code');
    const task = await rig.task('One');
    await (await inner.call(1, 'updateTaskStatus', { taskId: task.id, status: 'ongoing' })).whole();
    await askLeave(gateway.agent, bash('abcde', 'ls'));
    assert.equal((await rig.openRequest()).taskId, task.id);
    const stranger = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'somebody');
    await askLeave(stranger, bash('abcdf', 'ls'));
    await waitFor('the other', async () => (await rig.requests()).length === 2);
    assert.equal((await rig.requests())[1]?.taskId, undefined);
  });

  it('has its verdict on the stream of the session that asked, with these two members and no more', async () => {
    const asker = await rig.listen();
    const other = await rig.listen();
    for (const behavior of ['allow', 'deny'] as const) {
      await askLeave(asker.agent, bash(behavior, `echo ${behavior}`));
      await rig.openRequest();
      assert.equal((await rig.decide(behavior, behavior)).status, 200);
      const verdict = await asker.stream.waitForMessage('the verdict', ({ params }) => params?.['request_id'] === behavior);
      assert.deepEqual(verdict, {
        jsonrpc: '2.0',
        method: 'notifications/claude/channel/permission',
        params: { request_id: behavior, behavior },
      });
    }
    assert.deepEqual(verdictsOn(other.stream), []);
  });

  it('has its verdict at the session that asked for the same again', async () => {
    const first = await rig.listen();
    await askLeave(first.agent, bash('abcde', 'ls'));
    const { id } = await rig.openRequest();
    const second = await rig.listen();
    await askLeave(second.agent, bash('abcde', 'ls'));
    await rig.test.api.call('answerRequest', { workspaceId: rig.test.workspaceId, requestId: id, decision: 'allow' });
    await second.stream.waitForMessage('the verdict', ({ params }) => params?.['request_id'] === 'abcde');
    assert.deepEqual(verdictsOn(first.stream), []);
    assert.equal((await rig.requests()).length, 1);
  });

  it('is followed by the note of the user, as a message, and is delivered only with it', async () => {
    for (const decision of ['allow', 'deny'] as const) {
      const { agent, stream } = await rig.listen();
      const task = await rig.task(decision);
      await (await agent.call(1, 'updateTaskStatus', { taskId: task.id, status: 'ongoing' })).whole();
      await askLeave(agent, { ...bash(decision, `echo ${decision}`), task_id: task.id });
      const { id } = await rig.openRequest();
      await rig.test.api.call('answerRequest', { workspaceId: rig.test.workspaceId, requestId: id, decision, note: 'Mind the gap.' });
      await stream.waitForMessage('the verdict', ({ params }) => params?.['behavior'] === decision);
      const status = async () => {
        const { requests } = await rig.test.api.call('getTask', { workspaceId: rig.test.workspaceId, taskId: task.id });
        return requests.find((request) => request.id === id)?.status;
      };
      assert.equal(await status(), 'answered');
      await (await agent.call(2, 'getWorkspace')).whole();
      const pushed = await stream.waitForMessage('the note', ({ params }) => /Mind the gap/.test(String(params?.['content'])));
      assert.match(String(pushed.params?.['content']), /^\[Reply to task .{11}\] The user has (allowed|denied) what you asked for/);
      assert.equal(await status(), 'answered');
      await (await agent.call(3, 'getWorkspace')).whole();
      assert.equal(await status(), 'acted');
      agent.close();
    }
  });

  it('is one for each description, also under the same id', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, { ...bash('abcde', 'npm install'), description: 'network-access https://registry.example.org' });
    const first = await rig.openRequest();
    await askLeave(agent, { ...bash('abcde', 'npm install'), description: 'network-access https://evil.example' });
    await waitFor('the other', async () => (await rig.requests()).some(({ id, status }) => id !== first.id && status === 'open'));
    const { workspaceId } = rig.test;
    await assert.rejects(rig.test.api.call('answerRequest', { workspaceId, requestId: first.id, decision: 'allow' }));
    const second = await rig.openRequest();
    await rig.test.api.call('answerRequest', { workspaceId, requestId: second.id, decision: 'deny' });
    await stream.waitForMessage('the verdict', ({ params }) => params?.['behavior'] === 'deny');
    assert.equal(verdictsOn(stream).length, 1);
  });

  it('is decided by an id of the agent’s own only where that stands for one', async () => {
    const [one, other] = [await rig.listen(), await rig.listen('codex-gateway')];
    await askLeave(one.agent, bash('abcde', 'ls'));
    await rig.openRequest();
    await askLeave(other.agent, bash('abcde', 'rm -rf x'));
    await waitFor('both', async () => (await rig.requests()).length === 2);
    assert.equal((await rig.decide('abcde', 'allow')).status, 422);
    assert.deepEqual([verdictsOn(one.stream), verdictsOn(other.stream)], [[], []]);
    const last = (await rig.requests()).at(-1);
    await rig.test.api.call('dismissRequest', { workspaceId: rig.test.workspaceId, requestId: last?.id ?? '' });
    assert.equal((await rig.decide('abcde', 'deny')).status, 200);
  });

  it('ends with its session', async () => {
    const { agent } = await rig.listen();
    await askLeave(agent, bash('abcde', 'ls'));
    await rig.openRequest();
    await (await agent.send('DELETE')).whole();
    await waitFor('the board to be clear', async () => (await rig.requests()).length === 0);
  });

  it('that belongs to no task is shown to the user nevertheless', async () => {
    const { agent, stream } = await rig.listen();
    await askLeave(agent, bash('abcde', 'ls'));
    const request = await rig.openRequest();
    assert.equal(request.taskId, undefined);
    await rig.decide('abcde', 'allow');
    await stream.waitForMessage('the verdict', ({ params }) => params?.['behavior'] === 'allow');
  });

  it('waits as long as it takes, over a hub that restarts and a session that changes', async () => {
    const first = await rig.listen();
    await askLeave(first.agent, bash('abcde', 'ls'));
    await rig.openRequest();
    await rig.restart();
    const { id } = await rig.openRequest();
    const second = await rig.listen();
    await askLeave(second.agent, bash('abcde', 'ls'));
    await rig.decide('abcde', 'deny');
    await second.stream.waitForMessage('the verdict', ({ params }) => params?.['behavior'] === 'deny');
    assert.deepEqual(
      (await rig.requests()).map((request) => request.id),
      [id],
    );
  });

  it('takes over lists of rules in their grammar', async () => {
    const { workspaceId, api } = rig.test;
    const rules = ['Read', 'mcp__github__list_issues', 'Bash:ls *', 'Bash:npm test', 'Bash:ls -la'];
    const { refused } = await api.call('importRules', { workspaceId, rules });
    assert.deepEqual(refused, []);
    assert.deepEqual((await rig.get(''))['workspace'], {
      ...((await rig.get(''))['workspace'] as object),
      autoAllowedTools: rules,
    });
    const { agent, stream } = await rig.listen();
    const allowed = [
      { request_id: 'b', tool_name: 'mcp__github__list_issues', description: '', input_preview: '{}' },
      bash('c', 'ls -la'),
      bash('d', 'npm test'),
    ];
    for (const params of allowed) await askLeave(agent, params);
    await waitFor('all verdicts', () => verdictsOn(stream).length === allowed.length);
    // No gateway says where a command runs or a file lies: what depends on that is asked.
    const outside = { request_id: 'a', tool_name: 'Read', description: '', input_preview: '{"file_path":"/etc/hosts"}' };
    for (const params of [
      outside,
      bash('g', 'ls -l'),
      bash('e', 'ls $(rm x)'),
      { ...bash('f', 'ls -la'), input_preview: '{"command":"ls -l…' },
    ]) {
      await askLeave(agent, params);
      await waitFor('it to wait for the user', async () => (await rig.requests()).some(({ status }) => status === 'open'));
      await rig.decide(params.request_id, 'deny');
    }
    await waitFor('the denials', () => verdictsOn(stream).filter((verdict) => verdict?.['behavior'] === 'deny').length === 4);
  });

  it('stands in REST by the names that AgentRQ’s scripts know', async () => {
    const { agent } = await rig.listen();
    const { id, title } = await rig.task('One');
    await (await agent.call(1, 'getTask')).whole();
    await askLeave(agent, bash('abcde', 'ls -la'));
    await rig.openRequest();
    const { tasks } = (await rig.get('/tasks?filter=pending_approval')) as { tasks: { id: string; messages: Record<string, unknown>[] }[] };
    assert.deepEqual(
      tasks.map((task) => task.id),
      [id],
    );
    const [message] = tasks[0]?.messages ?? [];
    assert.deepEqual([message?.['sender'], message?.['text']], ['agent', 'Permission requested for Bash: Run it']);
    assert.deepEqual(message?.['metadata'], { type: 'permission_request', ...bash('abcde', 'ls -la'), status: 'pending' });
    const { task } = (await rig.get(`/tasks/${id}`)) as { task: Record<string, unknown> };
    assert.equal(task['title'], title);
    assert.deepEqual(
      (task['toolCalls'] as Record<string, unknown>[]).map(({ toolName, inputPreview, status }) => [toolName, inputPreview, status]),
      [['Bash', '{"command":"ls -la"}', 'pending']],
    );
    const bad = await fetch(`${rig.test.hub.url}/api/v1/workspaces/${rig.test.workspaceId}/tasks/${id}/permission`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rig.test.hub.userToken}`, 'content-type': 'application/json' },
      body: '{"requestId":"abcde","behavior":"perhaps"}',
    });
    assert.equal(bad.status, 422);
    assert.equal((await rig.decide('abcde', 'deny', id)).status, 200);
    assert.deepEqual(await rig.get('/tasks?filter=pending_approval'), { tasks: [] });
  });
});
