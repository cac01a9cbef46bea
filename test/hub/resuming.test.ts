import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { resumeMs } from '../../src/protocol/limits.ts';
import { apiOf } from '../support/apiOf.ts';
import { type CuttableProxy, startCuttableProxy } from '../support/cuttableProxy.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { lastEventId, openRawSession } from '../support/rawMcp.ts';
import { startTestEndpoint, type TestEndpoint, waitingFor } from '../support/testEndpoint.ts';
import { makeHome, startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// Connections of the older era that break, and clients that come back for what they missed.

/** What a client sent, as it went out, and what came back. */
interface Sent {
  method: string;
  body: string;
  lastEventId: string | null;
  status: number | undefined;
}

/** A client of the 1.x SDK through `proxyUrl`, and its requests. */
async function connectThrough(proxyUrl: string, { mcpUrl, agentToken }: { mcpUrl: string; agentToken: string }) {
  const sent: Sent[] = [];
  let mayComeBack = Promise.resolve();
  const transport = new StreamableHTTPClientTransport(new URL(mcpUrl.replace(/^http:\/\/[^/]+/, proxyUrl)), {
    requestInit: { headers: { Authorization: `Bearer ${agentToken}` } },
    reconnectionOptions: { initialReconnectionDelay: 5, maxReconnectionDelay: 50, reconnectionDelayGrowFactor: 2, maxRetries: 100 },
    fetch: async (url, init) => {
      const entry: Sent = {
        method: init?.method ?? 'GET',
        body: typeof init?.body === 'string' ? init.body : '',
        lastEventId: new Headers(init?.headers).get('last-event-id'),
        status: undefined,
      };
      sent.push(entry);
      if (entry.lastEventId !== null) await mayComeBack;
      const response = await fetch(url, init);
      entry.status = response.status;
      return response;
    },
  });
  const client = new Client({ name: 'test-agent', version: '1' });
  await client.connect(transport);
  const standing = (): Sent[] => sent.filter(({ method, status }) => method === 'GET' && status === 200);
  await waitFor('the stream of the session', () => standing().length === 1);
  const call = async (name: string, args: Record<string, unknown>) => {
    const { content } = (await client.callTool({ name, arguments: args })) as { content: { text: string }[] };
    return content.map(({ text }) => text);
  };
  /** Its requests for the rest of a stream go out once what is returned was called. */
  const holdBack = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    mayComeBack = promise;
    return resolve;
  };
  return { client, sent, call, holdBack };
}

describe('a call whose connection breaks', () => {
  let test: TestHub;
  let proxy: CuttableProxy;

  beforeEach(async () => {
    test = await startTestHub();
    proxy = await startCuttableProxy(test.hub.url);
  });

  afterEach(async () => {
    await proxy.close();
    await test.dispose();
  });

  const requests = async () => (await test.api.call('getBoard', {})).requests;

  async function ask(): Promise<{ agent: Awaited<ReturnType<typeof connectThrough>>; asking: Promise<string[]>; requestId: string }> {
    const agent = await connectThrough(proxy.url, test.agentAddress());
    const asking = agent.call('askHuman', { question: 'Which?', wait_s: 50 });
    await waitFor('the question', async () => (await requests()).length === 1);
    const requestId = (await requests())[0]?.id ?? '';
    return { agent, asking, requestId };
  }

  const answer = async (requestId: string) => {
    await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId, text: 'This one.' });
  };

  it('goes on, and the client has its answer when it comes back, without asking twice', async () => {
    const { agent, asking, requestId } = await ask();
    proxy.cut();
    const back = () => agent.sent.filter(({ method, lastEventId: place, status }) => method === 'GET' && place !== null && status === 200);
    await waitFor('the client to come back for both streams', () => back().length === 2);
    await answer(requestId);
    assert.match((await asking)[0] ?? '', /^The user answered: This one\./);
    assert.equal(agent.sent.filter(({ body }) => body.includes('tools/call')).length, 1);
    assert.equal((await agent.call('getWorkspace', {})).length, 1, 'it is not said a second time');
    await agent.client.close();
  });

  it('has its answer kept while nobody is there for it', async () => {
    const { agent, asking, requestId } = await ask();
    const comeBack = agent.holdBack();
    proxy.cut();
    await answer(requestId);
    assert.equal(agent.sent.filter(({ lastEventId: place, status }) => place !== null && status !== undefined).length, 0);
    comeBack();
    assert.match((await asking)[0] ?? '', /^The user answered: This one\./);
    assert.equal((await agent.call('getWorkspace', {})).length, 1, 'it is not said a second time');
    assert.equal((await requests())[0]?.status, 'delivered');
    await agent.client.close();
  });

  it('may break again and again', async () => {
    const { agent, asking, requestId } = await ask();
    for (let count = 1; count <= 2; count += 1) {
      proxy.cut();
      await waitFor(
        'the client to come back',
        () => agent.sent.filter((each) => each.lastEventId?.startsWith('c.') === true && each.status === 200).length === count,
      );
    }
    await answer(requestId);
    assert.match((await asking)[0] ?? '', /^The user answered: This one\./);
    await agent.client.close();
  });
});

