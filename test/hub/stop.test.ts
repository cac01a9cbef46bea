import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HubError } from '../../src/protocol/hubErrors.ts';
import type { Task } from '../../src/protocol/model.ts';
import { serverName } from '../../src/protocol/names.ts';
import { freePort } from '../support/freePort.ts';
import { heard, pushesOn, startGatewayRig } from '../support/gatewayRig.ts';
import { connectAgent, eras, type TestAgent, type ToolResult } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// The user stops an agent: by its hooks where it has some, by cancelling where a gateway runs it, and in words everywhere.

type Json = Record<string, unknown>;
const stopWords = 'The user has stopped this task. Stop working on it, and wait for what they say next.';
const inbox = ({ texts }: ToolResult): string => texts[1] ?? '';

for (const era of eras) {
  describe(`the user stops an agent of the ${era} era`, () => {
    let test: TestHub;
    let agent: TestAgent;
    let id: string;
    let uses = 0;

    beforeEach(async () => {
      test = await startTestHub({ port: await freePort() });
      agent = await connectAgent(era, test.agentAddress(), 'claude-code');
      id = await agent.createTask('Fix the build');
      await agent.call('updateTaskStatus', { taskId: id, status: 'ongoing' });
    });

    afterEach(async () => {
      await agent.close();
      await test.dispose();
    });

    async function hook(event: string, session: string, body: Json = {}, dialect = 'claude-code'): Promise<Json> {
      const { hub, workspaceId } = test;
      const response = await fetch(`${hub.url}/hooks/${workspaceId}/${dialect}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hub.agentToken(workspaceId)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ session_id: session, cwd: '/home/me/shop', hook_event_name: event, ...body }),
      });
      assert.equal(response.status, 200);
      return (await response.json()) as Json;
    }
    const ls = (): Json => ({ tool_name: 'Bash', tool_input: { command: 'ls' }, tool_use_id: `toolu_${(uses += 1)}` });
    /** The session says by its hooks that it works on the task. */
    const works = (session: string, tool = `mcp__${serverName(test.workspaceId)}__updateTaskStatus`): Promise<Json> =>
      hook('PostToolUse', session, {
        tool_name: tool,
        tool_input: { taskId: id, status: 'ongoing' },
        tool_use_id: `own_${session}`,
        tool_response: {},
      });
    const stop = async (text?: string): Promise<Task> =>
      (await test.api.call('stopTask', { workspaceId: test.workspaceId, taskId: id, ...(text !== undefined && { text }) })).task;
    const task = async (): Promise<Task> => (await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: id })).task;
    const state = async (): Promise<string | undefined> => (await task()).stop?.state;
    const refusal = (text: string): Json => ({
      hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: text },
    });
    const whole = (words = stopWords): string => `[Response to task ${id}] action=text: ${words}`;

    it('which refuses its next tool once, with their words, and nobody else’s; it has stopped when that is proven', async () => {
      await works('one');
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), {}, 'nothing was stopped yet');
      assert.equal((await stop('Wrong branch')).stop?.state, 'asked');
      await stop('twice');
      assert.deepEqual(await hook('PreToolUse', 'two', ls()), {}, 'another session goes on');
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), refusal(whole(`${stopWords} They say: Wrong branch`)));
      assert.equal(await state(), 'asked');
      assert.deepEqual(await hook('Stop', 'one'), {}, 'its turn may end');
      assert.equal(await state(), 'stopped');
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), {}, 'once for each stop');
      assert.equal(inbox(await agent.call('getWorkspace')), '', 'nor is it told again');
    });

    it('also when the hub has started anew in between', async () => {
      await works('one');
      await stop();
      const { home } = test;
      const port = Number(new URL(test.hub.url).port);
      await test.hub.close();
      test = await startTestHub({ home, port });
      // A connection to the hub of before may still be held.
      const health = `${test.hub.url}/health`;
      await waitFor(
        'the new hub',
        async () =>
          await fetch(health).then(
            ({ ok }) => ok,
            () => false,
          ),
      );
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), refusal(whole()));
      await hook('Stop', 'one');
      assert.equal(await state(), 'stopped');
    });

    it('and says in the home folder that a stop stands there, as long as it does', async () => {
      const isFlagged = (): boolean => existsSync(join(test.home, 'stops', test.workspaceId));
      assert.equal(isFlagged(), false);
      await stop();
      assert.equal(isFlagged(), true);
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: id, text: 'Go on' });
      assert.equal(isFlagged(), false);
      await stop();
      await agent.call('updateTaskStatus', { taskId: id, status: 'completed' });
      assert.equal(isFlagged(), false);
    });

    it('and each of its subagents, as long as that stands', async () => {
      const sub = { ...ls(), agent_id: 'sub-1', agent_type: 'explore' };
      await works('one');
      await stop();
      for (const _ of [1, 2]) assert.deepEqual(await hook('PreToolUse', 'one', sub), refusal(whole()));
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), refusal(whole()), 'and the agent itself as well');
      await hook('Stop', 'one');
      assert.deepEqual(await hook('PreToolUse', 'one', sub), refusal(whole()));
      await hook('UserPromptSubmit', 'one', { prompt: 'Go on' });
      assert.equal(await state(), undefined, 'the user has gone on in its own window');
      assert.deepEqual(await hook('PreToolUse', 'one', sub), {});
    });

    it('that has only just begun with the task: what it was about to do says so, before the report of that has come', async () => {
      await hook('PreToolUse', 'one', {
        tool_name: `mcp__${serverName(test.workspaceId)}__updateTaskStatus`,
        tool_input: { taskId: id, status: 'ongoing' },
        tool_use_id: 'own_one',
      });
      await stop();
      assert.deepEqual(await hook('PreToolUse', 'two', ls()), {}, 'another session goes on');
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), refusal(whole()));
    });

    it('which gets no other tool in that turn but the hub’s own, to say how far it has come', async () => {
      const own = {
        tool_name: `mcp__${serverName(test.workspaceId)}__reply`,
        tool_input: { chatId: id, text: 'x' },
        tool_use_id: 'own_reply',
      };
      await works('one');
      await stop();
      for (const _ of [1, 2, 3]) assert.deepEqual(await hook('PreToolUse', 'one', ls()), refusal(whole()));
      assert.equal(await state(), 'stopped');
      assert.deepEqual(await hook('PreToolUse', 'one', own), {});
      assert.deepEqual(await hook('PreToolUse', 'two', ls()), {}, 'another session goes on');
      await hook('Stop', 'one');
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), {}, 'in a turn that somebody has begun');
      await stop('and again');
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: id, text: 'Go on' });
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), {}, 'the user has written again');
    });

    it('again, when the tool that was refused has run all the same', async () => {
      await works('one');
      await stop();
      const tool = ls();
      await hook('PreToolUse', 'one', tool);
      await hook('PostToolUse', 'one', { ...tool, tool_response: {} });
      assert.equal(await state(), 'asked');
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), refusal(whole()));
    });

    it('that is about to end its turn anyway: then it has stopped, and hears nothing of it', async () => {
      await works('one');
      await stop();
      assert.deepEqual(await hook('Stop', 'one'), {});
      assert.equal(await state(), 'stopped');
      assert.equal(inbox(await agent.call('getWorkspace')), '');
    });

    it('and then writes again, or moves the task: the stop is over, and what nobody has heard of is taken back', async () => {
      await works('one');
      await stop();
      await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: id, text: 'Go on after all' });
      assert.equal(await state(), undefined);
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), {});
      assert.match(inbox(await agent.call('getWorkspace')), /\(1\):\n\[Reply to task .*\] Go on after all$/);
      await stop();
      await agent.call('updateTaskStatus', { taskId: id, status: 'blocked' });
      assert.equal(await state(), undefined);
    });

    it('without hooks of its own, which is told in words: asked to stop, and no more than that', async () => {
      const waiting = agent.call('askHuman', { question: 'Which?', taskId: id, wait_s: 600 });
      await waitFor('the question', async () => (await test.api.call('getBoard', {})).requests.length === 1);
      await stop();
      const result = await waiting;
      assert.match(result.text, /the request is withdrawn/);
      assert.equal(inbox(result), `Unread messages from the user (1):\n${whole()}`);
      assert.equal(inbox(await agent.call('getWorkspace')), '');
      assert.equal(await state(), 'asked');
    });

    it('that waits for a permission: it is denied with their words', async () => {
      await works('one');
      const asked = hook('PermissionRequest', 'one', { tool_name: 'Bash', tool_input: { command: 'rm -r dist' } });
      await waitFor('the permission', async () => (await test.api.call('getBoard', {})).requests.length === 1);
      await stop('No');
      assert.deepEqual(await asked, {
        hookSpecificOutput: {
          hookEventName: 'PermissionRequest',
          decision: { behavior: 'deny', message: `${stopWords} They say: No` },
        },
      });
    });

    it('only where one works', async () => {
      const nothing = (error: unknown): boolean => error instanceof HubError && error.code === 'nothing_to_stop';
      await agent.call('updateTaskStatus', { taskId: id, status: 'completed' });
      await assert.rejects(stop(), nothing);
      const { task: queued } = await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'Later' });
      await assert.rejects(test.api.call('stopTask', { workspaceId: test.workspaceId, taskId: queued.id }), nothing);
    });

    it('and not by what a tool of another server or workspace says', async () => {
      await works('one', 'mcp__agentrq-00000000000__updateTaskStatus');
      await works('one', `mcp__${serverName(test.workspaceId)}__getTask`);
      await stop();
      assert.deepEqual(await hook('PreToolUse', 'one', ls()), {});
    });
  });
}

describe('the user stops an agent with hooks of another form:', () => {
  const forms: [string, string, string, string, string, string, (text: string) => Json][] = [
    [
      'codex-mcp-client',
      'codex',
      'PreToolUse',
      'PostToolUse',
      'mcp__agentrq_WS__updateTaskStatus',
      'tool_input',
      (text) => ({
        hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: text },
      }),
    ],
    [
      'copilot-cli',
      'copilot',
      'PreToolUse',
      'PostToolUse',
      'agentrq-WS-updateTaskStatus',
      'tool_input',
      (text) => ({
        permissionDecision: 'deny',
        permissionDecisionReason: text,
      }),
    ],
    [
      'gemini-cli-mcp-client',
      'gemini',
      'BeforeTool',
      'BeforeTool',
      'mcp_agentrq-WS_updateTaskStatus',
      'tool_input',
      (text) => ({
        decision: 'deny',
        reason: text,
      }),
    ],
  ];
  for (const [name, dialect, before, after, tool, , expected] of forms) {
    it(dialect, async () => {
      const test = await startTestHub();
      const { hub, workspaceId, api } = test;
      const send = async (body: Json): Promise<Json> =>
        (await (
          await fetch(`${hub.url}/hooks/${workspaceId}/${dialect}`, {
            method: 'POST',
            headers: { authorization: `Bearer ${hub.agentToken(workspaceId)}`, 'content-type': 'application/json' },
            body: JSON.stringify({ session_id: 's', ...body }),
          })
        ).json()) as Json;
      const own = { tool_name: tool.replace('WS', workspaceId), tool_use_id: 'u1' };
      const agent = await connectAgent('modern', test.agentAddress(), name);
      const id = await agent.createTask('One');
      const use = { ...own, tool_input: { taskId: id, status: 'ongoing' } };
      await send({ hook_event_name: before, ...use });
      await agent.call('updateTaskStatus', { taskId: id, status: 'ongoing' });
      if (after !== before) await send({ hook_event_name: after, ...use });
      await api.call('stopTask', { workspaceId, taskId: id });
      const shell = { hook_event_name: before, tool_name: 'shell', tool_input: { command: 'ls' }, tool_use_id: 'u2' };
      assert.deepEqual(await send(shell), expected(`[Response to task ${id}] action=text: ${stopWords}`));
      assert.deepEqual(await send({ ...shell, tool_use_id: 'u3' }), expected(`[Response to task ${id}] action=text: ${stopWords}`));
      assert.equal((await api.call('getTask', { workspaceId, taskId: id })).task.stop?.state, 'stopped');
      await agent.close();
      await test.dispose();
    });
  }
});

describe('the user stops a gateway', () => {
  it('which is told to cancel, once, also after the hub has started anew; its next call is the receipt', async () => {
    const rig = await startGatewayRig();
    const { agent, stream } = await rig.listen();
    const task = await rig.task('One');
    await heard(stream, `[Task ${task.id}] One\nb`);
    await (await agent.call(1, 'updateTaskStatus', { taskId: task.id, status: 'ongoing' })).whole();
    stream.cut();
    await waitFor('it to be cut', () => stream.ended());
    await rig.test.api.call('stopTask', { workspaceId: rig.test.workspaceId, taskId: task.id, text: 'Enough' });
    await rig.restart();
    const again = await agent.listen();
    const cancel = await again.waitForMessage('the end', ({ method }) => method === 'notifications/claude/channel/cancel');
    const reason = `${stopWords} They say: Enough`;
    assert.deepEqual(cancel.params, { task_id: task.id, taskId: task.id, chat_id: task.id, reason });
    const state = async (): Promise<string | undefined> =>
      (await rig.test.api.call('getTask', { workspaceId: rig.test.workspaceId, taskId: task.id })).task.stop?.state;
    assert.equal(await state(), 'asked');
    await (await agent.call(2, 'getWorkspace', {})).whole();
    assert.equal(await state(), 'stopped');
    await rig.write(task.id, 'Now this');
    await heard(again, `[Reply to task ${task.id}] Now this`);
    assert.equal(await state(), undefined);
    assert.deepEqual(pushesOn(again), [`[Reply to task ${task.id}] Now this`]);
    assert.equal(again.messages().filter(({ method }) => method === 'notifications/claude/channel/cancel').length, 1);
    await rig.dispose();
  });
});
