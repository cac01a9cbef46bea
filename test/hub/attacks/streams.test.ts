import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { heartbeatMs, streamsPerToken } from '../../../src/protocol/limits.ts';
import { systemClock } from '../../../src/util/clock.ts';
import { type HostileTarget, heldBytes, startHostileTarget, waitForMemory } from '../../support/hostileTarget.ts';
import { openConnection, type RawConnection, requestBytes } from '../../support/rawHttp.ts';
import { openRawStream } from '../../support/rawStream.ts';
import { connectAgent } from '../../support/testAgent.ts';
import { waitFor } from '../../support/waitFor.ts';

/** What ends a line somewhere, or a frame, or looks like one. */
const injections = ['\n', '\r', '\r\n', '\n\n', '\r\r', '\0', '\u2028', '\u2029', '\u0085', '\u000b', '\u000c'].flatMap((end) => [
  `a${end}id: evil.1${end}event: forged${end}data: {"type":"forged"}${end}${end}`,
  `${end}retry: 1${end}`,
  `${end}: comment${end}data: x`,
]);

describe('the event stream, attacked', () => {
  let hub: HostileTarget;
  before(async () => (hub = await startHostileTarget()));
  after(() => hub.finish());

  const open = (headers: Record<string, string> = {}, target = '/api/v1/events/stream'): RawConnection => {
    const connection = openConnection(hub.port);
    connection.write(requestBytes(hub.port, { target, headers: { ...hub.person, connection: undefined, ...headers } }));
    return connection;
  };

  it('no title, text, tool or name of an agent breaks out of its frame', async () => {
    const stream = await openRawStream(hub.hub);
    const legacy = await openRawStream(hub.hub, { path: hub.rest('/events') });
    let agents = 0;
    for (const evil of injections) {
      await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: `t${evil}`, body: evil });
      const agent = await connectAgent(agents % 2 === 0 ? 'modern' : 'legacy', hub.agentAddress(), `n${evil}`);
      agents += 1;
      await agent.call('createTask', { title: `t${evil}`, body: `b${evil}` });
      await agent.call('askHuman', { question: `q${evil}`, choices: [`c${evil}`, 'd'], wait_s: 0 });
      await agent.close();
      const hook = {
        hook_event_name: 'Notification',
        session_id: 's',
        notification_type: 'permission_prompt',
        message: `m${evil}`,
        tool_name: `t${evil}`,
      };
      await hub.send({ method: 'POST', target: `/hooks/${hub.workspaceId}/claude-code`, headers: hub.agent(), body: JSON.stringify(hook) });
    }
    const { task } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'the last one' });
    for (const { messages, presences, text, close } of [stream, legacy]) {
      await waitFor('everything to arrive', () => text().includes(task.id));
      for (const { id, event, data } of messages) {
        assert.match(id ?? '', /^[0-9a-f]{12}\.\d+$/);
        assert.equal(event, undefined);
        assert.notEqual((JSON.parse(data) as { type: string }).type, 'forged');
      }
      for (const { id, event, data } of presences) {
        assert.deepEqual([id, event, (JSON.parse(data) as { type: string }).type], [undefined, 'presence', 'agents.presence']);
      }
      for (const line of text().split('\n'))
        assert.match(line, /^(|: ?(agentrq)?|retry: 1000|id: [0-9a-f]{12}\.\d+|event: presence|data: \{.*\})$/u);
      assert.doesNotMatch(text(), /[\r\0\u2028\u2029]/);
      close();
    }
  });

  it('neither does anything that an agent reads over its own streams', async () => {
    for (const evil of injections) {
      const { task } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'for an agent', body: evil });
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id: evil,
        method: 'tools/call',
        params: {
          name: 'getTask',
          arguments: { taskId: task.id },
          _meta: {
            'io.modelcontextprotocol/protocolVersion': '2026-07-28',
            'io.modelcontextprotocol/clientInfo': { name: evil, version: evil },
            'io.modelcontextprotocol/clientCapabilities': {},
          },
        },
      });
      const headers = {
        ...hub.agent(),
        accept: 'text/event-stream, application/json',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'getTask',
      };
      const reply = await hub.send({ method: 'POST', target: `/mcp/${hub.workspaceId}`, headers, body });
      assert.equal(reply.status, 200);
      const events: EventSourceMessage[] = [];
      createParser({ onEvent: (event) => events.push(event) }).feed(reply.body);
      assert.deepEqual(
        events.map(({ event, data }) => [event, (JSON.parse(data) as { id: string }).id]),
        [['message', evil]],
      );
    }
  });

  it('a place that is none, or of another log, gets one reset and the stream; a place before it is replayed', async () => {
    const head = (await hub.api.call('getBoard', {})).cursor;
    const [epoch = ''] = head.split('.');
    const garbage = [
      'x',
      '-1',
      `${epoch}.-1`,
      `${epoch}.1e3`,
      `${epoch}.999999999999999999999`,
      `${epoch}.0x1`,
      '0.0',
      epoch,
      `${epoch}.`,
      `.${epoch}`,
      `${head}, ${head}`,
      `${epoch}.01`,
      "' OR 1=1 --",
      '__proto__',
      'ffffffffffff.1',
      `${epoch}.99999`,
      'x'.repeat(6_000),
      '%0d%0adata: x',
      '\u00ff\u00fe',
    ];
    for (const place of garbage) {
      for (const connection of [
        open({ 'last-event-id': place }),
        open({}, `/api/v1/events/stream?lastEventId=${encodeURIComponent(place)}`),
      ]) {
        await waitFor('the reset', () => connection.text().includes('"type":"reset"'));
        assert.match(connection.text(), /^HTTP\/1\.1 200 /);
        assert.equal(connection.text().match(/^id: /gm)?.length, 1, place.slice(0, 40));
        assert.equal(connection.text().match(/^data: (?!\{"type":"agents\.presence")/gm)?.length, 1, place.slice(0, 40));
        connection.destroy();
      }
    }
    const replay = open({ 'last-event-id': `${epoch}.0` });
    await waitFor('the replay', () => replay.text().includes(`id: ${head}\n`));
    replay.destroy();
  });

  it('readers that stop reading hold nothing, and the others go on', async () => {
    const { task } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'a lot' });
    const stuck = Array.from({ length: 50 }, () => open());
    await waitFor('all of them to be open', () => stuck.every((connection) => connection.text().includes(': agentrq')));
    for (const connection of stuck) connection.pause();
    const reader = await openRawStream(hub.hub);
    const before = heldBytes();
    const text = 'x'.repeat(100_000);
    for (let sent = 0; sent < 100; sent += 1) await hub.api.call('replyToTask', { workspaceId: hub.workspaceId, taskId: task.id, text });
    await reader.waitForMessages(100);
    reader.close();
    reader.messages.length = 0;
    // The newest frames that all share, what the sockets of this test took, and what one write left in each of them.
    assert.ok(heldBytes() - before < 80 << 20, `${(heldBytes() - before) >> 20} MiB for 50 readers of 10 MB each`);
    for (const connection of stuck) connection.destroy();
  });

  it('300 streams: no more than there may be, with a clear word, and the places are given back', async () => {
    const before = heldBytes();
    const streams = Array.from({ length: 300 }, () => open());
    await waitFor('all of them to be answered', () => streams.every((connection) => connection.text().includes('\r\n\r\n')));
    const let_in = streams.filter((connection) => connection.text().startsWith('HTTP/1.1 200'));
    const refused = streams.filter((connection) => connection.text().startsWith('HTTP/1.1 429'));
    assert.deepEqual([let_in.length, refused.length], [streamsPerToken, 300 - streamsPerToken]);
    assert.match(refused[0]?.text() ?? '', /"code":"too_many_requests","message":"200 event streams are open with this token\. Close some/);
    assert.equal((await hub.send({ target: '/api/v1/board', headers: hub.person })).status, 200, 'what is no stream goes on');
    for (const connection of streams) connection.destroy();
    await waitFor('a place', async () => {
      const again = open();
      await waitFor('an answer', () => again.text().includes('\r\n\r\n'));
      again.destroy();
      return again.text().startsWith('HTTP/1.1 200');
    });
    await waitForMemory(before, 16 << 20);
  });

  it('says what it is, and that nobody keeps it', async () => {
    const connection = open();
    await waitFor('the headers', () => connection.text().includes('\r\n\r\n'));
    const [head = ''] = connection.text().toLowerCase().split('\r\n\r\n');
    for (const header of ['content-type: text/event-stream', 'cache-control: no-store, no-transform', 'x-content-type-options: nosniff'])
      assert.ok(head.includes(header), head);
    connection.destroy();
  });
});