describe('a client that comes back for a stream', () => {
  let test: TestEndpoint;

  beforeEach(async () => {
    test = await startTestEndpoint();
  });

  afterEach(() => test.dispose());

  const openQuestion = async () => {
    await waitFor('the question', () => test.context.store.requests.live().length === 1);
    return test.context.store.requests.live()[0]?.id ?? '';
  };

  it('is sent nothing twice that came over another stream', async () => {
    const agent = await openRawSession(test.address());
    const stream = await agent.listen();
    const calling = await agent.call(1, 'askHuman', { question: 'Which?', wait_s: 20 });
    await openQuestion();
    await test.endpoint.streams.notify(agent.sessionId ?? '', 'notifications/test', { n: 1 });
    await stream.waitForMessage('the notification', ({ method }) => method === 'notifications/test');
    const place = await lastEventId(calling);
    calling.cut();
    const resumed = await agent.listen(place);
    await agent.call(2, 'getWorkspace');
    assert.deepEqual(resumed.messages(), []);
    assert.equal(stream.ended(), false, 'the stream of the session is another one');
    agent.close();
  });

  it('finds nothing where all was said, and keeps the stream of its session', async () => {
    const agent = await openRawSession(test.address());
    const stream = await agent.listen();
    const answered = await agent.call(1, 'getWorkspace');
    await answered.whole();
    assert.equal((await agent.listen(await lastEventId(answered))).status, 405);
    assert.equal(stream.ended(), false);
    agent.close();
  });

  it('gets a result once more that was written, for it may have been lost on the way', async () => {
    const agent = await openRawSession(test.address());
    const answered = await agent.call('one', 'getWorkspace');
    const [result] = await answered.whole();
    const primed = /^id: (.*)$/m.exec(answered.text())?.[1];
    const again = await agent.listen(primed);
    assert.deepEqual(await again.whole(), [result]);
    agent.close();
  });

  it('does not come: its call ends after a while, and the question stays', async () => {
    const agent = await openRawSession(test.address());
    const calling = await agent.call(1, 'askHuman', { question: 'Which?', wait_s: 3_000 });
    const requestId = await openQuestion();
    const waiting = () => waitingFor(test);
    await waitFor('the call to wait', () => waiting()?.includes(requestId) === true);
    const pending = test.clock.pending;
    calling.cut();
    await waitFor('the hub to notice', () => test.clock.pending > pending);
    test.clock.advance(resumeMs - 1);
    assert.deepEqual(waiting(), [requestId]);
    test.clock.advance(1);
    await waitFor('the call to end', () => waiting() === undefined);
    assert.equal(test.context.store.requests.get(requestId)?.status, 'open');
    agent.close();
  });

  it('comes in time: its call goes on as long as it was to wait', async () => {
    const agent = await openRawSession(test.address());
    const calling = await agent.call(1, 'askHuman', { question: 'Which?', wait_s: 50 });
    await openQuestion();
    const place = await lastEventId(calling);
    const pending = test.clock.pending;
    calling.cut();
    await waitFor('the hub to notice', () => test.clock.pending > pending);
    const resumed = await agent.listen(place);
    test.clock.advance(resumeMs);
    await agent.call(2, 'getWorkspace');
    assert.equal(resumed.ended(), false);
    test.clock.advance(50_000 - resumeMs);
    assert.match(JSON.stringify(await resumed.whole()), /Pending/);
    agent.close();
  });

  it('is sent again what the user said, if it never came for the result that carried it', async () => {
    const agent = await openRawSession(test.address());
    const calling = await agent.call(1, 'askHuman', { question: 'Which?', wait_s: 40 });
    const requestId = await openQuestion();
    const pending = test.clock.pending;
    calling.cut();
    await waitFor('the hub to notice', () => test.clock.pending > pending);
    const request = test.context.store.requests.get(requestId);
    assert.ok(request);
    test.context.transact((changes) =>
      changes.updateRequest({ ...request, status: 'answered', answer: { choices: [], text: 'This one.', at: request.createdAt } }),
    );
    await waitFor('the call to end', () => waitingFor(test) === undefined);
    const next = await agent.call(2, 'waitForReply', { wait_s: 0 });
    assert.match(JSON.stringify(await next.whole()), /This one\./);
    agent.close();
  });

  it('of a revision that knows no empty events gets none', async () => {
    const agent = await openRawSession(test.address(), '2025-06-18');
    const stream = await agent.listen();
    const answered = await agent.call(1, 'getWorkspace');
    await answered.whole();
    for (const { text } of [stream, answered]) assert.doesNotMatch(text(), /^data: ?$/m);
    assert.match(await lastEventId(answered), /^c\./);
    agent.close();
  });

  it('is not answered about a call that it cancelled, but its stream ends', async () => {
    const agent = await openRawSession(test.address());
    const calling = await agent.call(1, 'askHuman', { question: 'Which?', wait_s: 3_000 });
    await openQuestion();
    await agent.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1, reason: 'time-out' } });
    const [last] = await calling.whole();
    assert.equal(last?.error?.message, 'The request was cancelled.');
    await waitFor('the call to end', () => waitingFor(test) === undefined);
    agent.close();
  });
});

