import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import * as z from 'zod';
import { apiOf } from '../../support/apiOf.ts';
import { type BridgeAgent, connectBridge } from '../../support/bridgeAgent.ts';
import { bash } from '../../support/gatewayRig.ts';
import { type HubProcess, startHubProcess } from '../../support/hubProcess.ts';
import { makeHome } from '../../support/testHub.ts';
import { waitFor } from '../../support/waitFor.ts';

// Claude Code takes channels over stdio: what the hub says goes through the bridge, as does what the agent asks permission for.

const pushSchema = z.object({
  method: z.literal('notifications/claude/channel'),
  params: z.object({ content: z.string(), meta: z.record(z.string(), z.string()) }),
});
const verdictSchema = z.object({
  method: z.literal('notifications/claude/channel/permission'),
  params: z.strictObject({ request_id: z.string(), behavior: z.string() }),
});

describe('the channel of Claude Code over the bridge', () => {
  let home: string;
  let hub: HubProcess;
  let workspaceId: string;
  let agent: BridgeAgent;
  let pushes: { content: string; meta: Record<string, string> }[];
  let verdicts: { request_id: string; behavior: string }[];

  beforeEach(async () => {
    home = makeHome();
    hub = await startHubProcess({ home });
    workspaceId = hub.workspaces[0]?.id ?? assert.fail();
    agent = await connectBridge({ home, workspaceId, name: 'claude-code' });
    pushes = [];
    verdicts = [];
    agent.client.setNotificationHandler(pushSchema, ({ params }) => void pushes.push(params));
    agent.client.setNotificationHandler(verdictSchema, ({ params }) => void verdicts.push(params));
  });

  afterEach(async () => {
    await agent.close();
    await hub.stop('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  const api = apiOf(() => hub);
  const write = (taskId: string, text: string) => api.call('replyToTask', { workspaceId, taskId, text });
  const contents = () => pushes.map(({ content }) => content);

  async function takeTask(): Promise<string> {
    const { task } = await api.call('createTask', { workspaceId, title: 'One' });
    await agent.call('updateTaskStatus', { taskId: task.id, status: 'ongoing' });
    return task.id;
  }

  async function ask(requestId: string, command: string): Promise<string> {
    const before = new Set((await api.call('getBoard', {})).requests.map(({ id }) => id));
    const method = 'notifications/claude/channel/permission_request';
    await agent.client.notification({ method, params: { ...bash(requestId, command) } });
    const fresh = async () => (await api.call('getBoard', {})).requests.find(({ id }) => !before.has(id));
    await waitFor('the request', async () => (await fresh()) !== undefined);
    return (await fresh())?.id ?? '';
  }

  it('brings what the user writes, and the answer goes back by reply', async () => {
    assert.ok('claude/channel' in (agent.client.getServerCapabilities()?.experimental ?? {}));
    const taskId = await takeTask();
    const { message } = await write(taskId, 'How far are you?');
    await waitFor('the push', () => pushes.length === 1);
    assert.deepEqual(pushes, [
      {
        content: `[Reply to task ${taskId}] How far are you?`,
        meta: { chat_id: taskId, message_id: message.id, user: 'human', ts: message.createdAt },
      },
    ]);
    const { texts } = await agent.call('reply', { chatId: pushes[0]?.meta['chat_id'], text: 'Nearly there.' });
    assert.equal(texts[0], 'reply sent');
  });

  it('takes permissions to the user, and the verdicts back', async () => {
    const taskId = await takeTask();
    for (const [id, decision] of [
      ['abcde', 'allow'],
      ['abcdf', 'deny'],
    ] as const) {
      const requestId = await ask(id, `echo ${id}`);
      const { requests } = await api.call('getTask', { workspaceId, taskId });
      assert.ok(
        requests.some((request) => request.id === requestId && request.permission?.input === JSON.stringify({ command: `echo ${id}` })),
      );
      await api.call('answerRequest', { workspaceId, requestId, decision });
      await waitFor('the verdict', () => verdicts.some((verdict) => verdict.request_id === id && verdict.behavior === decision));
    }
    assert.equal(verdicts.length, 2);
  });

  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    it(`goes on over a hub that ends with ${signal} and comes back elsewhere: nothing is lost, nothing comes twice`, async () => {
      const taskId = await takeTask();
      await write(taskId, 'before');
      await waitFor('the push', () => pushes.length === 1);
      const requestId = await ask('abcde', 'make');
      await hub.stop(signal);
      hub = await startHubProcess({ home });
      await write(taskId, 'meanwhile');
      await api.call('answerRequest', { workspaceId, requestId, decision: 'allow' });
      await waitFor('the verdict', () => verdicts.length === 1);
      assert.deepEqual(verdicts, [{ request_id: 'abcde', behavior: 'allow' }]);
      await waitFor('the message', () => pushes.length === 2);
      await write(taskId, 'after');
      await waitFor('the next', () => pushes.length === 3);
      assert.deepEqual(
        contents(),
        ['before', 'meanwhile', 'after'].map((text) => `[Reply to task ${taskId}] ${text}`),
      );
      // None of them was proven to have been shown, so the next result has them all.
      const { texts } = await agent.call('getWorkspace');
      assert.match(texts.at(-1) ?? '', /^Unread messages from the user \(3\)/);
    });
  }
});
