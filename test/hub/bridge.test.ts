import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client as ModernClient } from '@modelcontextprotocol/client';
import { StdioClientTransport as ModernTransport } from '@modelcontextprotocol/client/stdio';
import * as z from 'zod';
import { readSecret } from '../../src/home/ownHub.ts';
import { tools } from '../../src/protocol/tools.ts';
import { apiOf } from '../support/apiOf.ts';
import { type BridgeAgent, bridgeCommand, connectBridge } from '../support/bridgeAgent.ts';
import { startCuttableProxy } from '../support/cuttableProxy.ts';
import { type HubProcess, startHubProcess } from '../support/hubProcess.ts';
import { startLosingProxy } from '../support/losingProxy.ts';
import { announce } from '../support/playedHub.ts';
import { endpointsWith, makeHome, startTestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

describe('an agent that reaches the hub over the bridge', () => {
  let home: string;
  let hub: HubProcess;
  let workspaceId: string;
  let agents: BridgeAgent[];

  beforeEach(async () => {
    home = makeHome();
    agents = [];
    hub = await startHubProcess({ home });
    workspaceId = hub.workspaces[0]?.id ?? assert.fail();
  });

  afterEach(async () => {
    for (const agent of agents) await agent.close();
    await hub.stop('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  const api = apiOf(() => hub);

  async function connect(): Promise<BridgeAgent> {
    const agent = await connectBridge({ home, workspaceId });
    agents.push(agent);
    return agent;
  }

  /** The hub dies and comes back, on another port. */
  async function restart(): Promise<void> {
    const before = hub.url;
    await hub.stop('SIGKILL');
    hub = await startHubProcess({ home });
    assert.notEqual(hub.url, before);
  }

  function sessions(): string[] {
    const database = new DatabaseSync(join(home, 'hub.db'), { readOnly: true });
    try {
      return database
        .prepare('SELECT id FROM sessions ORDER BY id')
        .all()
        .map((row) => String(row['id']));
    } finally {
      database.close();
    }
  }

  it('finds the same tools there, and calls them', async () => {
    const agent = await connect();
    const listed = (await agent.client.listTools()).tools.map(({ name }) => name);
    assert.deepEqual(listed, Object.keys(tools));
    assert.match(agent.client.getInstructions() ?? '', /AgentRQ/);
    const { texts } = await agent.call('createTask', { title: 'Over the bridge', body: 'b' });
    assert.match(texts[0] ?? '', /[0-9A-Za-z]{11}/);
    const board = await api.call('getBoard', {});
    assert.deepEqual(
      board.tasks.map(({ title }) => title),
      ['Over the bridge'],
    );
    assert.deepEqual(
      board.agents.map(({ name }) => name),
      ['bridge-agent'],
    );
    assert.equal(agent.errors(), '');
  });

  it('says what the hub says when a tool fails', async () => {
    const agent = await connect();
    const { isError, texts } = await agent.call('reply', { chatId: 'nothing', text: 'x' });
    assert.ok(isError);
    assert.match(texts[0] ?? '', /task/i);
  });

  it('gets on with a client of both eras', async () => {
    const client = new ModernClient({ name: 'both-eras', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new ModernTransport(bridgeCommand({ home, workspaceId })));
    assert.equal((await client.listTools()).tools.length, Object.keys(tools).length);
    assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
    await client.close();
  });

  it('does not notice that the hub died and came back elsewhere', async () => {
    const agent = await connect();
    await agent.call('createTask', { title: 'Before', body: 'b' });
    const before = sessions();
    assert.equal(before.length, 1);
    await restart();
    await agent.call('createTask', { title: 'After', body: 'b' });
    assert.deepEqual(sessions(), before);
    assert.deepEqual(
      (await api.call('getBoard', {})).tasks.map(({ title }) => title),
      ['Before', 'After'],
    );
  });

  it('has a call made that came while the hub was away', async () => {
    const agent = await connect();
    await agent.call('getWorkspace');
    await hub.stop('SIGTERM');
    const calling = agent.call('createTask', { title: 'Patient', body: 'b' });
    hub = await startHubProcess({ home });
    assert.equal((await calling).isError, false);
    assert.deepEqual(
      (await api.call('getBoard', {})).tasks.map(({ title }) => title),
      ['Patient'],
    );
  });

  it('may start before the hub does', async () => {
    await hub.stop('SIGTERM');
    const connecting = connect();
    hub = await startHubProcess({ home });
    const agent = await connecting;
    assert.equal((await agent.client.listTools()).tools.length, Object.keys(tools).length);
  });

  it('begins a new session when the hub has lost the one that it had', async () => {
    const agent = await connect();
    await agent.call('getWorkspace');
    const before = sessions();
    await hub.stop('SIGKILL');
    const database = new DatabaseSync(join(home, 'hub.db'));
    database.exec('DELETE FROM sessions');
    database.close();
    hub = await startHubProcess({ home });
    assert.equal((await agent.call('getWorkspace')).isError, false);
    const after = sessions();
    assert.equal(after.length, 1);
    assert.notDeepEqual(after, before);
  });

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    it(`gets the answer to a question that waited when the hub ended with ${signal}`, async () => {
      const agent = await connect();
      let answer = agent.call('askHuman', { question: 'Still there?', choices: ['Yes', 'No'], wait_s: 60 });
      await waitFor('the question', async () => (await api.call('getBoard', {})).requests.length === 1);
      await hub.stop(signal);
      hub = await startHubProcess({ home });
      if (signal === 'SIGTERM') {
        // A hub that ends in order says so, and the agent asks again.
        const { structured } = await answer;
        assert.equal(structured['status'], 'pending');
        answer = agent.call('waitForReply', { requestId: structured['requestId'], wait_s: 60 });
      }
      const { requests } = await api.call('getBoard', {});
      assert.equal(requests.length, 1);
      await api.call('answerRequest', { workspaceId, requestId: requests[0]?.id ?? '', choices: ['Yes'] });
      const { structured } = await answer;
      assert.equal(structured['status'], 'answered');
      assert.deepEqual((structured['answer'] as { choices: string[] }).choices, ['Yes']);
    });
  }

  it('is told that the answer to a call got lost, and the call is not made twice', async () => {
    const proxy = await startLosingProxy(hub.url, readSecret(home));
    announce(home, proxy.url);
    const agent = await connect();
    proxy.loseAnswerTo('"createTask"');
    await assert.rejects(agent.call('createTask', { title: 'Once', body: 'b' }), /went away while this call was under way.*getTask/);
    assert.deepEqual(
      (await api.call('getBoard', {})).tasks.map(({ title }) => title),
      ['Once'],
    );
    proxy.loseAnswerTo('"getWorkspace"');
    assert.equal((await agent.call('getWorkspace')).isError, false, 'one that only reads is made again');
    await agent.close();
    await proxy.close();
  });

  it('ends its session when the agent goes', async () => {
    for (const leave of ['stdin', 'SIGTERM'] as const) {
      const before = sessions();
      const { command, args } = bridgeCommand({ home, workspaceId });
      const bridge = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
      const ended = new Promise((resolve) => bridge.once('exit', (code) => resolve(code)));
      const params = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'raw', version: '1' } };
      bridge.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
      await once(bridge.stdout, 'data');
      const own = sessions().filter((id) => !before.includes(id));
      assert.equal(own.length, 1);
      const leftAt = performance.now();
      if (leave === 'stdin') bridge.stdin.end();
      else bridge.kill('SIGTERM');
      assert.equal(await ended, 0, leave);
      // It gives the hub a second for that. On a busy machine the hub may need more, and the session ends later by itself.
      const mayHaveGivenUp = performance.now() - leftAt >= 1_000;
      assert.ok(mayHaveGivenUp || !sessions().some((id) => own.includes(id)), leave);
    }
  });

  it('ends with a sentence when it is not told which workspace', async () => {
    const bridge = spawn(process.execPath, ['--no-warnings', ...bridgeCommand({ home, workspaceId: 'short' }).args], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const [code, output, errors] = await Promise.all([
      new Promise((resolve) => bridge.once('exit', resolve)),
      bridge.stdout.toArray(),
      bridge.stderr.toArray(),
    ]);
    assert.equal(code, 2);
    assert.deepEqual(output, []);
    assert.match(Buffer.concat(errors as Buffer[]).toString(), /^Usage: bridge\.cjs --workspace/);
  });
});

describe('what the hub says to an agent without being asked', () => {
  it('reaches it over the bridge, also after the connection broke', async () => {
    const notifiers: ((content: string) => Promise<void>)[] = [];
    const method = 'notifications/claude/channel';
    const withNotifiers = endpointsWith({
      extendServer: ({ server }) => notifiers.push((content) => server.notification({ method, params: { content } })),
    });
    const test = await startTestHub({}, withNotifiers);
    const proxy = await startCuttableProxy(test.hub.url, readSecret(test.home));
    announce(test.home, proxy.url);
    const agent = await connectBridge({ home: test.home, workspaceId: test.workspaceId });
    const heard: string[] = [];
    const schema = z.object({ method: z.literal(method), params: z.object({ content: z.string() }) });
    agent.client.setNotificationHandler(schema, ({ params }) => void heard.push(params.content));
    for (const content of ['first', 'after the cut']) {
      // Nobody hears what is said while no stream is open, so it is said until it is heard.
      await waitFor(content, async () => {
        await notifiers.at(-1)?.(content);
        return heard.includes(content);
      });
      proxy.cut();
    }
    assert.equal(proxy.cuts, 2);
    await agent.close();
    await proxy.close();
    await test.dispose();
  });
});