describe('what the hub says of its own accord', () => {
  let test: TestEndpoint;

  beforeEach(async () => {
    test = await startTestEndpoint();
  });

  afterEach(() => test.dispose());

  const contents = (messages: { params?: Record<string, unknown> }[]) => messages.map(({ params }) => params?.['n']);

  it('reaches a session that listens, and no other', async () => {
    const { streams } = test.endpoint;
    const agent = await openRawSession(test.address());
    const other = await openRawSession(test.address());
    const sessionId = agent.sessionId ?? '';
    assert.equal(await streams.notify(sessionId, 'notifications/test', { n: 1 }), false);
    assert.deepEqual(streams.listening(test.workspaceId), []);
    const [stream, elsewhere] = [await agent.listen(), await other.listen()];
    assert.equal(await streams.notify(sessionId, 'notifications/test', { n: 2 }), true);
    await stream.waitForMessage('the notification', ({ params }) => params?.['n'] === 2);
    assert.deepEqual(contents(elsewhere.messages()), []);
    const [listening] = streams.listening(test.workspaceId);
    assert.deepEqual(
      { ...listening },
      {
        id: sessionId,
        workspaceId: test.workspaceId,
        introduction: { name: 'raw-agent', version: '1' },
        protocolVersion: '2025-11-25',
        openedAt: new Date(test.clock.now()).toISOString(),
      },
    );
    agent.close();
    other.close();
    await waitFor('the hub to notice', () => streams.listening(test.workspaceId).length === 0);
  });

  it('is not lost while a stream is replaced by another one', async () => {
    const { streams } = test.endpoint;
    const seen: [string, boolean | undefined][] = [];
    streams.onDidOpenStream(({ resumed }) => seen.push(['open', resumed]));
    streams.onDidCloseStream(() => seen.push(['close', undefined]));
    const agent = await openRawSession(test.address());
    const sessionId = agent.sessionId ?? '';
    const first = await agent.listen();
    await streams.notify(sessionId, 'notifications/test', { n: 1 });
    await first.waitForMessage('the first', ({ params }) => params?.['n'] === 1);
    const place = await lastEventId(first);
    // The hub takes the stream for open, and the client is gone already.
    await streams.notify(sessionId, 'notifications/test', { n: 2 });
    const second = await agent.listen(place);
    await second.waitForMessage('what it missed', ({ params }) => params?.['n'] === 2);
    await streams.notify(sessionId, 'notifications/test', { n: 3 });
    await second.waitForMessage('the next', ({ params }) => params?.['n'] === 3);
    assert.deepEqual(contents(second.messages()), [2, 3]);
    await waitFor('the first stream to end', () => first.ended());
    second.cut();
    await waitFor('the hub to notice', () => seen.length === 3);
    assert.deepEqual(seen, [
      ['open', false],
      ['open', true],
      ['close', undefined],
    ]);
  });

  it('is not lost either if the first stream broke before anything came over it', async () => {
    const { streams } = test.endpoint;
    const agent = await openRawSession(test.address());
    const first = await agent.listen();
    const place = await lastEventId(first);
    await streams.notify(agent.sessionId ?? '', 'notifications/test', { n: 1 });
    const second = await agent.listen(place);
    await second.waitForMessage('what it missed', ({ params }) => params?.['n'] === 1);
    agent.close();
  });

  for (const place of ['s.of-another-run.7', 'whatever', '0']) {
    it(`goes over a fresh stream to a client that names a place that is not known: ${place}`, async () => {
      const { streams } = test.endpoint;
      const resumed: boolean[] = [];
      streams.onDidOpenStream((event) => resumed.push(event.resumed));
      const agent = await openRawSession(test.address());
      const first = await agent.listen();
      const stream = await agent.listen(place);
      assert.equal(stream.status, 200);
      await first.whole();
      await streams.notify(agent.sessionId ?? '', 'notifications/test', { n: 1 });
      await stream.waitForMessage('the notification', ({ params }) => params?.['n'] === 1);
      assert.deepEqual(resumed, [false, false]);
      agent.close();
    });
  }

  it('comes after the answer to the notification that it is about', async () => {
    const { streams } = test.endpoint;
    const agent = await openRawSession(test.address());
    const stream = await agent.listen();
    const received: unknown[] = [];
    streams.onDidReceiveNotification(({ session, notification }) => {
      received.push([session.id, notification, test.latest?.writableFinished]);
      void streams.notify(session.id, 'notifications/verdict', {});
    });
    const method = 'notifications/claude/channel/permission_request';
    const answered = await agent.post({ jsonrpc: '2.0', method, params: { request_id: 'abcde' } });
    assert.deepEqual([answered.status, answered.text()], [202, '']);
    await stream.waitForMessage('the verdict', (message) => message.method === 'notifications/verdict');
    assert.deepEqual(received, [[agent.sessionId, { method, params: { request_id: 'abcde' } }, true]]);
    // Words about the method are no such notification.
    await (await agent.call(1, 'reply', { chatId: 'x', text: `{"method":"${method}"}` })).whole();
    assert.equal(received.length, 1);
    agent.close();
  });

  it('is heard after a restart of the hub by a client that comes back', async () => {
    const agent = await openRawSession(test.address());
    const before = await agent.listen();
    const place = await lastEventId(before);
    await test.restart();
    const stream = await agent.listen(place);
    assert.equal(stream.status, 200);
    const { streams } = test.endpoint;
    await waitFor('the stream', () => streams.listening(test.workspaceId).length === 1);
    await streams.notify(agent.sessionId ?? '', 'notifications/test', { n: 1 });
    await stream.waitForMessage('the notification', ({ params }) => params?.['n'] === 1);
    agent.close();
  });
});

