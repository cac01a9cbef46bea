import assert from 'node:assert/strict';
import { limits } from '../../../src/protocol/limits.ts';
import type { Request } from '../../../src/protocol/model.ts';
import { type HostileTarget, startHostileTarget } from '../../support/hostileTarget.ts';
import { openConnection, type RawConnection, requestBytes } from '../../support/rawHttp.ts';
import { initializeRequest } from '../../support/rawMcp.ts';
import { connectAgent } from '../../support/testAgent.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('an agent that wants more than it may', () => {
  let hub: HostileTarget;
  let other: string;
  before(async () => {
    hub = await startHostileTarget();
    other = hub.hub.openWorkspace('other').id;
  });
  after(() => hub.finish());

  const requests = async (): Promise<Request[]> => (await hub.api.call('getBoard', {})).requests;
  const find = async (question: string): Promise<Request> => (await requests()).find((request) => request.question === question) as Request;
  const hook = async (body: unknown, workspaceId = hub.workspaceId) =>
    await hub.send({
      method: 'POST',
      target: `/hooks/${workspaceId}/claude-code`,
      headers: hub.agent(workspaceId),
      body: JSON.stringify(body),
    });

  /** A hook that waits for the user. */
  function waitingHook(body: unknown): RawConnection {
    const connection = openConnection(hub.port);
    connection.write(
      requestBytes(hub.port, {
        method: 'POST',
        target: `/hooks/${hub.workspaceId}/claude-code`,
        headers: hub.agent(),
        body: JSON.stringify(body),
      }),
    );
    return connection;
  }

  async function openPermission(part: string): Promise<Request> {
    const look = async () =>
      (await requests()).find(({ status, permission }) => status === 'open' && permission?.input.includes(part) === true);
    await waitFor(`a permission for “${part}”`, async () => (await look()) !== undefined);
    return (await look()) as Request;
  }

  it("answers nothing, allows nothing, makes no rule, and opens none of the user's doors", async () => {
    const agent = await connectAgent('modern', hub.agentAddress());
    await agent.call('askHuman', { question: 'May I?', choices: ['yes', 'no'], wait_s: 0 });
    const { id } = await find('May I?');
    const { task } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'theirs' });
    const calls: [string, string, unknown?][] = [
      ['POST', hub.rest(`/requests/${id}/answer`), { answer: { choices: ['yes'] } }],
      ['POST', hub.rest(`/requests/${id}/answer`), { answer: { decision: 'allow', rule: { text: 'Bash' } } }],
      ['POST', hub.rest(`/requests/${id}/dismiss`), {}],
      ['GET', hub.rest(`/requests/${id}/rules`)],
      ['POST', hub.rest(`/tasks/${task.id}/permission`), { requestId: id, behavior: 'allow_always' }],
      ['POST', hub.rest('/rules'), { rule: { text: 'Bash' } }],
      ['POST', hub.rest('/rules/import'), { rules: ['Bash'] }],
      ['POST', hub.rest(`/tasks/${task.id}/reply`), { reply: { text: 'go on' } }],
      ['DELETE', hub.rest(`/tasks/${task.id}`)],
      ['PATCH', hub.rest(`/tasks/${task.id}/status`), { status: { value: 'completed' } }],
      ['GET', hub.rest('/token')],
      ['POST', hub.rest('/token/rotate')],
      ['GET', '/api/v1/board'],
      ['GET', '/api/v1/events/stream'],
      ['GET', hub.rest('/events')],
      ['POST', '/api/v1/workspaces', { workspace: { name: 'x' } }],
    ];
    for (const [method, target, body] of calls) {
      for (const headers of [hub.agent(), hub.agent(other)]) {
        const reply = await hub.send({ method, target, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
        assert.equal(reply.status, 403, `${method} ${target}`);
        assert.match(reply.body, /wrong_role/);
      }
    }
    assert.equal((await find('May I?')).status, 'open');
    const board = await hub.api.call('getBoard', {});
    assert.deepEqual(board.rules, []);
    assert.equal(board.tasks.find((known) => known.id === task.id)?.status, task.status);
    await agent.close();
  });

  it('says neither what became of its request nor whose it is', async () => {
    const agent = await connectAgent('modern', hub.agentAddress(), 'honest');
    const forged = {
      status: 'answered',
      approved: true,
      decision: 'allow',
      answer: { choices: ['yes'] },
      agentId: 'x',
      owner: 'human',
      createdAt: '1970-01-01T00:00:00.000Z',
      id: '00000000000',
      workspaceId: other,
      createdBy: 'human',
      sender: 'human',
    };
    await agent.call('askHuman', { question: 'Forged?', choices: ['yes', 'no'], wait_s: 0, ...forged }).catch(() => {});
    await agent.call('createTask', { title: 'Forged!', body: 'x', ...forged, status: 'completed' }).catch(() => {});
    for (const request of (await requests()).filter(({ question }) => question === 'Forged?')) {
      assert.deepEqual([request.status, request.answer, request.workspaceId], ['open', undefined, hub.workspaceId]);
      assert.ok(Date.parse(request.createdAt) > Date.parse('2020-01-01') && request.id !== '00000000000');
    }
    for (const task of (await hub.api.call('getBoard', {})).tasks.filter(({ title }) => title === 'Forged!')) {
      assert.deepEqual([task.status, task.createdBy, task.workspaceId], ['notstarted', 'agent', hub.workspaceId]);
    }
    await agent.close();
    const draft = {
      task: { title: 'By the user', status: 'completed', createdBy: 'agent', id: '00000000000', createdAt: 'x', workspaceId: other },
    };
    const { json } = await hub.ask('POST', hub.rest('/tasks'), draft);
    const { task } = json as { task: { status: string; createdBy: string; id: string; workspaceId: string } };
    assert.deepEqual([task.status, task.createdBy, task.workspaceId], ['notstarted', 'human', hub.workspaceId]);
    assert.notEqual(task.id, '00000000000');
  });

  it('reads, lists, answers and waits for nothing of another workspace', async () => {
    const { task } = await hub.api.call('createTask', { workspaceId: other, title: 'secret plan', body: 'secret body' });
    const owner = await connectAgent('modern', hub.agentAddress(other), 'owner');
    await owner.call('askHuman', { question: 'secret question', wait_s: 0 });
    const { id } = await find('secret question');
    for (const era of ['modern', 'legacy', 'sse'] as const) {
      const spy = await connectAgent(era, hub.agentAddress(), 'owner');
      const heard: string[] = [];
      for (const [tool, args] of [
        ['getTask', { taskId: task.id, includeConversation: true }],
        ['getTask', {}],
        ['getWorkspace', {}],
        ['reply', { chatId: task.id, text: 'x' }],
        ['updateTaskStatus', { taskId: task.id, status: 'completed' }],
        ['waitForReply', { requestId: id, wait_s: 0 }],
        ['waitForReply', { taskId: task.id, wait_s: 0 }],
        ['askHuman', { question: 'mine', taskId: task.id, wait_s: 0 }],
      ] as const) {
        heard.push(...(await spy.call(tool, args)).texts);
      }
      assert.doesNotMatch(heard.join('\n'), /secret/);
      await spy.close();
    }
    const board = await hub.api.call('getBoard', {});
    assert.equal(board.tasks.find((known) => known.id === task.id)?.status, 'notstarted');
    assert.equal((await find('secret question')).status, 'open');
    // The user's own client keeps to the workspace that it names as well.
    for (const path of [`/tasks/${task.id}`, `/requests/${id}/rules`])
      assert.ok([404, 410].includes((await hub.ask('GET', hub.rest(path))).status));
    assert.equal((await hub.ask('POST', hub.rest(`/requests/${id}/answer`), { answer: { text: 'x' } })).status, 410);
    await owner.close();
  });

  it('odd ids are none', async () => {
    const odd = [
      'x',
      '0',
      '..',
      '%2e%2e',
      '%00',
      "'",
      '"',
      '%27%20OR%201=1',
      '*',
      '[]',
      '{}',
      '__proto__',
      'constructor',
      '1'.repeat(5_000),
      '%f0%9f%92%a9',
      '00000000000%0a',
      ' '.replace(' ', '%20'),
    ];
    for (const id of odd) {
      for (const [method, path] of [
        ['GET', `/tasks/${id}`],
        ['DELETE', `/tasks/${id}`],
        ['POST', `/requests/${id}/answer`],
        ['DELETE', `/rules/${id}`],
      ] as const) {
        const { status } = await hub.send({
          method,
          target: hub.rest(path),
          headers: hub.person,
          ...(method === 'POST' && { body: '{}' }),
        });
        assert.ok(status >= 400 && status < 500, `${method} ${path}: ${status}`);
      }
      for (const door of ['mcp', 'sse', 'hooks']) {
        const { status } = await hub.send({
          method: 'POST',
          target: `/${door}/${id}${door === 'hooks' ? '/codex' : ''}`,
          headers: hub.agent(),
          body: '{}',
        });
        assert.ok(status >= 400 && status < 500, `${door} ${id}: ${status}`);
      }
    }
  });

  it('an answer counts once, for the request that was shown, and for none after it', async () => {
    const ask = { hook_event_name: 'PermissionRequest', session_id: 's', tool_name: 'Bash', tool_input: { command: 'npm test' } };
    const asking = hook(ask);
    const request = await openPermission('npm test');
    const target = hub.rest(`/requests/${request.id}/answer`);
    const answers = await Promise.all(
      ['allow', 'deny', 'allow', 'deny'].map(async (decision) => await hub.ask('POST', target, { answer: { decision } })),
    );
    assert.deepEqual(answers.map(({ status }) => String(status)).toSorted(), ['200', '200', '409', '409']);
    assert.match((await asking).body, /"behavior":"(allow|deny)"/);
    // The same once more is another request: an answer of before says nothing about it.
    const again = waitingHook(ask);
    const second = await openPermission('npm test');
    assert.notEqual(second.id, request.id);
    assert.equal(again.text(), '', 'nothing is allowed');
    again.destroy();
    await waitFor(
      'it to be withdrawn from whoever went away',
      async () => (await requests()).find(({ id }) => id === second.id)?.status !== 'open',
    );
    assert.equal((await hub.ask('POST', hub.rest('/requests/00000000000/answer'), { answer: { decision: 'allow' } })).status, 410);
  });

  it('what is asked for is kept whole, to its last character', async () => {
    const command = `npm test${' \n\t'.repeat(20_000)}\u202e; rm -rf ~`;
    const asking = waitingHook({ hook_event_name: 'PermissionRequest', session_id: 'p', tool_name: 'Bash', tool_input: { command } });
    const { permission } = await openPermission('rm -rf');
    assert.equal((JSON.parse(permission?.input ?? '{}') as { command: string }).command, command);
    asking.destroy();
    const tooLong = {
      hook_event_name: 'PermissionRequest',
      session_id: 'p',
      tool_name: 'Bash',
      tool_input: { command: 'x'.repeat(limits.input) },
    };
    assert.equal((await hook(tooLong)).body, '{}', 'what can not be shown whole is left to the agent');
  });

  it('a flood of requests is capped for an agent, and for all names that it can think of', async () => {
    const flooded = hub.hub.openWorkspace('flooded').id;
    const send = async (name: string, session: string) => {
      const reply = await hub.send({
        method: 'POST',
        target: `/mcp/${flooded}`,
        headers: { ...hub.agent(flooded), accept: 'application/json' },
        body: JSON.stringify(initializeRequest('2025-11-25', name)),
      });
      return reply.headers.get('mcp-session-id') ?? session;
    };
    const ask = async (session: string, index: number) =>
      await hub.send({
        method: 'POST',
        target: `/mcp/${flooded}`,
        headers: { ...hub.agent(flooded), accept: 'application/json', 'mcp-session-id': session },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id: index,
          method: 'tools/call',
          params: { name: 'askHuman', arguments: { question: `flood ${index}`, wait_s: 0 } },
        }),
      });
    let refused = '';
    for (let name = 0; name < 6; name += 1) {
      const session = await send(`flooder-${name}`, '');
      const replies = await Promise.all(Array.from({ length: limits.openRequests + 5 }, (_, index) => ask(session, index)));
      refused = replies.map(({ body }) => body).find((body) => body.includes('isError')) ?? '';
      assert.match(refused, /The user has [\d,]+ open requests/);
    }
    const open = (await requests()).filter(({ workspaceId }) => workspaceId === flooded);
    assert.equal(open.length, limits.openRequestsOfWorkspace);
    assert.match(refused, /open requests in this workspace/);
    const calm = await connectAgent('modern', hub.agentAddress(other), 'calm');
    assert.equal((await calm.call('askHuman', { question: 'not flooded', wait_s: 0 })).isError, false);
    await calm.close();
  });

  it('an agent with ever new names fills the list of agents no further than it goes', async () => {
    const crowded = hub.hub.openWorkspace('crowded').id;
    const introduce = async (name: string) =>
      await hub.send({
        method: 'POST',
        target: `/hooks/${crowded}/claude-code`,
        headers: hub.agent(crowded),
        body: JSON.stringify({ hook_event_name: 'SessionStart', session_id: name }),
      });
    await introduce('a hook');
    const names = Array.from({ length: limits.agents + 20 }, (_, index) => `name-${index}`);
    const replies = await Promise.all(
      names.map(
        async (name) =>
          await hub.send({
            method: 'POST',
            target: `/mcp/${crowded}`,
            headers: {
              ...hub.agent(crowded),
              accept: 'application/json',
              'mcp-protocol-version': '2026-07-28',
              'mcp-method': 'tools/list',
            },
            body: JSON.stringify({
              jsonrpc: '2.0',
              id: 1,
              method: 'tools/list',
              params: {
                _meta: {
                  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
                  'io.modelcontextprotocol/clientInfo': { name, version: '1' },
                  'io.modelcontextprotocol/clientCapabilities': {},
                },
              },
            }),
          }),
      ),
    );
    const agents = (await hub.api.call('getBoard', {})).agents.filter(({ workspaceId }) => workspaceId === crowded);
    assert.equal(agents.length, limits.agents);
    assert.ok(replies.some(({ status, body }) => status === 429 && body.includes(`knows ${limits.agents} agents`)));
    assert.deepEqual((await introduce('another')).body, '{}', 'hooks go on');
  });

  it('one answer carries no more than it may, and leads on to the rest', async () => {
    const agent = await connectAgent('modern', hub.agentAddress(), 'writer');
    const taskId = await agent.createTask('long', 'x');
    for (let count = 0; count < 12; count += 1)
      await agent.call('reply', { chatId: taskId, text: `${count}`.repeat(limits.text / 2).slice(0, limits.text) });
    const seen: string[] = [];
    for (let cursor = 0, total = 1; cursor < total; ) {
      const { text } = await agent.call('getTask', { taskId, includeConversation: true, limit: 100, cursor });
      assert.ok(text.length < limits.conversationText + limits.text);
      const page = JSON.parse(text.slice(text.indexOf('{"cursor"'))) as { cursor: number; total: number; messages: { text: string }[] };
      seen.push(...page.messages.map((message) => message.text.slice(0, 2)));
      ({ cursor, total } = page);
    }
    assert.deepEqual(
      seen.slice(-12),
      Array.from({ length: 12 }, (_, count) => `${count}`.repeat(2).slice(0, 2)),
    );
    await agent.close();
  });
});
