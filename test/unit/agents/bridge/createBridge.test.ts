import assert from 'node:assert/strict';
import { chmodSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { type Bridge, createBridge } from '../../../../src/agents/bridge/createBridge.ts';
import { findHub } from '../../../../src/agents/findHub.ts';
import { agentToken, masterSecretFile } from '../../../../src/home/agentToken.ts';
import { writeGenerations } from '../../../../src/home/generations.ts';
import { type Clock, systemClock } from '../../../../src/util/clock.ts';
import { nullLog } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { beginStream, type HubRequest, type PlayedHub, playedSecret, startPlayedHub, writeEvent } from '../../../support/playedHub.ts';
import { makeHome } from '../../../support/testHub.ts';
import { waitFor } from '../../../support/waitFor.ts';

type Message = { id?: unknown; method?: string; result?: unknown; error?: { code: number; message: string }; params?: unknown };

const workspaceId = '0123456789a';
const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'played', version: '1' } };

describe('the bridge', () => {
  let home: string;
  let hub: PlayedHub | undefined;
  let bridge: Bridge;
  let written: Message[];
  /** What the hub does with calls of tools. */
  let onCall: (request: HubRequest, response: ServerResponse) => void;
  /** What it does with the session's own stream. */
  let onStream: (request: HubRequest, response: ServerResponse) => void;
  let sessions: number;
  /** The agent takes no more until this resolves. */
  let room: Promise<void> | undefined;

  beforeEach(() => {
    home = makeHome();
    hub = undefined;
    written = [];
    sessions = 0;
    room = undefined;
    onCall = ({ body }, response) => respond(response, { jsonrpc: '2.0', id: body.id, result: { called: body.params?.['name'] } });
    onStream = (_request, response) => beginStream(response);
    start(systemClock);
  });

  afterEach(async () => {
    await bridge.close();
    await hub?.close();
    rmSync(home, { recursive: true, force: true });
  });

  function start(clock: Clock): void {
    const write = async (message: unknown): Promise<void> => {
      written.push(message as Message);
      await room;
    };
    bridge = createBridge({
      kept: { load: () => ({}), save: () => {} },
      workspaceId,
      bridgeId: 'test-bridge',
      starter: 4_711,
      waitSeconds: 3_590,
      find: () => findHub({ home, workspaceId }),
      write,
      clock,
      log: nullLog,
    });
  }

  function respond(response: ServerResponse, message: object, status = 200): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(message));
  }

  function refuse(response: ServerResponse, status: number, code: number, message: string): void {
    respond(response, { jsonrpc: '2.0', id: null, error: { code, message } }, status);
  }

  async function playHub(): Promise<PlayedHub> {
    hub = await startPlayedHub(home, (request, response) => {
      const { method, body } = request;
      if (method === 'DELETE') return void response.writeHead(200).end();
      if (method === 'GET') return onStream(request, response);
      if (body.method === 'initialize') {
        sessions += 1;
        beginStream(response, { 'mcp-session-id': `session-${sessions}` });
        writeEvent(response, { jsonrpc: '2.0', id: body.id, result });
        return void response.end();
      }
      if (body.id === undefined) return void response.writeHead(202).end();
      return onCall(request, response);
    });
    return hub;
  }

  const say = (message: object): void => bridge.receive(JSON.stringify({ jsonrpc: '2.0', ...message }));
  const call = (id: unknown, name: string): void => say({ id, method: 'tools/call', params: { name } });
  const answerTo = (id: unknown): Message | undefined => written.find((message) => message.id === id);
  const bodies = (): HubRequest['body'][] => hub?.requests.filter(({ method }) => method === 'POST').map(({ body }) => body) ?? [];
  const named = (name: string): HubRequest['body'][] => bodies().filter(({ params }) => params?.['name'] === name);

  async function heard(id: unknown): Promise<Message> {
    await waitFor(`the answer to ${String(id)}`, () => answerTo(id) !== undefined);
    return answerTo(id) ?? assert.fail();
  }

  async function initialize(): Promise<void> {
    say({
      id: 0,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'a', version: '1' } },
    });
    assert.deepEqual((await heard(0)).result, result);
    say({ method: 'notifications/initialized' });
  }

  it('names the session, the version and the token with every message, and passes messages on as they are', async () => {
    const { requests } = await playHub();
    await initialize();
    bridge.receive('{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"getTask","x":"\u2028","_meta":{"progressToken":7}}}');
    await heard(1);
    const request = requests.find(({ body }) => body.id === 1) ?? assert.fail();
    assert.equal(request.headers['agentrq-wait-seconds'], '3590', 'how long the agent waits');
    assert.equal(request.path, `/mcp/${workspaceId}`);
    assert.deepEqual(request.body.params, { name: 'getTask', x: '\u2028', _meta: { progressToken: 7 } });
    assert.equal(request.headers['mcp-session-id'], 'session-1');
    assert.equal(request.headers['mcp-protocol-version'], '2025-11-25');
    assert.equal(request.headers.authorization, `Bearer ${agentToken(playedSecret, workspaceId, 1)}`);
    const [first] = requests;
    assert.deepEqual(first?.body.params?.['clientInfo'], { name: 'a', version: '1' });
    assert.equal(first?.headers['mcp-session-id'], undefined);
  });

  it('makes a call again with the token that took the place of its own meanwhile, and says so when there is none', async () => {
    await playHub();
    await initialize();
    onCall = ({ body, headers }, response) => {
      if (headers.authorization === `Bearer ${agentToken(playedSecret, workspaceId, 2)}`) {
        respond(response, { jsonrpc: '2.0', id: body.id, result: { ok: true } });
        return;
      }
      if (body.id === 1) writeGenerations(home, new Map([[workspaceId, 2]]));
      refuse(response, 401, -32_600, 'This token is not known here.');
    };
    call(1, 'reply');
    assert.deepEqual((await heard(1)).result, { ok: true });
    assert.equal(named('reply').length, 2);
    writeGenerations(home, new Map());
    call(2, 'reply');
    assert.match((await heard(2)).error?.message ?? '', /not known here/);
    assert.equal(named('reply').length, 3);
  });

  it('answers `initialize` with the next step when no hub comes for 20 seconds', async () => {
    const clock = createFakeClock();
    start(clock);
    say({ id: 'first', method: 'initialize', params: {} });
    say({ id: 'second', method: 'tools/list' });
    await advance(clock, 19_900);
    assert.deepEqual(written, []);
    await advance(clock, 200);
    assert.match((await heard('first')).error?.message ?? '', /^AgentRQ is not running\. Open VS Code/);
    assert.equal((await heard('second')).error?.code, -32_601);
  });

  it('waits two minutes with everything else, and says that the call was not made', async () => {
    const clock = createFakeClock();
    start(clock);
    await playHub();
    await initialize();
    await hub?.close();
    call(1, 'createTask');
    await turn();
    await advance(clock, 119_000);
    assert.equal(answerTo(1), undefined);
    await advance(clock, 3_000);
    assert.match((await heard(1)).error?.message ?? '', /not running.* This call was not made\.$/);
  });

  /** Lets time pass step by step, so that what waits for it comes about in between. */
  async function advance(clock: ReturnType<typeof createFakeClock>, ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      clock.advance(100);
      for (let turns = 0; turns < 3; turns += 1) await turn();
    }
  }

  it('says what is wrong with files that can not be trusted', async () => {
    const clock = createFakeClock();
    start(clock);
    await playHub();
    chmodSync(join(home, masterSecretFile), 0o644);
    say({ id: 1, method: 'initialize', params: {} });
    await advance(clock, 21_000);
    assert.match((await heard(1)).error?.message ?? '', /master-secret: it must be a plain file that only you can read/);
    assert.deepEqual(hub?.requests, []);
  });

  it('waits for a hub that is starting', async () => {
    await playHub();
    await initialize();
    let tries = 0;
    onCall = ({ body }, response) => {
      tries += 1;
      if (tries < 3) refuse(response, 503, -32_603, 'starting');
      else respond(response, { jsonrpc: '2.0', id: body.id, result: 'done' });
    };
    call(1, 'createTask');
    assert.equal((await heard(1)).result, 'done');
    assert.equal(tries, 3);
  });

  it('gives the agent the words of a hub that says no', async () => {
    await playHub();
    await initialize();
    onCall = (_request, response) => refuse(response, 401, -32_600, 'This token is not known here.');
    call('x', 'getTask');
    assert.deepEqual(await heard('x'), { jsonrpc: '2.0', id: 'x', error: { code: -32_600, message: 'This token is not known here.' } });
    onCall = (_request, response) => void response.writeHead(500).end('<html>');
    call('y', 'getTask');
    assert.match((await heard('y')).error?.message ?? '', /answered with 500/);
  });

  it('begins another session for all who lost the same one', async () => {
    await playHub();
    await initialize();
    onCall = ({ headers, body }, response) => {
      if (headers['mcp-session-id'] === 'session-1') refuse(response, 404, -32_001, 'Session not found');
      else respond(response, { jsonrpc: '2.0', id: body.id, result: headers['mcp-session-id'] });
    };
    call(1, 'createTask');
    call(2, 'createTask');
    assert.deepEqual([(await heard(1)).result, (await heard(2)).result], ['session-2', 'session-2']);
    assert.equal(sessions, 2);
    const begun = bodies().filter(({ method }) => method === 'initialize');
    assert.deepEqual(begun[1]?.params, begun[0]?.params);
    assert.equal(bodies().filter(({ method }) => method === 'notifications/initialized').length, 2);
    assert.equal(written.length, 3, 'the agent hears nothing of it');
  });

  it('does not take a missing workspace for a lost session', async () => {
    await playHub();
    await initialize();
    onCall = (_request, response) => refuse(response, 404, -32_602, 'There is no such workspace.');
    call(1, 'getTask');
    assert.equal((await heard(1)).error?.message, 'There is no such workspace.');
    assert.equal(sessions, 1);
  });

  it('goes on with an answer that broke off, after the last event that came', async () => {
    const { cut, requests } = await playHub();
    await initialize();
    onCall = (_request, response) => {
      beginStream(response);
      writeEvent(response, undefined, 'place-1');
      writeEvent(response, { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1 } }, 'place-2');
    };
    call(1, 'createTask');
    await waitFor('the progress', () => written.some(({ method }) => method === 'notifications/progress'));
    onStream = ({ headers }, response) => {
      beginStream(response);
      if (headers['last-event-id'] !== 'place-2') return;
      writeEvent(response, { jsonrpc: '2.0', id: 1, result: 'the rest' }, 'place-3');
      response.end();
    };
    cut();
    assert.equal((await heard(1)).result, 'the rest');
    assert.equal(named('createTask').length, 1);
    assert.equal(requests.find(({ headers }) => headers['last-event-id'] === 'place-2')?.headers['mcp-session-id'], 'session-1');
  });

  it('says so when an answer broke off that the hub has not kept', async () => {
    const { cut } = await playHub();
    await initialize();
    onCall = (_request, response) => {
      beginStream(response);
      writeEvent(response, { jsonrpc: '2.0', method: 'notifications/progress', params: {} }, 'place-1');
    };
    call(1, 'createTask');
    await waitFor('the progress', () => written.length === 2);
    onStream = (_request, response) => refuse(response, 400, -32_000, 'Invalid event ID format');
    cut();
    assert.match((await heard(1)).error?.message ?? '', /whether it was done is not known/);
    assert.equal(named('createTask').length, 1);
  });

  it('repeats what may be repeated if the hub has not kept its answer', async () => {
    const { cut } = await playHub();
    await initialize();
    onCall = ({ body }, response) => {
      beginStream(response);
      writeEvent(response, undefined, 'place-1');
      if (named('waitForReply').length > 1) writeEvent(response, { jsonrpc: '2.0', id: body.id, result: 'asked again' }, 'place-2');
      else writeEvent(response, { jsonrpc: '2.0', method: 'notifications/progress', params: {} });
    };
    call(1, 'waitForReply');
    await waitFor('the progress', () => written.length === 2);
    onStream = ({ headers }, response) => {
      beginStream(response);
      if (headers['last-event-id'] !== 'place-1') return;
      writeEvent(response, { jsonrpc: '2.0', id: 1, result: { isError: true, content: [] } });
      response.end();
    };
    cut();
    assert.equal((await heard(1)).result, 'asked again');
  });

  it('repeats what may be repeated under another id, and the agent gets the answer under its own', async () => {
    const { cut } = await playHub();
    await initialize();
    onCall = ({ body }, response) => {
      if (named('waitForReply').length === 1) beginStream(response);
      else respond(response, { jsonrpc: '2.0', id: body.id, result: 'at last' });
    };
    call(1, 'waitForReply');
    await waitFor('the call', () => named('waitForReply').length === 1);
    cut();
    assert.equal((await heard(1)).result, 'at last');
    assert.deepEqual(
      named('waitForReply').map(({ id }) => id === 1),
      [true, false],
    );
    assert.equal(written.length, 2);
  });

  it('does not repeat for ever', async () => {
    const clock = createFakeClock();
    start(clock);
    await playHub();
    await initialize();
    onCall = (_request, response) => void response.destroy();
    call(1, 'getTask');
    await waitFor('the end', () => {
      clock.advance(100);
      return answerTo(1) !== undefined;
    });
    assert.match(answerTo(1)?.error?.message ?? '', /whether it was done is not known/);
    assert.equal(named('getTask').length, 11);
  });

  it('lets go of a call that the agent cancels, and tells the hub if it knows of it', async () => {
    await playHub();
    await initialize();
    let gone = false;
    onCall = (_request, response) => {
      beginStream(response);
      response.on('close', () => (gone = true));
      writeEvent(response, { jsonrpc: '2.0', method: 'notifications/progress', params: {} });
    };
    call(1, 'waitForReply');
    await waitFor('the call to be under way', () => written.length === 2);
    say({ method: 'notifications/cancelled', params: { requestId: 1, reason: 'enough' } });
    await waitFor('the connection to end', () => gone);
    const cancelled = bodies().filter(({ method }) => method === 'notifications/cancelled');
    assert.deepEqual(
      cancelled.map(({ params }) => params),
      [{ requestId: 1, reason: 'enough' }],
    );
    say({ method: 'notifications/cancelled', params: { requestId: 'never heard of' } });
    call(2, 'waitForReply');
    await waitFor('the other call', () => named('waitForReply').length === 2);
    assert.equal(answerTo(1), undefined);
    assert.equal(bodies().filter(({ method }) => method === 'notifications/cancelled').length, 1);
  });

  it('does not make a call that the agent cancelled while the hub was away', async () => {
    await playHub();
    await initialize();
    await hub?.close();
    call(1, 'createTask');
    say({ method: 'notifications/cancelled', params: { requestId: 1 } });
    await playHub();
    call(2, 'createTask');
    await heard(2);
    assert.deepEqual(
      named('createTask').map(({ id }) => id),
      [2],
    );
    assert.equal(answerTo(1), undefined);
  });

  it('keeps the stream of the session open, from where it broke off, and passes on what comes', async () => {
    const { cut, requests } = await playHub();
    const streams: ServerResponse[] = [];
    onStream = (_request, response) => {
      beginStream(response);
      streams.push(response);
    };
    await initialize();
    await waitFor('the stream', () => streams.length === 1);
    writeEvent(streams[0] ?? assert.fail(), { jsonrpc: '2.0', id: 'ask-1', method: 'elicitation/create', params: {} }, 'place-1');
    await waitFor('the question', () => written.some(({ method }) => method === 'elicitation/create'));
    say({ id: 'ask-1', result: { action: 'accept' } });
    await waitFor('its answer', () => bodies().some(({ id, result: given }) => id === 'ask-1' && given !== undefined));
    cut();
    await waitFor('the stream again', () => streams.length === 2);
    const opened = requests.filter(({ method }) => method === 'GET').map(({ headers }) => headers['last-event-id']);
    assert.deepEqual(opened, [undefined, 'place-1']);
  });

  it('reads no faster than the agent does', async () => {
    await playHub();
    const { promise, resolve } = Promise.withResolvers<void>();
    let stuck = false;
    onStream = (_request, response) => {
      beginStream(response);
      const message = { jsonrpc: '2.0', method: 'notifications/message', params: { data: 'x'.repeat(1_000_000) } };
      // Far more than sockets hold, one after the other as long as there is room.
      for (let count = 0; count < 30; count += 1) writeEvent(response, message);
      stuck = response.writableNeedDrain;
      response.once('drain', () => (stuck = false));
    };
    await initialize();
    const count = (): number => written.filter(({ method }) => method === 'notifications/message').length;
    room = promise;
    await waitFor('the first of them', () => count() === 1);
    assert.ok(stuck);
    call(1, 'getTask');
    await heard(1);
    assert.equal(count(), 1);
    assert.ok(stuck, 'the hub still has most of it');
    resolve();
    await waitFor('the rest', () => count() === 30);
    assert.equal(stuck, false);
  });

  it('asks no more for a stream that the hub does not have', async () => {
    const { requests } = await playHub();
    onStream = (_request, response) => refuse(response, 405, -32_000, 'Method not allowed.');
    await initialize();
    await waitFor('the refusal', () => requests.some(({ method }) => method === 'GET'));
    call(1, 'getTask');
    await heard(1);
    call(2, 'getTask');
    await heard(2);
    assert.equal(requests.filter(({ method }) => method === 'GET').length, 1);
  });

  it('is alive when the agent asks, whether the hub is there or not', async () => {
    say({ id: 5, method: 'ping' });
    assert.deepEqual(await heard(5), { jsonrpc: '2.0', id: 5, result: {} });
  });

  it('takes nothing before `initialize`, so that a client of the newer era learns which one this is', async () => {
    say({ id: 5, method: 'server/discover', params: {} });
    assert.equal((await heard(5)).error?.code, -32_601);
  });

  it('says what is wrong with a line that is not JSON, and lets the hub say it of others', async () => {
    await playHub();
    await initialize();
    bridge.receive('{');
    await waitFor('the parse error', () => written.some(({ error }) => error?.code === -32_700));
    bridge.receive('[{"jsonrpc":"2.0","id":1,"method":"ping"}]');
    await waitFor('the batch', () => bodies().some((body) => Array.isArray(body)));
  });

  it('ends its session and gives no more answers when the agent goes', async () => {
    const { requests } = await playHub();
    start(createFakeClock());
    await initialize();
    onCall = (_request, response) => beginStream(response);
    call(1, 'waitForReply');
    await waitFor('the call', () => named('waitForReply').length === 1);
    await bridge.close();
    const farewell = requests.filter(({ method }) => method === 'DELETE');
    assert.deepEqual(
      farewell.map(({ headers }) => headers['mcp-session-id']),
      ['session-1'],
    );
    assert.equal(written.length, 1);
  });

  it('ends at once when no hub is there', async () => {
    await playHub();
    await initialize();
    await hub?.close();
    await bridge.close();
  });
});