describe('a client of the 1.x SDK', () => {
  it('keeps one stream after a call that failed, although its stream was to be resumed', async () => {
    const test = await startTestHub();
    const { client, sent } = await connectThrough(test.hub.url, test.agentAddress());
    await assert.rejects(client.request({ method: 'resources/list' }, {} as never));
    await waitFor('the client to look for more', () => sent.some(({ status }) => status === 405));
    const count = sent.length;
    await client.ping();
    assert.equal(sent.length, count + 1);
    assert.equal(sent.filter(({ method, status }) => method === 'GET' && status === 200).length, 1);
    await client.close();
    await test.dispose();
  });

  it('is told at once when its call has died with the hub', async () => {
    const home = makeHome();
    const hub = await startHubProcess({ home });
    const [workspace] = hub.workspaces;
    assert.ok(workspace);
    const agent = await connectThrough(hub.url, workspace);
    const asking = agent.call('askHuman', { question: 'Which?', wait_s: 50 });
    const board = async () => await apiOf(() => hub).call('getBoard', {});
    await waitFor('the question', async () => (await board()).requests.length === 1);
    await hub.stop('SIGKILL');
    const next = await startHubProcess({ home, port: Number(new URL(hub.url).port) });
    assert.match((await asking)[0] ?? '', /result of this call was lost.*askHuman and waitForReply can simply be called again/);
    // Its own stream is there again too, and the same question is still the same.
    const [text] = await agent.call('askHuman', { question: 'Which?', wait_s: 0 });
    assert.match(text ?? '', /^Pending/);
    assert.equal((await board()).requests.length, 1);
    await agent.client.close();
    await next.stop('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });
});
