import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { createParser } from 'eventsource-parser';
import { createEventStream, type ReceivedEvent } from '../../src/client/eventStream.ts';
import { parseCursor } from '../../src/protocol/cursor.ts';
import { systemClock } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { type CuttableProxy, startCuttableProxy } from '../support/cuttableProxy.ts';
import { openConnection, requestBytes } from '../support/rawHttp.ts';
import { openRawStream } from '../support/rawStream.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

/** How many write at the same time in a burst. */
const writers = 50;

describe("the hub's event stream", () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  const create = (title: string, body = '') => test.api.call('createTask', { workspaceId: test.workspaceId, title, body });
  const cursor = async () => (await test.api.call('getBoard', {})).cursor;

  it('says at once that it is open, how long to wait before coming back, and where the log stands', async () => {
    const stream = await openRawStream(test.hub);
    assert.equal(stream.headers.get('content-type'), 'text/event-stream');
    assert.equal(stream.headers.get('agentrq-cursor'), await cursor());
    await waitFor('the opening', () => stream.text().includes('\n\n'));
    assert.match(stream.text(), /^retry: 1000\n: agentrq\n\n/);
    stream.close();
  });

  it('tells each change once, in order, with the thing itself', async () => {
    const stream = await openRawStream(test.hub);
    const { task } = await create('One');
    await test.api.call('changeTaskStatus', { workspaceId: test.workspaceId, taskId: task.id, value: 'ongoing' });
    await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: task.id, text: 'hello' });
    await test.api.call('deleteTask', { workspaceId: test.workspaceId, taskId: task.id });
    const messages = await stream.waitForMessages(4);
    assert.deepEqual(
      messages.map(({ data }) => (JSON.parse(data) as { type: string }).type),
      ['task.created', 'task.updated', 'message.created', 'task.deleted'],
    );
    assert.deepEqual(JSON.parse(messages[0]?.data ?? ''), { type: 'task.created', payload: task });
    assert.deepEqual(
      messages.map(({ event }) => event),
      Array(4).fill(undefined),
      'plain listeners get all of them',
    );
    stream.close();
  });

  it('goes on after Last-Event-ID, in the header or in the query', async () => {
    const from = await cursor();
    await create('One');
    await create('Two');
    const queries = ['lastEventId', 'Last-Event-ID', 'last_event_id'].map((name) => ({ path: `/api/v1/events/stream?${name}=${from}` }));
    for (const options of [{ lastEventId: from }, ...queries]) {
      const stream = await openRawStream(test.hub, options);
      const titles = (await stream.waitForMessages(2)).map(
        ({ data }) => (JSON.parse(data) as { payload: { title: string } }).payload.title,
      );
      assert.deepEqual(titles, ['One', 'Two']);
      stream.close();
    }
  });

  it('joins a snapshot without a gap or a repeat', async () => {
    const writing = (async () => {
      for (let index = 0; index < 50; index += 1) await create(`Task ${index}`);
    })();
    await create('before');
    const snapshot = await test.api.call('getBoard', {});
    const stream = await openRawStream(test.hub, { lastEventId: snapshot.cursor });
    await writing;
    const missing = 51 - snapshot.tasks.length;
    const created = (await stream.waitForMessages(missing)).map(({ data }) => (JSON.parse(data) as { payload: { id: string } }).payload.id);
    const all = [...snapshot.tasks.map(({ id }) => id), ...created];
    assert.equal(new Set(all).size, 51);
    assert.equal(all.length, 51);
    stream.close();
  });

  it('asks for a new snapshot when the log is another one, or does not reach back', async () => {
    const epoch = parseCursor(await cursor())?.epoch ?? '';
    for (const [lastEventId, reason] of [
      ['000000000000.1', 'other-log'],
      [`${epoch}.999999`, 'other-log'],
      ['nonsense', 'bad-cursor'],
    ] as const) {
      const stream = await openRawStream(test.hub, { lastEventId });
      const [message] = await stream.waitForMessages(1);
      const expected = { type: 'reset', payload: { reason, cursor: await cursor() } };
      assert.deepEqual(JSON.parse(message?.data ?? ''), expected);
      assert.equal(message?.id, expected.payload.cursor);
      stream.close();
    }
  });

  it('tells of one workspace alone where that is asked', async () => {
    const { workspace } = await test.api.call('openWorkspace', { name: 'other' });
    const stream = await openRawStream(test.hub, { path: `/api/v1/workspaces/${workspace.id}/events` });
    await create('elsewhere');
    await test.api.call('createTask', { workspaceId: workspace.id, title: 'here' });
    await create('elsewhere again');
    await test.api.call('createTask', { workspaceId: workspace.id, title: 'here too' });
    const messages = await stream.waitForMessages(2);
    assert.deepEqual(
      messages.map(({ data }) => (JSON.parse(data) as { payload: { title: string } }).payload.title),
      ['here', 'here too'],
    );
    stream.close();
  });

  it('carries any text without letting it break out of its frame', async () => {
    const hostile = 'a\r\n\r\ndata: {"type":"task.deleted"}\n\nid: 1.1\revent: x\u0000\u2028\u2029\ud800 \u{1f600}';
    const stream = await openRawStream(test.hub);
    const { task } = await create('x', hostile);
    const [message] = await stream.waitForMessages(1);
    assert.equal(stream.messages.length, 1);
    assert.deepEqual(JSON.parse(message?.data ?? ''), { type: 'task.created', payload: task });
    assert.equal(task.body, hostile.replace('\ud800', '\ufffd'));
    assert.doesNotMatch(stream.text(), /[\r\0\u2028\u2029]/);
    stream.close();
  });

  it('brings 1,000 events of a burst to an EventSource that is cut five times, each once and in order', async () => {
    const proxy: CuttableProxy = await startCuttableProxy(test.hub.url);
    const received: ReceivedEvent[] = [];
    const stream = createEventStream({
      address: async () => ({ url: proxy.url, token: test.hub.userToken }),
      fetch,
      clock: systemClock,
      random: () => 0,
      log: nullLog,
    });
    stream.onDidReceive((event) => received.push(event));
    const start = parseCursor(await cursor()) ?? assert.fail();
    stream.start(start);
    await waitFor('the stream to be live', () => stream.state.kind === 'live');

    // Each has one request under way. A thousand at once would be more than a busy machine reads before the hub takes them for slow.
    const write = async (from: number): Promise<void> => {
      for (let index = from; index < 1_000; index += writers) await create(`Task ${index}`);
    };
    const cutFiveTimes = async (): Promise<void> => {
      for (const share of [0.1, 0.3, 0.5, 0.7, 0.9]) {
        // Events that have come already may be more than that before the stream is connected again.
        await waitFor(`${share} of the events, and a connection`, () => received.length >= share * 1_000 && proxy.isOpen);
        proxy.cut();
      }
    };
    await Promise.all([cutFiveTimes(), ...Array.from({ length: writers }, (_, from) => write(from))]);
    await waitFor(`all events (there are ${received.length})`, () => received.length >= 1_000);

    assert.equal(proxy.cuts, 5);
    assert.deepEqual(
      received.map((event) => event.cursor.number),
      Array.from({ length: 1_000 }, (_, index) => start.number + index + 1),
    );
    const titles = new Set(received.map(({ event }) => (event.type === 'task.created' ? event.payload.title : '')));
    assert.equal(titles.size, 1_000);
    stream.dispose();
    await proxy.close();
  });

  it('keeps nothing for a reader that stands still, loses nothing for it, and lets the others go on', async () => {
    const { port } = new URL(test.hub.url);
    const stalled = request({
      port,
      host: '127.0.0.1',
      path: '/api/v1/events/stream',
      headers: { authorization: `Bearer ${test.hub.userToken}` },
    }).end();
    const [response] = (await once(stalled, 'response')) as [IncomingMessage];
    response.pause();
    const quick = await openRawStream(test.hub);
    // More than the kernel's buffers and the hub's own batch take up.
    const body = 'x'.repeat(150_000);
    for (let index = 0; index < 100; index += 1) await create(`Task ${index}`, body);
    await quick.waitForMessages(100);

    const ids: string[] = [];
    const parser = createParser({ onEvent: ({ id = '' }) => ids.push(id) });
    response
      .setEncoding('utf8')
      .on('data', (chunk: string) => parser.feed(chunk))
      .resume();
    await waitFor('the stalled reader to catch up', () => ids.length >= 100);
    assert.deepEqual(
      ids,
      quick.messages.map(({ id }) => id),
    );
    quick.close();
    stalled.destroy();
  });

  it('is whole for a reader that sent another request before it on the same connection, and ends in order', async () => {
    const { port } = new URL(test.hub.url);
    const socket = connect(Number(port), '127.0.0.1');
    let text = '';
    let ended = false;
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    socket.on('end', () => (ended = true));
    const head = (path: string) => `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${test.hub.userToken}\r\n\r\n`;
    socket.write(head('/api/v1/board') + head('/api/v1/events/stream'));
    await waitFor('the stream', () => text.includes(': agentrq'));
    await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'Behind another' });
    await waitFor('the event', () => text.includes('Behind another'));
    const responses = () => text.split('HTTP/1.1 200 OK\r\n');
    const [, board = '', stream = ''] = responses();
    assert.match(board, /"workspaces":/);
    assert.match(stream, /transfer-encoding: chunked/i);
    await test.dispose();
    await waitFor('the end', () => ended);
    const [, body = ''] = /\r\n\r\n([^]*)$/.exec(responses()[2] ?? '') ?? [];
    assert.equal(dechunk(body).ended, true, 'the last chunk has come');
    test = await startTestHub();
    assert.match(dechunk(body).text, /^retry: 1000\n: agentrq\n\nid: [0-9a-z]+\.\d+\ndata: /);
  });

  it('has no chunks for a reader that speaks HTTP/1.0, which knows none', async () => {
    const port = Number(new URL(test.hub.url).port);
    const connection = openConnection(port);
    const headers = { authorization: `Bearer ${test.hub.userToken}` };
    connection.write(requestBytes(port, { target: '/api/v1/events/stream', version: 'HTTP/1.0', headers }));
    await waitFor('the stream', () => connection.text().includes(': agentrq'));
    await create('For an old reader');
    await waitFor('the event', () => connection.text().includes('For an old reader'));
    assert.match(connection.text(), /\r\n\r\nretry: 1000\n: agentrq\n\nid: [0-9a-z]+\.\d+\ndata: .*\n\n$/);
    connection.destroy();
  });
});

/** The body of a response in chunks, read to the letter. */
function dechunk(body: string): { text: string; ended: boolean } {
  let rest = Buffer.from(body);
  let text = '';
  for (;;) {
    const line = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.subarray(0, line).toString(), 16);
    assert.ok(line > 0 && Number.isInteger(size), `a chunk begins with its size, not with ${rest.subarray(0, 20).toString()}`);
    if (size === 0) return { text, ended: true };
    text += rest.subarray(line + 2, line + 2 + size).toString();
    rest = rest.subarray(line + 2 + size + 2);
    if (rest.length === 0) return { text, ended: false };
  }
}
