import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { type IncomingMessage, request as sendRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AnswerDraft, Request } from '../../src/protocol/model.ts';
import { serverName } from '../../src/protocol/names.ts';
import { unaskedTools } from '../../src/protocol/unaskedTools.ts';
import { apiOf } from '../support/apiOf.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { connectTaskAgent } from '../support/taskAgent.ts';
import { connectAgent, eras, type TestAgent } from '../support/testAgent.ts';
import { makeHome, startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// Events as Claude Code sends them, unless a test is about another agent. The forms of each agent are tested beside its dialect.

type Json = Record<string, unknown>;

const session = { session_id: 's1', transcript_path: '/t.jsonl', cwd: '/home/me/shop', permission_mode: 'default' };
const ls = { tool_name: 'Bash', tool_input: { command: 'ls -la', description: 'List the files' } };
const lsInput = '{"command":"ls -la","description":"List the files"}';
const permission = { ...session, hook_event_name: 'PermissionRequest', ...ls };
const used = { ...session, hook_event_name: 'PostToolUse', ...ls, tool_use_id: 'toolu_1', tool_response: {} };
const stop = { ...session, hook_event_name: 'Stop', stop_hook_active: false };
const prompt = { ...session, hook_event_name: 'UserPromptSubmit', prompt: 'Go on' };

const allowed = { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } } };
const denied = (message: string): Json => ({
  hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message } },
});

