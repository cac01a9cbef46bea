import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { databaseFile } from '../../src/hub/storage/databaseFiles.ts';
import { apiOf } from '../support/apiOf.ts';
import { bridgeCommand } from '../support/bridgeAgent.ts';
import { type HubProcess, startHubProcess } from '../support/hubProcess.ts';
import { connectTaskAgent, type TaskAgent } from '../support/taskAgent.ts';
import { makeHome } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

const question = { question: 'Which colour?', choices: ['Red', 'Blue'] };

describe('an agent of 2026-07-28 that reaches the hub over the bridge', () => {
  let home: string;
  let hub: HubProcess;
  let workspaceId: string;
  let agents: TaskAgent[];

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

  async function connect(): Promise<TaskAgent> {
    const agent = await connectTaskAgent({ home, workspaceId });
    agents.push(agent);
    return agent;
  }

  async function answer(): Promise<void> {
    const [request] = (await api.call('getBoard', {})).requests;
    await api.call('answerRequest', { workspaceId, requestId: request?.id ?? assert.fail(), choices: ['Blue'] });
  }

  it('does not notice that the hub is away: what it can do, its tools and its task stay what they were', async () => {
    const agent = await connect();
    const tools = await agent.client.listTools();
    const { taskId } = await agent.begin('askHuman', question);
    await hub.stop('SIGKILL');
    assert.deepEqual((await agent.client.discover()).capabilities, agent.client.getServerCapabilities());
    assert.deepEqual((await agent.client.listTools(undefined, { cacheMode: 'refresh' })).tools, tools.tools);
    const away = await agent.get(taskId);
    assert.deepEqual([away.status, away.pollIntervalMs], ['working', 2000]);
    assert.match(away.statusMessage ?? '', /^AgentRQ is not running/);
    hub = await startHubProcess({ home });
    await answer();
    assert.equal((await agent.end(taskId)).result?.structuredContent['words'], 'Blue');
    assert.equal((await agent.plain('getWorkspace')).isError, false);
    assert.equal((await api.call('getBoard', {})).requests[0]?.status, 'delivered');
  });

  it('begins while the hub is away with what that said last to one before it, and calls once it is there', async () => {
    const first = await connect();
    const { tools } = await first.client.listTools();
    const file = join(home, 'known', `${workspaceId}.json`);
    await waitFor('both lists to be kept', () => existsSync(file) && /discover.*tools\/list/s.test(readFileSync(file, 'utf8')));
    assert.doesNotMatch(readFileSync(file, 'utf8'), /arq_|Bearer/);
    await hub.stop('SIGKILL');
    const second = await connect();
    assert.deepEqual((await second.client.listTools()).tools, tools);
    const asking = second.plain('getWorkspace');
    hub = await startHubProcess({ home });
    assert.equal((await asking).isError, false);
  });

  it('goes on with its task when it was started anew', async () => {
    const first = await connect();
    const { taskId } = await first.begin('askHuman', question);
    process.kill(first.pid ?? assert.fail(), 'SIGKILL');
    const second = await connect();
    assert.equal((await second.get(taskId)).status, 'working');
    await answer();
    assert.equal((await second.end(taskId)).result?.structuredContent['words'], 'Blue');
    assert.equal((await second.plain('getWorkspace')).texts.length, 1);
  });

  it('has a call made that came while the hub was away, and nothing done twice', async () => {
    const agent = await connect();
    await hub.stop('SIGTERM');
    const asking = agent.begin('askHuman', question);
    hub = await startHubProcess({ home });
    const { taskId } = await asking;
    assert.equal((await agent.begin('askHuman', question)).taskId, taskId);
    await agent.cancel(taskId);
    await agent.cancel(taskId);
    assert.deepEqual((await api.call('getBoard', {})).requests, []);
  });

  it('has one wait for the same thing, however often it calls', async () => {
    const agent = await connect();
    const wait = await agent.begin('waitForReply');
    assert.equal((await agent.begin('waitForReply')).taskId, wait.taskId, 'it may not have seen that it waits');
    await agent.get(wait.taskId);
    const again = await agent.plain('waitForReply');
    assert.match(again.text, /^Pending: An earlier call of yours waits for this in the background/);
    const { taskId } = await agent.begin('askHuman', question);
    await agent.get(taskId);
    for (const [tool, args] of [
      ['askHuman', question],
      ['waitForReply', { requestId: taskId.slice('ask-'.length) }],
    ] as const) {
      assert.equal((await agent.plain(tool, args)).structured['status'], 'pending');
    }
    const other = await connect();
    assert.notEqual((await other.begin('waitForReply')).taskId, wait.taskId);
    await answer();
    assert.equal((await agent.end(taskId)).status, 'completed');
    assert.equal((await agent.get(wait.taskId)).status, 'working');
  });

  it('has one wait after 50 turns that end with one, also once it was started anew', async () => {
    const rows = (): unknown => {
      const database = new DatabaseSync(join(home, databaseFile), { readOnly: true });
      try {
        return database.prepare(`SELECT count(*) AS open FROM waits WHERE status = 'open'`).get()?.['open'];
      } finally {
        database.close();
      }
    };
    const first = await connect();
    const { taskId } = await first.begin('waitForReply');
    for (let turn = 2; turn <= 50; turn += 1) {
      await first.get(taskId);
      await first.plain('waitForReply');
    }
    assert.equal(rows(), 1);
    await first.close();
    const again = await connect();
    await again.get(taskId);
    assert.equal((await again.plain('waitForReply')).structured['status'], 'pending');
    assert.equal(rows(), 1);
  });

  it('is one agent also when it goes on in the older era: its hook does not repeat what a call has brought', async () => {
    const { command, args } = bridgeCommand({ home, workspaceId });
    const bridge = spawn(command, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const answers = createInterface(bridge.stdout)[Symbol.asyncIterator]();
    const ask = async (method: string, params: object): Promise<string> => {
      bridge.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: method, method, params })}\n`);
      for (;;) {
        const { value } = await answers.next();
        if (value === undefined || (JSON.parse(value) as { id?: unknown }).id === method) return String(value);
      }
    };
    const call = (name: string, input: object): Promise<string> => ask('tools/call', { name, arguments: input });
    const clientInfo = { name: 'claude-code', version: '2.1.332' };
    const meta = {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': clientInfo,
      'io.modelcontextprotocol/clientCapabilities': {},
    };
    assert.match(await ask('server/discover', { _meta: meta }), /2026-07-28/);
    await ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
    bridge.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    const taskId = /id=(\w+)/.exec(await call('createTask', { title: 'T', body: 'b' }))?.[1] ?? assert.fail();
    await call('updateTaskStatus', { taskId, status: 'ongoing' });
    await api.call('replyToTask', { workspaceId, taskId, text: 'Use tabs.' });
    assert.match(await call('waitForReply', { taskId }), /Use tabs\./);
    const { url, workspaces } = hub;
    const stopped = await fetch(`${url}/hooks/${workspaceId}/claude-code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${workspaces[0]?.agentToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ session_id: 's1', hook_event_name: 'Stop', stop_hook_active: false }),
    });
    assert.equal(await stopped.text(), '{}');
    bridge.stdin.end();
    await once(bridge, 'exit');
  });

  it('is there for as long as its bridge is, and is another one than the next of its name', async () => {
    const first = await connect();
    const second = await connect();
    const taskId = /id=(\w+)/.exec((await first.plain('createTask', { title: 'T', body: 'b' })).text)?.[1] ?? assert.fail();
    await first.plain('updateTaskStatus', { taskId, status: 'ongoing' });
    await second.plain('getWorkspace');
    await waitFor('the agent', async () => (await api.call('getBoard', {})).agents[0]?.connected === true);
    await api.call('replyToTask', { workspaceId, taskId, text: 'Use tabs.' });
    assert.equal((await second.plain('getWorkspace')).texts.length, 1, 'the words are for whoever works on the task');
    assert.match((await first.plain('getWorkspace')).texts[1] ?? '', /Use tabs/);
  });
});
