import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseFile } from '../../src/hub/storage/databaseFiles.ts';
import { type PresenceMessage, parseStreamMessage } from '../../src/protocol/events.ts';
import type { Presence, Request } from '../../src/protocol/model.ts';
import { openRawStream, type RawStream } from '../support/rawStream.ts';
import { connectAgent } from '../support/testAgent.ts';
import { makeHome, startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// Who is connected and waits for what is no event of the log: it is told to those who watch, and forgotten.

const session = { session_id: 's1', transcript_path: '/t.jsonl', cwd: '/home/me/shop', permission_mode: 'default' };
const ls = { tool_name: 'Bash', tool_input: { command: 'ls -la', description: 'List the files' } };

describe('the presence of agents', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  async function send(event: object): Promise<unknown> {
    const { hub, workspaceId } = test;
    const response = await fetch(`${hub.url}/hooks/${workspaceId}/claude-code`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hub.agentToken(workspaceId)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...session, ...event }),
    });
    return await response.json();
  }

  const requests = async (): Promise<Request[]> => (await test.api.call('getBoard', {})).requests;

  async function answerNext(): Promise<void> {
    await waitFor('the request', async () => (await requests()).some(({ status }) => status === 'open'));
    const request = (await requests()).find(({ status }) => status === 'open') ?? assert.fail();
    const { workspaceId } = test;
    await test.api.call('answerRequest', { workspaceId, requestId: request.id, decision: 'allow' });
    await waitFor('the verdict to be handed over', async () => (await requests()).every(({ handedOver }) => handedOver === true));
  }

  /** What a window knows that has had all of these. */
  function known(stream: RawStream): Map<string, Presence> {
    const all = new Map<string, Presence>();
    for (const { payload } of presencesOf(stream)) {
      if (payload.isComplete) all.clear();
      for (const one of payload.agents) all.set(one.id, one);
    }
    return all;
  }

  const eventsOf = (stream: RawStream): unknown[] =>
    stream.messages.map(({ data }) => {
      const { type, payload } = JSON.parse(data) as { type: string; payload: { status?: string; handedOver?: boolean } };
      return [type, payload.status, ...(payload.handedOver === true ? ['handed over'] : [])].join(' ');
    });

  it('costs no events: a permission by a hook takes four', async () => {
    await send({ hook_event_name: 'SessionStart' });
    const stream = await openRawStream(test.hub);
    const asking = send({ hook_event_name: 'PermissionRequest', ...ls });
    await answerNext();
    await asking;
    await send({ hook_event_name: 'PostToolUse', ...ls, tool_use_id: 'toolu_1', tool_response: {} });
    await send({ hook_event_name: 'Stop', stop_hook_active: false });
    await stream.waitForMessages(4);
    stream.close();
    assert.deepEqual(eventsOf(stream), [
      'request.created open',
      'request.updated answered',
      'request.updated answered handed over',
      'request.updated acted handed over',
    ]);
  });

  it('costs no events: a permission by a tool takes as many as it has states', async () => {
    const agent = await connectAgent('modern', test.agentAddress(), 'claude-code');
    const taskId = await agent.createTask('T');
    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
    const stream = await openRawStream(test.hub);
    const asking = agent.call('requestPermission', { tool_name: 'Bash', input: { command: 'ls' } });
    await answerNext();
    await asking;
    await agent.call('getWorkspace');
    await stream.waitForMessages(4);
    assert.deepEqual(eventsOf(stream), [
      'request.created open',
      'request.updated answered',
      'request.updated answered handed over',
      'request.updated delivered handed over',
    ]);
    stream.close();
    await agent.close();
  });

  it('is told without an id, and at once to a window that joins', async () => {
    const agent = await connectAgent('legacy', test.agentAddress(), 'claude-code');
    const early = await openRawStream(test.hub);
    const asking = agent.call('askHuman', { question: 'Now?', wait_s: 50 });
    await waitFor('the question', async () => (await requests()).length === 1);
    const [request = assert.fail()] = await requests();
    const waits = (stream: RawStream): boolean =>
      [...known(stream).values()].some(({ connected, waitingFor }) => connected && waitingFor?.[0] === request.id);
    await waitFor('the first window to hear that it waits', () => waits(early));
    const joined = await openRawStream(test.hub);
    await waitFor('the second one to hear of it', () => waits(joined));
    assert.deepEqual(
      [presencesOf(joined).length, presencesOf(joined)[0]?.payload.isComplete, joined.messages],
      [1, true, []],
      'with the first frame, and nothing of the log',
    );
    const elsewhere = test.hub.openWorkspace('other').id;
    const other = await openRawStream(test.hub, { path: `/api/v1/workspaces/${elsewhere}/events` });
    await waitFor('the stream of another workspace', () => other.presences.length === 1);
    assert.equal(known(other).size, 0);
    await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: request.id, text: 'Yes.' });
    await asking;
    await waitFor('all to hear that it no longer waits', () => !waits(early) && !waits(joined));
    for (const stream of [early, joined, other]) {
      assert.ok(stream.presences.every(({ id }) => id === undefined));
      stream.close();
    }
    await agent.close();
  });

  it('tells windows of all workspaces that something is refused again and again, and nothing of what it sent', async () => {
    const stream = await openRawStream(test.hub);
    const single = await openRawStream(test.hub, { path: `/api/v1/workspaces/${test.workspaceId}/events` });
    const refuse = async (): Promise<void> => {
      const address = `${test.hub.url}/mcp/${test.workspaceId}`;
      const { status } = await fetch(address, { method: 'POST', headers: { authorization: 'Bearer arq_secretOfSomebodyElse' } });
      assert.equal(status, 401);
    };
    const told = (one: RawStream): unknown[] => presencesOf(one).flatMap(({ payload }) => payload.refused?.count ?? []);
    for (let times = 0; times < 3; times += 1) await refuse();
    await waitFor('the window to hear of it', () => told(stream).length === 1);
    assert.deepEqual(told(stream), [3]);
    const joined = await openRawStream(test.hub);
    await waitFor('a window that joins to hear of it', () => told(joined).length === 1);
    assert.doesNotMatch(JSON.stringify([stream.presences, joined.presences]), /secretOfSomebodyElse/);
    assert.deepEqual(told(single), []);
    for (const one of [stream, single, joined]) one.close();
  });

  describe('after a restart of the hub', () => {
    let home: string;

    beforeEach(() => {
      home = makeHome();
    });

    afterEach(() => rmSync(home, { recursive: true, force: true }));

    async function leaveAgent(): Promise<string> {
      const before = await startTestHub({ home });
      const agent = await connectAgent('modern', before.agentAddress(), 'claude-code');
      await agent.call('getWorkspace');
      await agent.close();
      const [row = assert.fail()] = (await before.api.call('getBoard', {})).agents;
      assert.equal(row.connected, true);
      await before.hub.close();
      return row.lastHeardAt;
    }

    async function agentRow({ api, hub }: TestHub): Promise<{ connected: boolean; waitingFor?: unknown; lastHeardAt: string }> {
      const { cursor } = await api.call('getBoard', {});
      const stream = await openRawStream(hub, { lastEventId: cursor });
      await waitFor('the presence', () => stream.presences.length === 1);
      stream.close();
      assert.deepEqual(presencesOf(stream)[0]?.payload, { agents: [], isComplete: true });
      const [{ connected, waitingFor, lastHeardAt } = assert.fail()] = (await api.call('getBoard', {})).agents;
      return { connected, waitingFor, lastHeardAt };
    }

    it('nobody is connected, and it is known when each agent was last heard', async () => {
      const lastHeardAt = await leaveAgent();
      const after = await startTestHub({ home });
      assert.deepEqual(await agentRow(after), { connected: false, waitingFor: undefined, lastHeardAt });
      await after.hub.close();
    });

    it('that has a database of before, with presence in its rows and its log, nobody is connected either', async () => {
      const lastHeardAt = await leaveAgent();
      const database = new DatabaseSync(join(home, databaseFile));
      database.exec(`UPDATE agents SET connected = 1, waitingFor = '["request0001"]', hears = 'now'`);
      const row = database.prepare('SELECT id, workspaceId, name FROM agents').get() ?? assert.fail();
      const payload = { ...row, connected: true, lastHeardAt, waitingFor: ['request0001'] };
      const { lastInsertRowid } = database
        .prepare(`INSERT INTO events (workspaceId, at, type, payload, total) VALUES (?, ?, 'agent.updated', ?, 1000)`)
        .run(String(row['workspaceId']), lastHeardAt, JSON.stringify(payload));
      const epoch = String(database.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).get()?.['value']);
      database.close();
      const after = await startTestHub({ home });
      assert.deepEqual(await agentRow(after), { connected: false, waitingFor: undefined, lastHeardAt });
      const stream = await openRawStream(after.hub, { lastEventId: `${epoch}.${Number(lastInsertRowid) - 1}` });
      const [message = assert.fail()] = await stream.waitForMessages(1);
      stream.close();
      assert.deepEqual(JSON.parse(message.data), { type: 'agent.updated', payload });
      await after.hub.close();
    });
  });
});

function presencesOf({ presences }: RawStream): PresenceMessage[] {
  return presences.map(({ data }) => {
    const parsed = parseStreamMessage(data);
    assert.ok(parsed.kind === 'message' && parsed.message.type === 'agents.presence');
    return parsed.message;
  });
}
