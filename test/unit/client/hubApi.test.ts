import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createHubApi } from '../../../src/client/hubApi.ts';
import { HubError } from '../../../src/protocol/hubErrors.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { UserError } from '../../../src/util/errors.ts';
import { translatable } from '../../../src/util/sentence.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { freePort } from '../../support/freePort.ts';
import { waitFor } from '../../support/waitFor.ts';
import { snapshotAt } from './history.ts';
import { id, message, request, task, workspace, workspaceId } from './samples.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingHttpHeaders;
  body: unknown;
}

interface Answer {
  status?: number;
  /** The status of the first answer, in place of `status`. */
  firstStatus?: number;
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: string;
  headers?: Record<string, string>;
  /** The answer never comes. */
  never?: boolean;
}

/** A server that answers everything alike, and an api that calls it. */
async function serve(answer: Answer, options: { timeoutMs?: number; clock?: Clock } = {}) {
  const seen: Seen[] = [];
  async function respond(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(incoming);
    seen.push({ method: incoming.method, url: incoming.url, headers: incoming.headers, body: body === '' ? undefined : JSON.parse(body) });
    if (answer.never) return;
    const status = (seen.length === 1 ? answer.firstStatus : undefined) ?? answer.status ?? 200;
    response.writeHead(status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.raw ?? JSON.stringify(answer.body));
  }
  const server = createServer((incoming, response) => void respond(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'secret' };
  const api = createHubApi({ address: async () => address, fetch, ...options });
  return {
    api,
    address,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The error that `promise` fails with; its message is a sentence, as each of them must be. */
async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  assert.match(error.message, /[.!?]$/);
  return error;
}

describe('hubApi', () => {
  it('takes the snapshot with the token of the user', async () => {
    const snapshot = snapshotAt([{ type: 'task.created', payload: task() }], 1);
    await using hub = await serve({ body: snapshot });
    assert.deepEqual(await hub.api.call('getBoard', {}), snapshot);
    const [seen] = hub.seen;
    assert.equal(`${seen?.method} ${seen?.url}`, 'GET /api/v1/board');
    assert.equal(seen?.headers.authorization, 'Bearer secret');
    assert.equal(seen?.headers['content-type'], undefined);
    assert.equal(seen?.body, undefined);
  });

  it('fills the path and puts the rest under its envelope', async () => {
    await using hub = await serve({ body: { task: task(), message: message() } });
    await hub.api.call('replyToTask', { workspaceId, taskId: id(7), text: 'Go on.', key: 'key-of-this-answer' });
    const [seen] = hub.seen;
    assert.equal(`${seen?.method} ${seen?.url}`, `POST /api/v1/workspaces/${workspaceId}/tasks/${id(7)}/reply`);
    assert.equal(seen?.headers['content-type'], 'application/json');
    assert.deepEqual(seen?.body, { reply: { text: 'Go on.', key: 'key-of-this-answer' } });
  });

  it('puts into the query what belongs there, and leaves out what is undefined', async () => {
    await using hub = await serve({ body: { tasks: [task()] } });
    await hub.api.call('listTasks', { workspaceId, status: 'ongoing,blocked', limit: 10, offset: undefined });
    assert.equal(hub.seen[0]?.url, `/api/v1/workspaces/${workspaceId}/tasks?status=ongoing%2Cblocked&limit=10`);
  });

  it('keeps a strange id inside its part of the path', async () => {
    await using hub = await serve({ body: { task: task() } });
    await hub.api.call('deleteTask', { workspaceId, taskId: '../../x?y#z' });
    assert.equal(hub.seen[0]?.url, `/api/v1/workspaces/${workspaceId}/tasks/..%2F..%2Fx%3Fy%23z`);
    assert.equal(hub.seen[0]?.method, 'DELETE');
  });

  it('sends an empty body where the operation has one and nothing is given', async () => {
    await using hub = await serve({ body: { request: request({ status: 'answered' }) } });
    await hub.api.call('answerRequest', { workspaceId, requestId: id(3) });
    assert.deepEqual(hub.seen[0]?.body, { answer: {} });
  });

  it('takes any status of success', async () => {
    await using hub = await serve({ status: 201, body: { workspace: workspace() } });
    assert.deepEqual(await hub.api.call('openWorkspace', { name: 'api' }), { workspace: workspace() });
  });

  it('leaves out members that it does not know, as a newer hub may send them', async () => {
    await using hub = await serve({ body: { workspaces: [{ ...workspace(), mood: 'good' }], page: 1 } });
    assert.deepEqual(await hub.api.call('listWorkspaces', {}), { workspaces: [workspace()] });
  });

  it('fails with the code and the sentence of the hub', async () => {
    await using hub = await serve({ status: 409, body: { error: { code: 'already_answered', message: 'It was answered before.' } } });
    const error = await failureOf(hub.api.call('answerRequest', { workspaceId, requestId: id(3), text: 'Yes' }));
    assert.ok(error instanceof HubError);
    assert.equal(error.code, 'already_answered');
    assert.equal(error.message, 'It was answered before.');
  });

  it('repeats a request once that did not reach the hub whole in time, with the same words', async () => {
    await using hub = await serve({ firstStatus: 408, body: { task: task(), message: message() } });
    await hub.api.call('replyToTask', { workspaceId, taskId: id(7), text: 'Go on.', key: 'key-of-this-answer' });
    const [first, second] = hub.seen;
    assert.deepEqual(second?.body, { reply: { text: 'Go on.', key: 'key-of-this-answer' } });
    assert.deepEqual([hub.seen.length, first?.url], [2, second.url]);
  });

  it('says that the hub doesn’t answer where that happens again', async () => {
    await using hub = await serve({ status: 408, raw: '' });
    const error = await failureOf(hub.api.call('getBoard', {}));
    assert.match(error.message, /The hub doesn’t answer\. Run “AgentRQ: Restart Hub”/);
    assert.equal(hub.seen.length, 2);
  });

  for (const code of ['code_of_a_newer_hub', 'toString']) {
    it(`takes the unknown code ${code} for an internal one and keeps the sentence`, async () => {
      await using hub = await serve({ status: 418, body: { error: { code, message: 'I am a teapot.' } } });
      const error = await failureOf(hub.api.call('getBoard', {}));
      assert.ok(error instanceof HubError);
      assert.equal(error.code, 'internal');
      assert.equal(error.message, 'I am a teapot.');
    });
  }

  it('says what to do when nobody answers', async () => {
    const clock = createFakeClock();
    const hub = await serve({ body: {} }, { clock });
    await hub[Symbol.asyncDispose]();
    const failing = failureOf(hub.api.call('getBoard', {}));
    let waited = 0;
    const error = await Promise.race([
      failing,
      waitFor('five seconds to pass', () => {
        if (clock.pending === 0) return false;
        clock.advance(100);
        waited += 100;
        return waited > 60_000;
      }).then(() => assert.fail('it goes on for ever')),
    ]);
    assert.equal(waited, 5_000);
    assert.ok(error instanceof UserError);
    assert.match(error.message, /The hub doesn’t answer\. Run “AgentRQ: Restart Hub”/);
    assert.ok(error.cause instanceof Error);
  });

  it('waits for a hub that is away for a moment, and sends once what the user did', async () => {
    const port = await freePort();
    const clock = createFakeClock();
    const api = createHubApi({ address: async () => ({ url: `http://127.0.0.1:${port}`, token: 'secret' }), fetch, clock });
    const answering = api.call('answerRequest', { workspaceId, requestId: id(3), choices: ['Yes'] });
    await waitFor('the first attempt to fail', () => clock.pending > 0);
    let calls = 0;
    const server = createServer((_request, response) => {
      calls += 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ request: request() }));
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    clock.advance(100);
    assert.deepEqual((await answering).request, request());
    assert.equal(calls, 1);
    server.closeAllConnections();
    server.close();
  });

  it('gives up in time', async () => {
    await using hub = await serve({ never: true }, { timeoutMs: 50 });
    const error = await failureOf(hub.api.call('getBoard', {}));
    assert.ok(error instanceof UserError);
    assert.match(error.message, /within 0\.05 s/);
  });

  for (const [what, answer] of Object.entries<Answer>({
    'an answer of another shape': { body: { tasks: 'none' } },
    'an answer that is not JSON': { raw: '<html>' },
    'an error without a reason': { status: 502, raw: '<html>' },
  })) {
    it(`says that it can't understand ${what}`, async () => {
      await using hub = await serve(answer);
      const error = await failureOf(hub.api.call('listTasks', { workspaceId }));
      assert.ok(error instanceof UserError);
      assert.match(error.message, /can’t be understood/);
    });
  }

  it('never follows a redirect with its token', async () => {
    await using other = await serve({ body: { workspaces: [] } });
    await using hub = await serve({ status: 307, headers: { location: `${other.address.url}/api/v1/workspaces` } });
    assert.ok((await failureOf(hub.api.call('listWorkspaces', {}))) instanceof UserError);
    assert.equal(hub.seen.length, 1);
    assert.equal(other.seen.length, 0);
  });

  it('asks for the address before each call', async () => {
    await using first = await serve({ body: { workspaces: [] } });
    await using second = await serve({ body: { workspaces: [workspace()] } });
    const addresses = [first.address, second.address];
    const api = createHubApi({ address: async () => addresses.shift() ?? assert.fail('asked too often'), fetch });
    assert.equal((await api.call('listWorkspaces', {})).workspaces.length, 0);
    assert.equal((await api.call('listWorkspaces', {})).workspaces.length, 1);
  });

  it('passes on why there is no address', async () => {
    const api = createHubApi({ address: () => Promise.reject(new UserError(translatable('The hub needs a newer editor.'))), fetch });
    assert.equal((await failureOf(api.call('getBoard', {}))).message, 'The hub needs a newer editor.');
  });
});
