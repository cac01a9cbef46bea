import assert from 'node:assert/strict';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHub } from '../../../src/hub/hub.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { nullLog } from '../../../src/util/log.ts';
import { connectBridge } from '../../support/bridgeAgent.ts';
import { type HostileTarget, startHostileTarget } from '../../support/hostileTarget.ts';
import { openConnection, requestBytes } from '../../support/rawHttp.ts';
import { openRawSession } from '../../support/rawMcp.ts';
import { openRawStream } from '../../support/rawStream.ts';
import { connectAgent } from '../../support/testAgent.ts';
import { waitFor } from '../../support/waitFor.ts';

describe('an agent token that is replaced', () => {
  let hub: HostileTarget;
  beforeEach(async () => (hub = await startHostileTarget()));
  afterEach(() => hub.finish());

  const rotate = async (workspaceId = hub.workspaceId): Promise<string> => (await hub.api.call('rotateAgentToken', { workspaceId })).token;

  it('opens nothing from then on, and the new one does', async () => {
    const old = hub.agentAddress();
    const token = await rotate();
    assert.notEqual(token, old.agentToken);
    assert.match(token, /^arq_[0-9A-Za-z]{11}_[\w-]{43}$/);
    assert.equal((await hub.api.call('getWorkspaceToken', { workspaceId: hub.workspaceId })).token, token);
    for (const [method, target] of [
      ['POST', `/mcp/${hub.workspaceId}`],
      ['GET', `/sse/${hub.workspaceId}`],
      ['POST', `/hooks/${hub.workspaceId}/claude-code`],
      ['POST', `/mcp/${hub.workspaceId}?token=${old.agentToken}`],
    ] as const) {
      const headers = target.includes('?')
        ? { 'content-type': 'application/json' }
        : { ...hub.agent(), authorization: `Bearer ${old.agentToken}` };
      assert.equal((await hub.send({ method, target, headers, body: '{}' })).status, 401, target);
    }
    for (const era of ['modern', 'legacy', 'sse'] as const) {
      await assert.rejects(connectAgent(era, old));
      const agent = await connectAgent(era, hub.agentAddress());
      assert.match((await agent.call('getWorkspace')).text, /test/);
      await agent.close();
    }
  });

  it('what was open with the old one ends at once: sessions, streams, calls and hooks; what the user has open stays', async () => {
    const session = await openRawSession(hub.agentAddress());
    const listening = await session.listen();
    const asking = await session.call(1, 'askHuman', { question: 'Still here?', wait_s: 60 });
    const older = openConnection(hub.port);
    older.write(requestBytes(hub.port, { target: `/sse/${hub.workspaceId}`, headers: hub.agent() }));
    const hook = openConnection(hub.port);
    const body = '{"hook_event_name":"PermissionRequest","session_id":"s","tool_name":"Bash","tool_input":{"command":"ls"}}';
    hook.write(requestBytes(hub.port, { method: 'POST', target: `/hooks/${hub.workspaceId}/claude-code`, headers: hub.agent(), body }));
    const uploading = openConnection(hub.port);
    uploading.write(
      requestBytes(hub.port, { method: 'POST', target: `/mcp/${hub.workspaceId}`, headers: { ...hub.agent(), 'content-length': '999' } }),
    );
    const person = await openRawStream(hub.hub);
    const board = async () => (await hub.api.call('getBoard', {})).requests;
    await waitFor(
      'all of it to be open',
      async () => (await board()).length === 2 && older.text().includes('endpoint') && person.text() !== '',
    );

    await rotate();
    await waitFor('all of it to end', () => listening.ended() && asking.ended() && older.closed && hook.closed && uploading.closed);
    assert.doesNotMatch(hook.text(), /allow/);
    const { task } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'go on' });
    await waitFor('the user to hear of it', () => person.text().includes(task.id));
    await waitFor(
      'the permission to be given up',
      async () => !(await board()).some(({ kind, status }) => kind === 'permission' && status === 'open'),
    );
    assert.ok(
      (await board()).some(({ question, status }) => question === 'Still here?' && status === 'open'),
      'a question stays',
    );

    const again = { ...hub.agent(), 'mcp-session-id': session.sessionId ?? '', accept: 'application/json' };
    const reply = await hub.send({
      method: 'POST',
      target: `/mcp/${hub.workspaceId}`,
      headers: again,
      body: '{"jsonrpc":"2.0","id":2,"method":"ping"}',
    });
    assert.equal(reply.status, 404, 'a session of before is none, with the new token neither');
    person.close();
    session.close();
  });

  it('leaves the agents of other workspaces, and the user, as they are', async () => {
    const other = hub.hub.openWorkspace('other').id;
    const agent = await connectAgent('legacy', hub.agentAddress(other));
    const token = hub.hub.agentToken(other);
    await rotate();
    assert.equal(hub.hub.agentToken(other), token);
    assert.match((await agent.call('getWorkspace')).text, /other/);
    assert.equal((await hub.send({ target: '/api/v1/board', headers: hub.person })).status, 200);
    await agent.close();
  });

  it('a bridge goes on with the new one by itself, in the middle of a question too', async () => {
    const bridge = await connectBridge({ home: hub.home, workspaceId: hub.workspaceId });
    assert.match((await bridge.call('getWorkspace')).texts[0] ?? '', /test/);
    const asked = bridge.call('askHuman', { question: 'Which one?', choices: ['A', 'B'], wait_s: 60 });
    const find = async () => (await hub.api.call('getBoard', {})).requests.find(({ question }) => question === 'Which one?');
    await waitFor('the question', async () => (await find()) !== undefined);
    await rotate();
    await rotate();
    const request = await find();
    await hub.api.call('answerRequest', { workspaceId: hub.workspaceId, requestId: request?.id ?? '', choices: ['B'] });
    const answer = await asked;
    assert.equal(answer.isError, false, answer.texts[0]);
    assert.match(answer.texts[0] ?? '', /B/, JSON.stringify(answer));
    assert.match((await bridge.call('getWorkspace')).texts[0] ?? '', /test/);
    await bridge.close();
  });

  it('stays replaced over a restart, and is kept for this user alone', async () => {
    const old = hub.hub.agentToken(hub.workspaceId);
    const token = await rotate();
    const file = join(hub.home, 'generations.json');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
    await hub.hub.close();
    const options = { home: hub.home, port: 0, version: '0', clock: systemClock, log: nullLog };
    const restarted = await startHub(options);
    assert.equal(restarted.agentToken(hub.workspaceId), token);
    assert.notEqual(restarted.agentToken(hub.workspaceId), old);
    await restarted.close();

    for (const damaged of ['', '{', '[]x', '{"a":0}', '{"a":"2"}', '{"a":1.5}', 'null']) {
      writeFileSync(file, damaged);
      await assert.rejects(startHub(options), {
        name: 'StartError',
        code: 'home-not-writable',
        message: /generations\.json which tokens of agents have been replaced.*master-secret/,
      });
    }
    hub = await startHostileTarget();
  });

  it('is not replaced where that could not be written down', async () => {
    const token = hub.hub.agentToken(hub.workspaceId);
    const session = await openRawSession(hub.agentAddress());
    mkdirSync(join(hub.home, 'generations.json'));
    await assert.rejects(rotate(), { code: 'storage_failed', message: /the token stays as it is/ });
    assert.equal((await session.post({ jsonrpc: '2.0', id: 1, method: 'ping' })).status, 200);
    session.close();
    const { status } = await hub.ask('POST', '/api/v1/workspaces/00000000000/token/rotate');
    assert.equal(status, 404);
    assert.equal(hub.hub.agentToken(hub.workspaceId), token);
  });
});
