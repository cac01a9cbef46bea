import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AnswerDraft, Request } from '../../src/protocol/model.ts';
import { happenedHeader } from '../../src/protocol/names.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// Claude Code goes on without waiting for most of its reports. They come late, in any order, and what they are answered reaches its model
// with the request after that.

type Json = Record<string, unknown>;

const session = { session_id: 's1', cwd: '/home/me/shop' };
const ls = { tool_name: 'Bash', tool_input: { command: 'ls', description: 'List' } };
const permission = { ...session, hook_event_name: 'PermissionRequest', ...ls };
const used = { ...session, hook_event_name: 'PostToolUse', ...ls, tool_use_id: 'toolu_1', tool_response: {} };
const batch = { ...session, hook_event_name: 'PostToolBatch', tool_calls: [{ ...ls, tool_use_id: 'toolu_1' }] };
const stop = { ...session, hook_event_name: 'Stop', stop_hook_active: false };

describe('a report that the agent does not wait for', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  /** @param happenedAt when it happened, in milliseconds, if the agent doesn't wait */
  async function send(body: Json, happenedAt?: number, signal?: AbortSignal): Promise<Json> {
    const { hub, workspaceId } = test;
    const response = await fetch(`${hub.url}/hooks/${workspaceId}/claude-code`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${hub.agentToken(workspaceId)}`,
        'content-type': 'application/json',
        ...(happenedAt !== undefined && { [happenedHeader]: String(happenedAt) }),
      },
      body: JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
    return (await response.json()) as Json;
  }

  const live = async (): Promise<Request[]> => (await test.api.call('getBoard', {})).requests;

  /** @param signal ends the hook that waits */
  async function asked(signal?: AbortSignal): Promise<{ request: Request; reply: Promise<Json> }> {
    const reply = send(permission, undefined, signal);
    if (signal !== undefined) reply.catch(() => {});
    let open: Request | undefined;
    await waitFor('a request that is open', async () => {
      open = (await live()).find(({ status }) => status === 'open');
      return open !== undefined;
    });
    return { request: open ?? assert.fail(), reply };
  }

  async function allowed(draft: AnswerDraft): Promise<Request> {
    const { request, reply } = await asked();
    await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: request.id, ...draft });
    await reply;
    return request;
  }

  /** A moment that is surely after all that has happened, and before what comes. */
  async function now(): Promise<number> {
    const before = Date.now();
    await waitFor('the next millisecond', () => Date.now() > before + 1);
    return before + 1;
  }

  const statusOf = async ({ id }: Request): Promise<string> => (await live()).find((one) => one.id === id)?.status ?? 'gone';

  for (const [what, late] of [
    ['use', used],
    ['batch', batch],
  ] as const) {
    it(`closes no permission that was asked for since (${what})`, async () => {
      const happened = await now();
      await now();
      const { request, reply } = await asked();
      await send(late, happened);
      assert.equal(await statusOf(request), 'open');
      // At the time it is decided in the terminal after all, its own report closes it.
      await send(late, await now());
      assert.equal(await statusOf(request), 'gone');
      assert.deepEqual(await reply, {});
    });
  }

  it('brings the note of an allow, which the end of the turn brings again unless the agent went on since', async () => {
    const note = /Their note: Be quick/;
    await allowed({ decision: 'allow', note: 'Be quick.' });
    const happened = await now();
    assert.match(JSON.stringify(await send(used, happened)), note);
    // It began before the note was written, whenever it comes.
    await send(batch, happened);
    assert.match(JSON.stringify(await send(stop)), note, 'the model may not have been asked since');
    assert.deepEqual(await send(stop), {}, 'once');

    await allowed({ decision: 'allow', note: 'Be quick.' });
    assert.match(JSON.stringify(await send(used, await now())), note);
    await send({ ...used, tool_name: 'Read', tool_input: { file_path: 'a' } }, await now());
    assert.deepEqual(await send(stop), {}, 'it has used another tool with the note at hand');
  });

  it('is wanted of several tools only while something waits in an agent’s own window, and a file says when not', async () => {
    const isQuiet = (): boolean => existsSync(join(test.home, 'quiet', test.workspaceId));
    const waits = { ...session, hook_event_name: 'Notification', message: 'Look here', notification_type: 'permission_prompt' };
    assert.equal(isQuiet(), true);
    const { request, reply } = await asked();
    assert.equal(isQuiet(), false, 'as soon as the permission is before the user');
    await send(batch, await now());
    assert.deepEqual([await statusOf(request), isQuiet()], ['gone', true], 'it was decided in its terminal');
    await reply;

    await allowed({ decision: 'allow' });
    assert.equal(isQuiet(), false, 'what was allowed has not run');
    await send(used, await now());
    assert.equal(isQuiet(), true);

    const leaving = new AbortController();
    const left = asked(leaving.signal);
    await left;
    leaving.abort();
    await waitFor('the permission to expire', async () => (await live()).length === 0);
    assert.equal(isQuiet(), false, 'its dialog may still be shown');
    await send(stop);
    assert.equal(isQuiet(), true);

    await send(waits);
    assert.equal(isQuiet(), false, 'it waits for what cannot be decided here');
    await send(used, await now());
    assert.equal(isQuiet(), true);

    const other = await test.api.call('openWorkspace', { name: 'other', folder: 'file:///home/me/other' });
    assert.equal(existsSync(join(test.home, 'quiet', other.workspace.id)), true, 'a new workspace');
  });

  it('is wanted by each hub once more when it begins, and by whatever comes after one', async () => {
    const file = join(test.home, 'quiet', test.workspaceId);
    const { reply } = await asked();
    reply.catch(() => {});
    const { home } = test;
    await test.hub.close();
    assert.equal(existsSync(file), false);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, '');
    test = await startTestHub({ home });
    assert.equal(existsSync(file), false, 'what was asked of the hub before it may still be shown');
  });

  it('proves nothing that was written while it was under way', async () => {
    const happened = await now();
    await now();
    const request = await allowed({ decision: 'deny' });
    await waitFor('the verdict to be handed over', async () => (await live()).find(({ id }) => id === request.id)?.handedOver === true);
    await send({ ...used, tool_name: 'Read', tool_input: {} }, happened);
    assert.equal(await statusOf(request), 'answered');
    await send(stop);
    assert.notEqual(await statusOf(request), 'answered');
  });
});
