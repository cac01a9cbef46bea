import assert from 'node:assert/strict';
import { get } from 'node:http';
import { type GatewayRig, heard, startGatewayRig } from '../../support/gatewayRig.ts';
import { initializeRequest, lastEventId, openRawSession, rawMcp } from '../../support/rawMcp.ts';
import { waitFor } from '../../support/waitFor.ts';

// What AgentRQ's gateways expect of a hub, point by point: how they connect.

describe("To AgentRQ's gateways, the transport", () => {
  let rig: GatewayRig;

  beforeEach(async () => {
    rig = await startGatewayRig();
  });

  afterEach(() => rig.dispose());

  it('workspace and task ids are 11 letters and digits, and sort as they were made', async () => {
    const ids = [rig.test.workspaceId];
    for (let index = 0; index < 20; index += 1) ids.push((await rig.task(`Task ${index}`)).id);
    for (const id of ids) assert.match(id, /^[0-9A-Za-z]{11}$/);
    assert.deepEqual(ids.toSorted(), ids);
    assert.equal(new Set(ids).size, ids.length);
  });

  for (const version of ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']) {
    it(`POST, GET and DELETE speak Streamable HTTP of ${version}`, async () => {
      const agent = rawMcp(rig.test.agentAddress());
      const begun = await agent.post(initializeRequest(version, 'acp-gateway'));
      const [answer] = await begun.whole();
      assert.equal(answer?.result?.['protocolVersion'], version);
      agent.sessionId = String(begun.headers['mcp-session-id']);
      assert.match(agent.sessionId, /^[\x21-\x7e]+$/);
      const stream = await agent.listen();
      assert.equal(stream.status, 200);
      const [result] = await (await agent.call(1, 'getTask')).whole();
      assert.equal(result?.id, 1);
      const ended = await agent.send('DELETE');
      assert.ok([200, 204].includes(ended.status));
      await waitFor('its stream to end', () => stream.ended());
      assert.equal((await agent.call(2, 'getTask')).status, 404);
    });
  }

  it('the token lets in from the address alone, or from the header', async () => {
    const { mcpUrl, agentToken } = rig.test.agentAddress();
    const bare = rawMcp({ mcpUrl, agentToken }, { authorization: undefined });
    const init = { body: initializeRequest() };
    assert.equal((await bare.send('POST', { ...init, path: `?token=${agentToken}` })).status, 200);
    assert.equal((await rawMcp({ mcpUrl, agentToken }).post(init.body)).status, 200);
    assert.equal((await bare.send('POST', init)).status, 401);
    assert.equal((await bare.send('POST', { ...init, path: '?token=arq_nonsense' })).status, 401);
    assert.equal((await bare.send('POST', { ...init, path: `?token=${rig.test.hub.userToken}` })).status, 403);
  });

  it('“initialized” is answered with 202 to the letter, and so is every other notification', async () => {
    const agent = rawMcp(rig.test.agentAddress());
    const begun = await agent.post(initializeRequest('2025-11-25', 'acp-gateway'));
    await begun.whole();
    agent.sessionId = String(begun.headers['mcp-session-id']);
    const methods = ['concurrency', 'models', 'commands', 'agent', 'telemetry', 'permission_request', 'what_comes_next'];
    for (const method of ['initialized', 'cancelled', ...methods.map((name) => `claude/channel/${name}`), 'whatever']) {
      const answer = await agent.post({ jsonrpc: '2.0', method: `notifications/${method}`, params: { maxConcurrency: 4 } });
      await answer.whole();
      assert.deepEqual([answer.status, answer.text()], [202, ''], method);
    }
  });

  it('the stream is open as soon as the session is, with its headers sent at once', async () => {
    const { agent, stream } = await rig.listen();
    assert.equal(stream.status, 200);
    assert.match(stream.headers['content-type'] ?? '', /^text\/event-stream/);
    assert.equal(stream.ended(), false);
    assert.deepEqual(stream.messages(), [], 'nothing had to be said for that');
    assert.equal(stream.headers['mcp-session-id'], agent.sessionId);
  });

  it('a new GET replaces an old one, and what is pushed goes to the new one', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    const fresh = await agent.listen();
    assert.equal(fresh.status, 200);
    await rig.write(task.id, 'to the new one');
    await heard(fresh, `[Reply to task ${task.id}] to the new one`);
    await waitFor('the old one to end', () => stream.ended());
    const resumed = await agent.listen(await lastEventId(fresh));
    assert.equal(resumed.status, 200);
    await rig.write(task.id, 'to the third');
    await heard(resumed, `[Reply to task ${task.id}] to the third`);
  });

  it('sessions outlive the hub; one that is truly gone gets 404 “Not Found”', async () => {
    const { agent } = await rig.listen();
    await rig.restart();
    const stream = await agent.listen();
    assert.equal(stream.status, 200);
    assert.equal((await agent.call(1, 'getTask')).status, 200);
    const { mcpUrl, agentToken } = rig.test.agentAddress();
    const headers = { authorization: `Bearer ${agentToken}`, 'mcp-session-id': 'nobody-knows-it', accept: 'text/event-stream' };
    const reason = await new Promise((resolve) => get(mcpUrl, { headers }, (response) => resolve(response.resume().statusMessage)));
    assert.equal(reason, 'Not Found');
    const lost = rawMcp(rig.test.agentAddress(), { 'mcp-session-id': 'nobody-knows-it' });
    assert.equal((await lost.post({ jsonrpc: '2.0', id: 1, method: 'ping' })).status, 404);
  });

  it('events have ids because a client can go on after them: what was missed comes, once; no other event names', async () => {
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await rig.write(task.id, 'first');
    await heard(stream, `[Reply to task ${task.id}] first`);
    const from = await lastEventId(stream);
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    await rig.write(task.id, 'second');
    const resumed = await agent.listen(from);
    await heard(resumed, `[Reply to task ${task.id}] second`);
    await rig.write(task.id, 'third');
    await heard(resumed, `[Reply to task ${task.id}] third`);
    assert.deepEqual(
      resumed.messages().map(({ params }) => params?.['content']),
      ['second', 'third'].map((text) => `[Reply to task ${task.id}] ${text}`),
    );
    for (const text of [stream.text(), resumed.text()]) {
      for (const [, name] of text.matchAll(/^event: ?(.*)$/gm)) assert.equal(name, 'message');
    }
  });

  it('“initialize” says that it knows channels, and the permissions of channels', async () => {
    for (const version of ['2024-11-05', '2025-11-25']) {
      const begun = await rawMcp(rig.test.agentAddress()).post(initializeRequest(version));
      const [answer] = await begun.whole();
      const capabilities = answer?.result?.['capabilities'] as Record<string, unknown>;
      assert.deepEqual(capabilities['experimental'], { 'claude/channel': {}, 'claude/channel/permission': {} });
      assert.ok(typeof capabilities['tools'] === 'object');
      const instructions = String(answer?.result?.['instructions']);
      assert.match(instructions, /<channel>.*reply/);
      assert.ok(instructions.length <= 1_024);
    }
  });

  it('a session without a stream stays, and is not pinged', async () => {
    const agent = await openRawSession(rig.test.agentAddress(), '2025-11-25', 'acp-gateway');
    const { stream } = await rig.listen('codex-gateway');
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    const [result] = await (await agent.call(1, 'getWorkspace')).whole();
    assert.ok(result?.result !== undefined);
    assert.ok(stream.messages().every(({ method }) => method !== 'ping'));
  });
});
