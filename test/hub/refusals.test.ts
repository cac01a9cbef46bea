import assert from 'node:assert/strict';
import { request } from 'node:http';
import { protocolVersion } from '../../src/protocol/limits.ts';
import { connectAgent, eras } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';

/** The parts of a request that a browser or a script can set. */
interface RawRequest {
  method?: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

describe('what the hub refuses', () => {
  let test: TestHub;
  let person: Record<string, string>;
  let board: string;

  before(async () => {
    test = await startTestHub();
    person = { authorization: `Bearer ${test.hub.userToken}`, 'content-type': 'application/json' };
    board = '/api/v1/board';
  });

  after(() => test.dispose());

  function send({
    method = 'GET',
    path,
    headers = {},
    body,
  }: RawRequest): Promise<{ status: number; headers: Record<string, unknown>; json: unknown }> {
    const { port } = new URL(test.hub.url);
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        let text = '';
        response.on('data', (chunk: Buffer) => (text += chunk.toString()));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  async function refused(raw: RawRequest, status: number, code: string, message: RegExp): Promise<void> {
    const answer = await send(raw);
    const { error } = answer.json as { error: { code: unknown; message: string; data?: { code: string } } };
    assert.deepEqual([answer.status, error.data?.code ?? error.code], [status, code]);
    assert.match(error.message, message);
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  }

  const unchanged = async (work: () => Promise<void>) => {
    const before = (await test.api.call('getBoard', {})).tasks.length;
    await work();
    assert.equal((await test.api.call('getBoard', {})).tasks.length, before);
  };

  const tasks = () => `/api/v1/workspaces/${test.workspaceId}/tasks`;
  const mcp = (id = test.workspaceId) => `/mcp/${id}`;
  const agent = (id = test.workspaceId) => ({ authorization: `Bearer ${test.hub.agentToken(id)}`, 'content-type': 'application/json' });

  it('tells anybody on this machine no more than that it is a hub', async () => {
    const { status, json } = await send({ path: '/health' });
    assert.equal(status, 200);
    assert.deepEqual(json, { name: 'agentrq', protocolVersion, hubId: test.hub.hubId });
  });

  it('a request without a token, or with a wrong one', async () => {
    await refused({ path: board }, 401, 'unauthorized', /token is missing.*Connect an Agent/);
    for (const authorization of [
      'Bearer x',
      `Bearer ${test.hub.userToken}x`,
      `Bearer ${test.hub.userToken.slice(1)}`,
      `Basic ${test.hub.userToken}`,
      'Bearer ',
    ]) {
      await refused({ path: board, headers: { authorization } }, 401, 'unauthorized', /token/);
    }
    await refused({ path: `${board}?token=${test.hub.userToken}` }, 401, 'unauthorized', /missing/);
    await refused({ path: '/api/v1/events/stream' }, 401, 'unauthorized', /missing/);
    await refused({ method: 'POST', path: mcp(), body: '{}' }, 401, 'unauthorized', /missing/);
  });

  it("an agent at the user's door, and the user at an agent's", async () => {
    for (const path of [board, '/api/v1/events/stream', tasks()]) {
      await refused({ path, headers: agent() }, 403, 'wrong_role', /Only the user/);
    }
    await refused({ method: 'POST', path: mcp(), headers: person, body: '{}' }, 403, 'wrong_role', /Agents need their own/);
  });

  it("an agent with another workspace's token", async () => {
    const { workspace } = await test.api.call('openWorkspace', { name: 'other' });
    await refused({ method: 'POST', path: mcp(), headers: agent(workspace.id), body: '{}' }, 403, 'wrong_workspace', /another workspace/);
    for (const era of eras) {
      const address = { mcpUrl: test.hub.mcpUrl(test.workspaceId), agentToken: test.hub.agentToken(workspace.id) };
      await assert.rejects(connectAgent(era, address));
    }
  });

  it('a task, or a request, of another workspace', async () => {
    const { workspace } = await test.api.call('openWorkspace', { name: 'other' });
    const { task } = await test.api.call('createTask', { workspaceId: workspace.id, title: 'theirs' });
    await refused({ path: `${tasks()}/${task.id}`, headers: person }, 404, 'task_not_found', /There is no task/);
    const spy = await connectAgent('modern', test.agentAddress());
    assert.match((await spy.call('reply', { chatId: task.id, text: 'x' })).text, /There is no task/);
    assert.match((await spy.call('getTask', { taskId: task.id })).text, /There is no task/);
    await spy.close();
  });

  it('what it does not know', async () => {
    const none = '0'.repeat(11);
    await refused({ path: `${tasks()}/${none}`, headers: person }, 404, 'task_not_found', /may have been deleted/);
    await refused({ path: `/api/v1/workspaces/${none}/tasks`, headers: person }, 404, 'workspace_not_found', /no workspace/);
    await refused({ path: `/api/v1/workspaces/${none}/events`, headers: person }, 404, 'workspace_not_found', /no workspace/);
    const answer = {
      method: 'POST',
      path: `/api/v1/workspaces/${test.workspaceId}/requests/${none}/answer`,
      headers: person,
      body: '{"answer":{"text":"x"}}',
    };
    await refused(answer, 410, 'request_not_found', /no request/);
    await refused({ path: '/api/v1/nothing', headers: person }, 404, 'not_found', /There is nothing/);
    await refused({ path: '/', headers: person }, 404, 'not_found', /There is nothing/);
    await refused({ method: 'DELETE', path: board, headers: person }, 405, 'method_not_allowed', /DELETE/);
    await refused(
      { method: 'POST', path: mcp('nonsense'), headers: agent(), body: '{}' },
      400,
      'invalid_workspace_id',
      /names no workspace/,
    );
    const session = { ...agent(), 'mcp-session-id': 'unknown', accept: 'text/event-stream' };
    await refused({ path: mcp(), headers: session }, 404, 'session_not_found', /Initialize again/);
  });

  it('a body that is too large, and goes on', async () => {
    const body = JSON.stringify({ task: { title: 'x', body: 'y'.repeat(4 * 1024 * 1024) } });
    await unchanged(async () => {
      await refused(
        { method: 'POST', path: tasks(), headers: { ...person, 'content-length': String(body.length) }, body },
        413,
        'payload_too_large',
        /4 MiB/,
      );
      await refused(
        { method: 'POST', path: mcp(), headers: { ...agent(), 'content-length': String(body.length) }, body },
        413,
        'payload_too_large',
        /4 MiB/,
      );
    });
  });

  it('a body that is no JSON, has no type, or has the wrong members', async () => {
    await unchanged(async () => {
      for (const body of ['{', '"\u0001"', 'null']) {
        const answer = await send({ method: 'POST', path: tasks(), headers: person, body });
        assert.equal(answer.status, 422, body);
      }
      await refused({ method: 'POST', path: tasks(), headers: person, body: '{"task":' }, 422, 'malformed_json', /not valid JSON/);
      await refused({ method: 'POST', path: mcp(), headers: agent(), body: '{' }, 422, 'malformed_json', /not valid JSON/);
      await refused(
        { method: 'POST', path: tasks(), headers: { ...person, 'content-type': 'text/plain' }, body: '{"task":{"title":"x"}}' },
        415,
        'unsupported_media_type',
        /application\/json/,
      );
      await refused({ method: 'POST', path: tasks(), headers: person, body: '{"task":{}}' }, 422, 'invalid_input', /title/);
      await refused(
        { method: 'POST', path: tasks(), headers: person, body: '{"task":{"title":" \\n "}}' },
        422,
        'invalid_input',
        /title is required/,
      );
      await refused(
        { method: 'POST', path: tasks(), headers: person, body: '{"task":{"title":"x","assignee":"cat"}}' },
        422,
        'invalid_input',
        /assignee/,
      );
    });
  });

  it('requests that a web page could make', async () => {
    const { port } = new URL(test.hub.url);
    for (const host of ['evil.example', `evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '127.0.0.1', `0.0.0.0:${port}`]) {
      await refused({ path: board, headers: { ...person, host } }, 403, 'forbidden_host', /answers to/);
      await refused({ path: '/health', headers: { host } }, 403, 'forbidden_host', /answers to/);
      await refused({ method: 'POST', path: mcp(), headers: { ...agent(), host }, body: '{}' }, 403, 'forbidden_host', /answers to/);
    }
    for (const origin of ['https://evil.example', 'null', `http://localhost:${port}`, 'vscode-webview://x']) {
      await refused({ path: board, headers: { ...person, origin } }, 403, 'forbidden_origin', /Web pages/);
      await refused({ method: 'POST', path: mcp(), headers: { ...agent(), origin }, body: '{}' }, 403, 'forbidden_origin', /Web pages/);
    }
    await refused({ path: board, headers: { ...person, 'sec-fetch-site': 'cross-site' } }, 403, 'forbidden_origin', /Web pages/);
    await refused({ method: 'OPTIONS', path: board, headers: { origin: 'https://evil.example' } }, 403, 'forbidden_origin', /Web pages/);
  });

  it('answers that do not fit the question, and a second one that is different', async () => {
    const asking = await connectAgent('modern', test.agentAddress());
    const { structured } = await asking.call('askHuman', { question: 'Which?', choices: ['A', 'B'], wait_s: 0 });
    const path = `/api/v1/workspaces/${test.workspaceId}/requests/${String(structured['requestId'])}/answer`;
    const answer = (draft: unknown) => ({ method: 'POST', path, headers: person, body: JSON.stringify({ answer: draft }) });
    await refused(answer({ choices: ['C'] }), 422, 'invalid_input', /“C” is not one of the choices/);
    await refused(answer({ choices: ['A', 'B'] }), 422, 'invalid_input', /takes one choice/);
    await refused(answer({}), 422, 'invalid_input', /needs a choice or a text/);
    assert.equal((await send(answer({ choices: ['A'] }))).status, 200);
    assert.equal((await send(answer({ choices: ['A'] }))).status, 200, 'the same once more is no other answer');
    await refused(answer({ choices: ['B'] }), 409, 'already_answered', /answered already, with “A”/);
    await asking.close();
  });

  it('does once what is sent twice with the same key', async () => {
    const draft = { workspaceId: test.workspaceId, title: 'Once', key: 'key-0001' };
    const [first, second] = [await test.api.call('createTask', draft), await test.api.call('createTask', draft)];
    assert.equal(first.task.id, second.task.id);
    const reply = { workspaceId: test.workspaceId, taskId: first.task.id, text: 'hi', key: 'key-0002' };
    const messages = [await test.api.call('replyToTask', reply), await test.api.call('replyToTask', reply)].map(
      ({ message }) => message.id,
    );
    assert.equal(messages[0], messages[1]);
  });
});