describe('the door for hooks', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  async function send(body: unknown, options: { dialect?: string; signal?: AbortSignal } = {}): Promise<Json> {
    const { dialect = 'claude-code', signal } = options;
    const { hub, workspaceId } = test;
    const response = await fetch(`${hub.url}/hooks/${workspaceId}/${dialect}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${hub.agentToken(workspaceId)}`, 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
    assert.equal(response.status, 200);
    return (await response.json()) as Json;
  }

  const live = async (): Promise<Request[]> => (await test.api.call('getBoard', {})).requests;
  const agentRow = async () => (await test.api.call('getBoard', {})).agents.find(({ name }) => name === 'claude-code');

  /** The request that the user sees. */
  async function seen(status: Request['status'] = 'open'): Promise<Request> {
    let found: Request | undefined;
    await waitFor(`a request that is ${status}`, async () => {
      found = (await live()).find((request) => request.status === status);
      return found !== undefined;
    });
    return found ?? assert.fail();
  }

  const answer = (request: Request, draft: AnswerDraft) =>
    test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId: request.id, ...draft });

  /** The user answers what the hook asks, and this is what the hook is told. */
  async function decided(body: Json, draft: AnswerDraft, dialect = 'claude-code'): Promise<{ reply: Json; request: Request }> {
    const reply = send(body, { dialect });
    const request = await seen();
    await answer(request, draft);
    return { reply: await reply, request };
  }

  /** The hook asks, and hangs up. */
  async function givenUp(body: Json): Promise<Request> {
    const hangUp = new AbortController();
    const reply = send(body, { signal: hangUp.signal });
    const request = await seen();
    hangUp.abort();
    await assert.rejects(reply, { name: 'AbortError' });
    await waitFor('the request to leave the board', async () => (await live()).length === 0);
    return request;
  }

  /** What became of a request that may have left the board: all requests of the agent land in its one ongoing task. */
  async function statusOf({ id, taskId }: Request): Promise<string> {
    assert.ok(taskId);
    const { requests } = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId });
    return requests.find((request) => request.id === id)?.status ?? 'none';
  }

  /** An agent over MCP with a task that it works on. */
  async function workingAgent(era: (typeof eras)[number] = 'modern'): Promise<{ agent: TestAgent; taskId: string }> {
    const agent = await connectAgent(era, test.agentAddress(), 'claude-code');
    const taskId = await agent.createTask('T', 'b');
    await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
    return { agent, taskId };
  }

  const write = (taskId: string, text: string) => test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId, text });

  describe('permissions', () => {
    it('shows the whole input, and allows when the user does', async () => {
      const reply = send(permission);
      const request = await seen();
      assert.deepEqual(request.permission, { tool: 'Bash', input: lsInput, description: 'List the files', cwd: '/home/me/shop' });
      const waiting = await agentRow();
      assert.deepEqual([waiting?.connected, waiting?.waitingFor], [true, [request.id]]);
      await answer(request, { decision: 'allow' });
      assert.deepEqual(await reply, allowed);
      await waitFor('the verdict to be handed over', async () => (await seen('answered')).handedOver === true);
      assert.equal((await agentRow())?.waitingFor, undefined);
    });

    describe('for a tool of the hub itself', () => {
      /** As Claude Code asks for a tool of an MCP server for which nothing is set. */
      function forTool(tool: string, server = serverName(test.workspaceId), source = 'local'): Json {
        const name = `mcp__${server}__${tool}`;
        const suggestion = { type: 'addRules', rules: [{ toolName: name }], behavior: 'allow', destination: 'localSettings' };
        const about = {
          tool_name: name,
          tool_input: { title: 'T' },
          permission_suggestions: [suggestion],
          mcp_server: { name: server, source },
        };
        return { ...session, hook_event_name: 'PermissionRequest', ...about };
      }

      it('are given at once, and nobody sees any of it', async () => {
        await send(stop);
        await send(prompt);
        const { cursor } = await test.api.call('getBoard', {});
        for (const tool of unaskedTools) assert.deepEqual(await send(forTool(tool)), allowed, tool);
        assert.deepEqual(await send(forTool('askHuman', undefined, 'user')), allowed);
        const board = await test.api.call('getBoard', {});
        assert.deepEqual(board.requests, []);
        assert.equal(board.cursor, cursor, 'no event');
      });

      it('are asked for as usual where the user has set so, or where it is another server or tool', async () => {
        const own = forTool('createTask');
        const { permission_suggestions: suggestions, mcp_server: _, ...older } = own;
        const planted: readonly Json[] = [
          forTool('createTask', 'agentrq'),
          forTool('createTask', serverName('1h8b1P7TX5V')),
          forTool('createTask', undefined, 'project'),
          forTool('deleteTask'),
          // A rule of the user asks: nothing is offered then.
          { ...own, permission_suggestions: undefined },
          { ...own, permission_suggestions: [{ type: 'setMode', mode: 'acceptEdits', destination: 'session' }] },
          { ...own, permission_suggestions: (suggestions as Json[]).map((one) => ({ ...one, behavior: 'ask' })) },
          { ...older, permission_suggestions: suggestions },
          { ...own, tool_name: 'Bash' },
        ];
        for (const body of planted) {
          const { reply } = await decided(body, { decision: 'deny', note: JSON.stringify(body) });
          assert.deepEqual(reply, denied(JSON.stringify(body)));
        }
      });

      it('are asked for as usual by Codex, whose hook comes only where the user has set so', async () => {
        const body = {
          ...session,
          hook_event_name: 'PermissionRequest',
          tool_name: `mcp__${serverName(test.workspaceId)}__createTask`,
          tool_input: {},
        };
        await decided(body, { decision: 'allow' }, 'codex');
      });
    });

    it('counts a verdict as delivered at the next event of the same session, and of no other', async () => {
      await decided(permission, { decision: 'deny' });
      await send({ ...session, session_id: 's2', hook_event_name: 'PreCompact' });
      assert.equal((await live())[0]?.status, 'answered');
      await send({ ...session, hook_event_name: 'PreCompact' });
      assert.equal((await live())[0]?.status, 'delivered');
    });

    it('denies with the words of the user, or with words of its own', async () => {
      const first = await decided(permission, { decision: 'deny', note: 'Not on a Friday.' });
      assert.deepEqual(first.reply, denied('Not on a Friday.'));
      const second = await decided(permission, { decision: 'deny' });
      assert.deepEqual(second.reply, denied('The user has denied this.'));
      assert.notEqual(second.request.id, first.request.id, 'a verdict that has arrived is used up');
    });

    it('takes the agent that it knows from MCP, as it introduced itself there', async () => {
      const agent = await connectAgent('modern', test.agentAddress(), 'claude-code');
      await agent.call('getWorkspace');
      await decided(permission, { decision: 'allow' });
      const { agents } = await test.api.call('getBoard', {});
      assert.deepEqual(
        agents.map(({ name, version }) => [name, version]),
        [['claude-code', '1.2.3']],
      );
      await agent.close();
    });

    for (const era of eras) {
      it(`tells the agent a note on an allow in words, once, with its next result (${era} era)`, async () => {
        const { agent } = await workingAgent(era);
        const { reply, request } = await decided(permission, { decision: 'allow', note: 'But be quick.' });
        assert.deepEqual(reply, allowed);
        assert.equal((await seen('answered')).handedOver, undefined);
        const result = await agent.call('getWorkspace');
        assert.match(result.texts[1] ?? '', /The user has allowed what you asked for: Bash[^]*Their note: But be quick\./);
        assert.equal((await agent.call('getWorkspace')).texts.length, 1);
        assert.equal(await statusOf(request), 'delivered');
        await agent.close();
      });
    }

    it('sends a note on an allow along when the agent reports that it has used the tool', async () => {
      await workingAgent();
      const { request } = await decided(permission, { decision: 'allow', note: 'But be quick.' });
      const reply = (await send(used)) as { hookSpecificOutput?: { hookEventName: string; additionalContext: string } };
      assert.equal(reply.hookSpecificOutput?.hookEventName, 'PostToolUse');
      assert.match(reply.hookSpecificOutput?.additionalContext ?? '', /But be quick\./);
      assert.deepEqual(await send(stop), {});
      assert.equal(await statusOf(request), 'delivered');
    });

    it('asks anew for the same command after an allow with a note, even if the note has not arrived', async () => {
      const { request } = await decided(permission, { decision: 'allow', note: 'Only once.' });
      const again = send(permission);
      const next = await seen();
      assert.notEqual(next.id, request.id);
      await answer(next, { decision: 'deny' });
      assert.deepEqual(await again, denied('The user has denied this.'));
    });

    it('gives up with the agent; a late verdict counts once and is told in words', async () => {
      const { agent } = await workingAgent();
      const request = await givenUp(permission);
      assert.equal(await statusOf(request), 'expired');
      await answer(request, { decision: 'allow' });
      await assert.rejects(answer(request, { decision: 'deny' }), { code: 'already_answered' });
      const { texts } = await agent.call('getWorkspace');
      assert.match(texts[1] ?? '', /^Answers from the user \(1\):\nThe user has allowed what you asked for: Bash, \{"command":"ls -la"/);
      assert.equal((await agent.call('getWorkspace')).texts.length, 1);
      await agent.close();
    });

    it('finds the same request when the same use is asked for again', async () => {
      const request = await givenUp(permission);
      const { request: again, reply } = await decided(permission, { decision: 'allow' });
      assert.equal(again.id, request.id);
      assert.deepEqual(reply, allowed);
    });

    it('finds it by the id of the use as well, and gives the verdict that was given, which may not have arrived', async () => {
      const withId = { ...permission, tool_use_id: 'toolu_7' };
      const { request } = await decided(withId, { decision: 'allow' });
      assert.deepEqual(await send(withId), allowed);
      assert.deepEqual(
        (await live()).map(({ id, status }) => [id, status]),
        [[request.id, 'answered']],
      );
    });

    it('tells for how many uses that are the same a verdict is, and each of them gets it', async () => {
      for (const [draft, reply] of [
        [{ decision: 'deny' }, denied('The user has denied this.')],
        [{ decision: 'allow' }, allowed],
      ] as [AnswerDraft, Json][]) {
        const first = send(permission);
        const { id } = await seen();
        const second = send(permission);
        await waitFor('the request to say that it is for two', async () => (await seen()).permission?.uses === 2);
        assert.deepEqual((await live()).map((each) => each.id).filter((each) => each === id).length, 1, 'they are one request');
        await answer(await seen(), draft);
        assert.deepEqual([await first, await second], [reply, reply]);
        await send({ ...session, hook_event_name: 'SessionEnd', reason: 'other' });
      }
    });

    it('goes on for the one that still waits when the other gives up, and says so', async () => {
      const hangUp = new AbortController();
      const first = send(permission, { signal: hangUp.signal });
      await seen();
      const second = send(permission);
      await waitFor('the request to say that it is for two', async () => (await seen()).permission?.uses === 2);
      hangUp.abort();
      await assert.rejects(first, { name: 'AbortError' });
      await waitFor('the request to say that it is for one', async () => (await seen()).permission?.uses === undefined);
      await answer(await seen(), { decision: 'allow' });
      assert.deepEqual(await second, allowed);
    });

    it('is one for each host that Codex asks for, and each gets its own verdict', async () => {
      const network = (host: string) => ({
        ...session,
        hook_event_name: 'PermissionRequest',
        tool_name: 'Bash',
        tool_input: { command: 'npm install', description: `network-access https://${host}:443` },
      });
      const good = send(network('registry.example.org'), { dialect: 'codex' });
      await seen();
      const evil = send(network('evil.example'), { dialect: 'codex' });
      await waitFor('both to be on the board', async () => (await live()).length === 2);
      const [one, two] = (await live()).toSorted((left, right) => (left.id < right.id ? -1 : 1));
      assert.ok(one && two);
      assert.match(one.permission?.input ?? '', /registry\.example\.org/);
      assert.match(two.permission?.description ?? '', /evil\.example/);
      await answer(one, { decision: 'allow' });
      await answer(two, { decision: 'deny', note: 'Not that one.' });
      assert.deepEqual([await good, await evil], [allowed, denied('Not that one.')]);
      const report = { ...session, hook_event_name: 'PostToolUse', tool_name: 'Bash', tool_input: { command: 'npm install' } };
      await send({ ...report, tool_use_id: 'call_1', tool_response: 'ok' }, { dialect: 'codex' });
      assert.deepEqual(
        (await live()).map(({ id, status }) => [id, status]),
        [[two.id, 'delivered']],
        'its report leaves out why it asked, and still tells what was used',
      );
    });

    const others: [what: string, other: Json, dialect?: string][] = [
      ['another folder', { ...permission, cwd: '/home/me/shop/docs' }],
      ['a subagent', { ...permission, agent_id: 'a1', agent_type: 'Explore' }],
      ['another session', { ...permission, session_id: 's2' }],
      ['another sandbox', { ...permission, tool_input: { ...ls.tool_input, dangerouslyDisableSandbox: true } }],
      ['another reason', { ...permission, tool_input: { ...ls.tool_input, description: 'Look around' } }],
    ];
    for (const [what, other] of others) {
      it(`is another one from ${what}`, async () => {
        const first = send(permission);
        const { id } = await seen();
        const second = send(other);
        await waitFor('both to be on the board', async () => (await live()).length === 2);
        const one = (await live()).find((request) => request.id !== id);
        await answer(one ?? assert.fail(), { decision: 'allow' });
        assert.deepEqual(await second, allowed);
        await answer(await seen(), { decision: 'deny' });
        assert.deepEqual(await first, denied('The user has denied this.'));
      });
    }

    it('keeps uses with ids of their own apart, and each gets its own verdict', async () => {
      const first = send({ ...permission, tool_use_id: 'toolu_a' });
      await seen();
      const second = send({ ...permission, tool_use_id: 'toolu_b' });
      await waitFor('both to be on the board', async () => (await live()).length === 2);
      const [one, two] = (await live()).toSorted((left, right) => (left.id < right.id ? -1 : 1));
      assert.ok(one && two);
      await answer(two, { decision: 'deny' });
      await answer(one, { decision: 'allow' });
      assert.deepEqual([await first, await second], [allowed, denied('The user has denied this.')]);
    });

    it('answers at once what a rule allows', async () => {
      await test.api.call('createRule', { workspaceId: test.workspaceId, text: 'Bash:ls -la' });
      assert.deepEqual(await send(permission), allowed);
      assert.equal((await live())[0]?.answer?.ruleIds?.length, 1);
    });

    it('is superseded when the agent used the tool, because its own dialog decided', async () => {
      await workingAgent();
      const reply = send(permission);
      const request = await seen();
      await send(used);
      assert.deepEqual(await reply, {});
      assert.equal(await statusOf(request), 'superseded');
    });

    it('is acted on when the agent used the tool after the user allowed it', async () => {
      await workingAgent();
      const { request } = await decided(permission, { decision: 'allow' });
      assert.deepEqual(await send(used), {});
      assert.equal(await statusOf(request), 'acted');
    });

    it('is superseded by a new prompt, and ended with its session', async () => {
      await workingAgent();
      const first = send(permission);
      const superseded = await seen();
      assert.deepEqual(await send(prompt), {});
      assert.deepEqual(await first, {});
      assert.equal(await statusOf(superseded), 'superseded');

      const second = send(permission);
      const ended = await seen();
      assert.deepEqual(await send({ ...session, hook_event_name: 'SessionEnd', reason: 'other' }), {});
      assert.equal(await statusOf(ended), 'expired');
      await answer(ended, { decision: 'deny' });
      assert.deepEqual(await second, denied('The user has denied this.'), 'a hook that waits all the same is told');
    });

    it('outlives what a program submits as a prompt, and that of a subagent any prompt', async () => {
      await workingAgent();
      const main = send(permission);
      await seen();
      const inSubagent = send({ ...permission, agent_id: 'sub1' });
      await waitFor('both to be on the board', async () => (await live()).length === 2);
      const task = '<task-notification>\n<task-id>b1</task-id>\n<status>completed</status>\n</task-notification>';
      await send({ ...prompt, prompt: task });
      assert.deepEqual(
        (await live()).map(({ status }) => status),
        ['open', 'open'],
      );
      await send(prompt);
      assert.deepEqual(await main, {});
      const left = await seen();
      assert.equal(left.permission?.subagent?.id, 'sub1');
      await send(stop);
      await send({ ...session, hook_event_name: 'SubagentStop', agent_id: 'sub2', agent_type: 'Explore' });
      assert.equal((await seen()).id, left.id);
      await send({ ...session, hook_event_name: 'SubagentStop', agent_id: 'sub1', agent_type: 'Explore' });
      assert.deepEqual(await inSubagent, {});
      assert.equal(await statusOf(left), 'superseded');
    });

    const batch = { ...session, hook_event_name: 'PostToolBatch' };
    const otherOrder = { description: 'List the files', command: 'ls -la' };
    const settled: [what: string, event: Json][] = [
      ['the tool has failed', { ...session, hook_event_name: 'PostToolUseFailure', ...ls, tool_use_id: 'toolu_1', error: 'Exit code 7' }],
      ['its batch is over', { ...session, hook_event_name: 'PostToolBatch', tool_calls: [{ ...ls, tool_use_id: 'toolu_1' }] }],
      ['its batch is over, with the members in the order of the model', { ...batch, tool_calls: [{ ...ls, tool_input: otherOrder }] }],
      ['the tool was used, with the members in another order', { ...used, tool_input: otherOrder }],
      ['the turn ends', stop],
    ];
    for (const [what, event] of settled) {
      it(`goes when it was decided in the agent itself: ${what}`, async () => {
        await workingAgent();
        const reply = send(permission);
        const request = await seen();
        await send({ ...session, hook_event_name: 'PostToolBatch', tool_calls: [{ ...ls, tool_input: { command: 'ls' } }] });
        assert.equal((await seen()).id, request.id, 'another batch says nothing about it');
        await send(event);
        assert.deepEqual(await reply, {});
        assert.equal(await statusOf(request), 'superseded');
      });
    }

    it('keeps an input of 900 KB whole', async () => {
      const command = `${'# '.repeat(450_000)}\nrm -rf ~`;
      const reply = send({ ...permission, tool_input: { command } });
      const { permission: shown } = await seen();
      assert.equal(shown?.input, JSON.stringify({ command }));
      await test.api.call('dismissRequest', { workspaceId: test.workspaceId, requestId: (await seen()).id });
      assert.deepEqual(await reply, {});
    });

    it('leaves to the agent what is too large to be shown, and says that it waits there', async () => {
      assert.deepEqual(await send({ ...permission, tool_input: { command: 'x'.repeat(1_000_001) } }), {});
      assert.deepEqual(await live(), []);
      assert.match((await agentRow())?.waitsElsewhere?.text ?? '', /^It wants to use Bash/);
    });

    it('reads and answers the other agents in their own form', async () => {
      const codex = await decided(permission, { decision: 'deny', note: 'No.' }, 'codex');
      assert.deepEqual(codex.reply, denied('No.'));
      const copilot = await decided(permission, { decision: 'allow' }, 'copilot');
      assert.deepEqual(copilot.reply, { behavior: 'allow' });
      const shell = { conversation_id: 'c1', generation_id: 'g', hook_event_name: 'beforeShellExecution', command: 'ls', cwd: '/x' };
      const cursor = await decided(shell, { decision: 'deny', note: 'No.' }, 'cursor');
      assert.deepEqual(cursor.reply, { permission: 'deny', user_message: 'No.', agent_message: 'No.' });
      const { agents } = await test.api.call('getBoard', {});
      assert.deepEqual(agents.map(({ name }) => name).toSorted(), ['codex-mcp-client', 'copilot-cli', 'cursor-vscode']);
    });
  });

  describe('the end of a turn', () => {
    for (const era of eras) {
      it(`hands over what the user has written, proven by the next event and not told twice (${era} era)`, async () => {
        const { agent, taskId } = await workingAgent(era);
        assert.deepEqual(await send(stop), {});
        const { message } = await write(taskId, 'Use the blue one.');
        const delivery = async () =>
          (await test.api.call('getTask', { workspaceId: test.workspaceId, taskId })).messages.find(({ id }) => id === message.id)
            ?.delivery;

        const { decision, reason } = await send(stop);
        assert.equal(decision, 'block');
        assert.match(String(reason), /^Before you stop[^]*\[Reply to task [^]*Use the blue one\.$/);
        assert.equal(await delivery(), 'offered');
        assert.deepEqual(await send({ ...stop, stop_hook_active: true }), {});
        assert.equal(await delivery(), 'delivered');
        assert.equal((await agent.call('getWorkspace')).texts.length, 1);
        await agent.close();
      });

      it(`is not told again with a result that comes before the next event (${era} era)`, async () => {
        const { agent, taskId } = await workingAgent(era);
        await write(taskId, 'Use the blue one.');
        assert.equal((await send(stop))['decision'], 'block');
        assert.equal((await agent.call('getWorkspace')).texts.length, 1);
        assert.deepEqual(await send({ ...stop, stop_hook_active: true }), {});
        await agent.close();
      });
    }

    it('takes back what could not be sent', async () => {
      const { taskId } = await workingAgent();
      // More than the buffers between two sockets hold, so that the answer is still under way when the agent hangs up.
      const text = 'x'.repeat(150_000);
      for (let index = 0; index < 80; index += 1) await write(taskId, text);
      const deliveries = async () => {
        const { messages } = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId });
        return messages.filter(({ sender }) => sender === 'human').map(({ delivery }) => delivery);
      };
      const { hub, workspaceId } = test;
      const call = sendRequest(`${hub.url}/hooks/${workspaceId}/claude-code`, {
        method: 'POST',
        headers: { authorization: `Bearer ${hub.agentToken(workspaceId)}`, 'content-type': 'application/json' },
      });
      call.end(JSON.stringify(stop));
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      response.pause();
      await waitFor('the messages to be offered', async () => (await deliveries()).every((delivery) => delivery === 'offered'));
      call.destroy();
      await waitFor('the messages to be taken back', async () => (await deliveries()).every((delivery) => delivery === 'queued'));
      assert.match(String((await send(stop))['reason']), /Unread messages from the user \(80\):/);
    });

    it('is put off five times in a row at most, until the user prompts the agent', async () => {
      const { taskId } = await workingAgent();
      for (let round = 1; round <= 5; round += 1) {
        await write(taskId, `Round ${round}`);
        assert.match(String((await send({ ...stop, stop_hook_active: round > 1 }))['reason']), new RegExp(`Round ${round}$`));
      }
      await write(taskId, 'Round 6');
      assert.deepEqual(await send({ ...stop, stop_hook_active: true }), {});
      await send({ ...prompt, hook_event_name: 'UserPromptSubmit', prompt: '<task-notification>done</task-notification>' });
      await write(taskId, 'Round 6b');
      assert.deepEqual(await send({ ...stop, stop_hook_active: true }), {}, 'what a program submits is not the turn of the user');
      const { hookSpecificOutput } = (await send(prompt)) as { hookSpecificOutput: Json };
      assert.equal(hookSpecificOutput['hookEventName'], 'UserPromptSubmit');
      assert.match(String(hookSpecificOutput['additionalContext']), /^The user has also written to you in AgentRQ\.[^]*Round 6b$/);
      await write(taskId, 'Round 7');
      assert.match(String((await send(stop))['reason']), /Round 7$/);
    });

    it("is put off as often as the agent's own count allows", async () => {
      const cursor = await connectAgent('modern', test.agentAddress(), 'cursor-vscode');
      const taskId = await cursor.createTask('T', 'b');
      const ends = { conversation_id: 'c1', hook_event_name: 'stop', status: 'completed' };
      await write(taskId, 'One');
      assert.deepEqual(await send({ ...ends, loop_count: 5 }, { dialect: 'cursor' }), {});
      assert.match(String((await send({ ...ends, loop_count: 4 }, { dialect: 'cursor' }))['followup_message']), /One$/);
      await cursor.close();
    });

    it('is none of a subagent', async () => {
      const { taskId } = await workingAgent();
      await write(taskId, 'Wait for the main agent.');
      assert.deepEqual(await send({ ...session, hook_event_name: 'SubagentStop', stop_hook_active: false }), {});
    });
  });

  describe('an agent that waits in its own window', () => {
    const notice = { ...session, hook_event_name: 'Notification', message: 'Claude needs your permission to use Bash' };

    it('is shown, until it is heard again', async () => {
      await send({ ...notice, notification_type: 'permission_prompt' });
      assert.equal((await agentRow())?.waitsElsewhere?.text, 'Claude needs your permission to use Bash');
      await send(used);
      assert.equal((await agentRow())?.waitsElsewhere, undefined);
    });

    it('is shown also while it asks what became of a call in the background', async () => {
      const agent = await connectTaskAgent(test.agentAddress(), 'claude-code');
      const { taskId } = await agent.begin('askHuman', { question: 'Which?' });
      await send({ ...notice, notification_type: 'permission_prompt' });
      await agent.get(taskId);
      assert.notEqual((await agentRow())?.waitsElsewhere, undefined);
      await agent.call('getWorkspace');
      assert.equal((await agentRow())?.waitsElsewhere, undefined);
      await agent.close();
    });

    it('is not shown while its permission is before the user here, nor when it is merely idle', async () => {
      const reply = send(permission);
      const request = await seen();
      await send({ ...notice, notification_type: 'permission_prompt' });
      assert.equal((await agentRow())?.waitsElsewhere, undefined);
      await send({ ...notice, session_id: 's2', notification_type: 'permission_prompt' });
      assert.notEqual((await agentRow())?.waitsElsewhere, undefined, 'another session has nobody to ask here');
      await answer(request, { decision: 'allow' });
      await reply;
      await send({ ...notice, notification_type: 'idle_prompt' });
      assert.equal((await agentRow())?.waitsElsewhere, undefined);
    });

    it('keeps its own questions there, where they can be answered', async () => {
      assert.deepEqual(await send({ ...permission, tool_name: 'AskUserQuestion', tool_input: { questions: [] } }), {});
      assert.deepEqual(await live(), []);
      assert.equal((await agentRow())?.waitsElsewhere?.text, 'It asks you a question.');
    });
  });

  it('is not about what an agent does in another folder, where its hooks are the same', async () => {
    const { workspace } = await test.api.call('openWorkspace', { name: 'shop', folder: 'file:///home/me/shop' });
    const report = async (cwd: string): Promise<unknown> => {
      const response = await fetch(`${test.hub.url}/hooks/${workspace.id}/codex`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.hub.agentToken(workspace.id)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...permission, cwd }),
      });
      return await response.json();
    };
    assert.deepEqual(await report('/home/me/other'), {});
    assert.deepEqual(await report('/home/me'), {}, 'the folder of many workspaces');
    assert.deepEqual(await live(), [], 'nobody was asked');
    const asking = report('/home/me/shop/src');
    const request = await seen();
    await test.api.call('answerRequest', { workspaceId: workspace.id, requestId: request.id, decision: 'allow' });
    assert.notDeepEqual(await asking, {});
  });

  describe('of a session', () => {
    const codex = { session_id: 'c1', turn_id: 't1', model: 'm', permission_mode: 'default' };
    const command = { ...codex, hook_event_name: 'PermissionRequest', tool_name: 'Bash', tool_input: { command: 'ls' } };
    const says = (name: string, cwd: string): Json => ({ ...codex, hook_event_name: name, cwd });

    const open = async (name: string): Promise<string> => {
      const { workspace } = await test.api.call('openWorkspace', { name, folder: `file:///home/me/${name}` });
      return workspace.id;
    };
    const report = async (workspaceId: string, body: Json, dialect = 'codex'): Promise<unknown> => {
      const response = await fetch(`${test.hub.url}/hooks/${workspaceId}/${dialect}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.hub.agentToken(workspaceId)}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return await response.json();
    };
    const deny = async (workspaceId: string, asking: Promise<unknown>): Promise<Request> => {
      const request = await seen();
      assert.equal(request.workspaceId, workspaceId);
      await test.api.call('answerRequest', { workspaceId, requestId: request.id, decision: 'deny' });
      assert.deepEqual(await asking, denied('The user has denied this.'));
      return request;
    };

    for (const name of ['UserPromptSubmit', 'Stop']) {
      it(`is what happens where its ${name} came from, whatever folder a command runs in`, async () => {
        const [shop, other] = [await open('shop'), await open('other')];
        for (const workspaceId of [shop, other]) assert.deepEqual(await report(workspaceId, says(name, '/home/me/shop')), {});
        const inUsr = await deny(shop, report(shop, { ...command, cwd: '/usr' }));
        assert.equal(inUsr.permission?.cwd, '/usr', 'the user sees where it runs');
        const inOther = { ...command, cwd: '/home/me/other' };
        assert.deepEqual(await report(other, inOther), {}, 'its session works elsewhere');
        await deny(shop, report(shop, inOther));
      });
    }

    it('is asked where a rule would allow it in the folder of the workspace', async () => {
      const root = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-workdir-')));
      try {
        const { workspace } = await test.api.call('openWorkspace', { name: 'shop', folder: pathToFileURL(root).href });
        await test.api.call('createRule', { workspaceId: workspace.id, text: 'Bash:ls' });
        await report(workspace.id, says('UserPromptSubmit', root));
        assert.deepEqual(await report(workspace.id, { ...command, cwd: root }), allowed);
        await deny(workspace.id, report(workspace.id, { ...command, cwd: tmpdir() }));
      } finally {
        rmSync(root, { recursive: true, force: true });
      }
    });

    it('that has a tool used elsewhere is over for the board', async () => {
      const shop = await open('shop');
      await report(shop, says('UserPromptSubmit', '/home/me/shop'));
      const asking = report(shop, { ...command, cwd: '/usr' });
      await seen();
      await report(shop, { ...command, hook_event_name: 'PostToolUse', tool_use_id: 'u1', tool_response: '', cwd: '/usr' });
      assert.deepEqual(await asking, {});
    });

    it('goes by the folders that Cursor has open', async () => {
      const [shop, other] = [await open('shop'), await open('other')];
      const shell = { hook_event_name: 'beforeShellExecution', conversation_id: 'k1', command: 'ls', cwd: '/home/me/other' };
      const inShop = { ...shell, workspace_roots: ['/home/me/shop'] };
      assert.deepEqual(await report(other, inShop, 'cursor'), {});
      const asking = report(shop, inShop, 'cursor');
      const { id: requestId } = await seen();
      await test.api.call('answerRequest', { workspaceId: shop, requestId, decision: 'allow' });
      assert.deepEqual(await asking, { permission: 'allow' });
    });
  });

  it('is about a workspace that was opened through a link, of which agents report the real folder', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-link-')));
    try {
      mkdirSync(join(root, 'real'));
      symlinkSync(join(root, 'real'), join(root, 'link'));
      const { workspace } = await test.api.call('openWorkspace', { name: 'shop', folder: pathToFileURL(join(root, 'link')).href });
      const asking = fetch(`${test.hub.url}/hooks/${workspace.id}/codex`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.hub.agentToken(workspace.id)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ ...permission, cwd: join(root, 'real') }),
      });
      const request = await seen();
      await test.api.call('answerRequest', { workspaceId: workspace.id, requestId: request.id, decision: 'allow' });
      assert.notDeepEqual(await (await asking).json(), {});
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('allows by a star what only reads in the folder of the workspace, and asks the rest', async () => {
    const root = realpathSync(mkdtempSync(join(tmpdir(), 'agentrq-star-')));
    try {
      mkdirSync(join(root, 'src'));
      const { workspace } = await test.api.call('openWorkspace', { name: 'shop', folder: pathToFileURL(root).href });
      const ask = async (command: string, cwd = root): Promise<unknown> => {
        const response = await fetch(`${test.hub.url}/hooks/${workspace.id}/claude-code`, {
          method: 'POST',
          headers: { authorization: `Bearer ${test.hub.agentToken(workspace.id)}`, 'content-type': 'application/json' },
          body: JSON.stringify({ ...permission, cwd, tool_input: { command, description: 'x' } }),
        });
        return await response.json();
      };
      const first = ask('cd src && ls -la');
      const request = await seen();
      const inRequest = { workspaceId: workspace.id, requestId: request.id };
      const { proposals } = await test.api.call('proposeRules', inRequest);
      assert.deepEqual(
        proposals.map(({ text, reach, and }) => [text, reach, and]),
        [
          ['Bash:cd src && ls -la', 'exact', undefined],
          ['Bash:cd *', 'reading', [{ text: 'Bash:ls *', reach: 'reading' }]],
        ],
      );
      await test.api.call('answerRequest', { ...inRequest, decision: 'allow', rule: { text: 'Bash:cd *', and: ['Bash:ls *'] } });
      assert.deepEqual(await first, allowed);
      assert.deepEqual(await ask('ls', join(root, 'src')), allowed);
      assert.deepEqual(await ask('cd src && ls ..'), allowed);
      for (const command of ['ls ..', 'cd .. && ls', 'ls -L', 'ls > x', 'ls $(x)']) {
        const asking = ask(command);
        await waitFor('it to be asked', async () => (await live()).some(({ status }) => status === 'open'));
        const requestId = (await live()).find(({ status }) => status === 'open')?.id ?? '';
        await test.api.call('answerRequest', { workspaceId: workspace.id, requestId, decision: 'deny' });
        assert.notDeepEqual(await asking, allowed, command);
      }
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  describe('what it lets in', () => {
    const headers = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}`, 'content-type': 'application/json' });

    async function refusal(path: string, init: RequestInit): Promise<[number, string]> {
      const response = await fetch(test.hub.url + path, init);
      const { error } = (await response.json()) as { error: { code: string } };
      return [response.status, error.code];
    }

    it("is an agent's token of this workspace, in the header alone", async () => {
      const { hub, workspaceId } = test;
      const path = `/hooks/${workspaceId}/claude-code`;
      const body = JSON.stringify(stop);
      const other = hub.openWorkspace('other').id;
      const own = hub.agentToken(workspaceId);
      const post = (init: RequestInit, address = path) => refusal(address, { method: 'POST', body, ...init });
      assert.deepEqual(await post({ headers: headers(hub.agentToken(other)) }), [403, 'wrong_workspace']);
      assert.deepEqual(await post({ headers: headers(hub.userToken) }), [403, 'wrong_role']);
      assert.deepEqual(await post({ headers: { 'content-type': 'application/json' } }), [401, 'unauthorized']);
      assert.deepEqual(await post({ headers: { 'content-type': 'application/json' } }, `${path}?token=${own}`), [401, 'unauthorized']);
      assert.deepEqual(await post({ headers: { ...headers(own), origin: 'http://127.0.0.1' } }), [403, 'forbidden_origin']);
      assert.deepEqual(await post({ headers: headers(own) }, `/hooks/${workspaceId}/emacs`), [404, 'not_found']);
      assert.deepEqual(await refusal(path, { headers: headers(own) }), [405, 'method_not_allowed']);
      assert.deepEqual((await test.api.call('getBoard', {})).agents, []);
    });

    it('is any event: what it does not understand is answered with nothing', async () => {
      for (const body of ['', '{', '[]', 'null', '"Stop"', '{}', '{"hook_event_name":7}', '\u0000', '{"hook_event_name":""}']) {
        assert.deepEqual(await send(body), {}, body);
      }
      assert.deepEqual((await test.api.call('getBoard', {})).agents, [], 'nothing of it is a sign of life');
      const odd: Json[] = [
        { hook_event_name: 'Tomorrow' },
        { hook_event_name: 'PermissionRequest', session_id: 7 },
        { hook_event_name: 'PermissionRequest', tool_name: '' },
        { hook_event_name: 'Notification', message: {} },
        { hook_event_name: 'PostToolUse' },
      ];
      for (const body of odd) assert.deepEqual(await send(body), {});
      assert.deepEqual(await live(), []);
    });

    it('is no more than the hub reads, and even then the agent is told nothing', async () => {
      assert.deepEqual(await send({ ...permission, tool_input: 'x'.repeat(5 * 1024 * 1024) }), {});
      assert.deepEqual(await send(permission.hook_event_name.repeat(3)), {});
      assert.deepEqual(await live(), []);
    });
  });

  it('lets a hook go when the hub stops; the verdict that comes after the restart is told in words', async () => {
    const { agent } = await workingAgent();
    const reply = send(permission);
    const request = await seen();
    await agent.close();
    await test.hub.close();
    assert.deepEqual(await reply, {});

    test = await startTestHub({ home: test.home });
    assert.equal(await statusOf(request), 'expired');
    await answer(request, { decision: 'deny', note: 'Too late?' });
    assert.match(String((await send(stop))['reason']), /The user has denied what you asked for[^]*Too late\?/);
  });
});

describe('a hub that is killed while a hook waits', () => {
  it('says after its restart that nobody waits any more', async () => {
    const home = makeHome();
    const first = await startHubProcess({ home });
    const [workspace] = first.workspaces;
    assert.ok(workspace);
    const api = apiOf(() => first);
    const reply = fetch(workspace.mcpUrl.replace('/mcp/', '/hooks/') + '/claude-code', {
      method: 'POST',
      headers: { authorization: `Bearer ${workspace.agentToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(permission),
    });
    await waitFor('the request to be open', async () => (await api.call('getBoard', {})).requests[0]?.status === 'open');
    await Promise.all([first.stop('SIGKILL'), assert.rejects(reply)]);

    const second = await startHubProcess({ home });
    const apiAfter = apiOf(() => second);
    assert.deepEqual((await apiAfter.call('getBoard', {})).requests, []);
    await second.stop('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  });
});