describe("the user's streams", () => {
  it('end within a heartbeat when their token is taken out of the file, and others stay', async () => {
    const beats: (() => void)[] = [];
    const clock = {
      ...systemClock,
      every: (ms: number, fn: () => void) => (ms === heartbeatMs && beats.push(fn), systemClock.every(ms, fn)),
    };
    const hub = await startHostileTarget({ clock });
    const file = join(hub.home, 'persons');
    const other = 'another-editor-of-the-same-person-0123456789';
    const { registerUser } = await import('../../../src/hub/identity/userTokens.ts');
    registerUser(hub.home, other);
    const stream = await openRawStream({ url: hub.hub.url, userToken: other });
    const own = await openRawStream(hub.hub);
    await waitFor('both to be open', () => stream.text() !== '' && own.text() !== '');
    const asOther = { ...hub.person, authorization: `Bearer ${other}` };
    assert.equal((await hub.send({ target: '/api/v1/board', headers: asOther })).status, 200);

    const [first = ''] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, `${first}\n`);
    assert.equal((await hub.send({ target: '/api/v1/board', headers: asOther })).status, 401, 'the very next request');
    for (const beat of beats) beat();
    const { task } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'after that' });
    await waitFor('the other stream to hear of it', () => own.text().includes(task.id));
    assert.ok(!stream.text().includes(task.id));
    own.close();
    await hub.finish();
  });

  it('a reader that takes nothing for a minute loses its connection, and its place to nobody', async () => {
    const beats: (() => void)[] = [];
    let ahead = 0;
    const clock = {
      ...systemClock,
      now: () => systemClock.now() + ahead,
      every: (ms: number, fn: () => void) => (ms === heartbeatMs && beats.push(fn), systemClock.every(ms, fn)),
    };
    const hub = await startHostileTarget({ clock });
    const { task } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'a lot' });
    const stuck = openConnection(hub.port);
    stuck.write(requestBytes(hub.port, { target: '/api/v1/events/stream', headers: { ...hub.person, connection: undefined } }));
    await waitFor('it to be open', () => stuck.text().includes(': agentrq'));
    stuck.pause();
    const reader = await openRawStream(hub.hub);
    for (let sent = 0; sent < 60; sent += 1)
      await hub.api.call('replyToTask', { workspaceId: hub.workspaceId, taskId: task.id, text: 'x'.repeat(200_000) });
    await reader.waitForMessages(60);
    const beat = (ms: number): void => {
      ahead += ms;
      for (const fn of beats) fn();
    };
    beat(0);
    beat(59_000);
    await reader.waitForMessages(60);
    assert.equal(stuck.closed, false);
    beat(1_000);
    stuck.resume();
    await waitFor('it to be cut off', () => stuck.closed);
    const { task: last } = await hub.api.call('createTask', { workspaceId: hub.workspaceId, title: 'go on' });
    await waitFor('the other to hear of it', () => reader.text().includes(last.id));
    reader.close();
    await hub.finish();
  });
});
