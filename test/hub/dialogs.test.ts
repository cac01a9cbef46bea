import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import type { AnswerDraft, Request } from '../../src/protocol/model.ts';
import { apiOf } from '../support/apiOf.ts';
import { feed } from '../support/feed.ts';
import { type HubProcess, startHubProcess } from '../support/hubProcess.ts';
import { programs } from '../support/programs.ts';
import { connectAgent } from '../support/testAgent.ts';
import { makeHome } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// Claude Code's own questions and plans, by both forms of its hooks: it calls the hub's address, or starts the hook script.

type Json = Record<string, unknown>;

/** A hook that the agent waits for. */
interface Hook {
  /** What the agent is told; fails if the hook ended otherwise than an agent expects. */
  reply: Promise<Json>;
  /** The agent ends it, as when its user leaves the dialog. */
  end(): void;
}

const session = { session_id: 's1', cwd: '/home/me/shop', permission_mode: 'default' };
const option = (label: string) => ({ label, description: `${label}, described` });
const database = { question: 'Which database?', header: 'Database', multiSelect: false, options: [option('SQLite'), option('PostgreSQL')] };
const features = { question: 'Which features?', header: 'Features', multiSelect: true, options: [option('Auth'), option('Search, fast')] };
const name = { question: 'Which name?', header: 'Name', multiSelect: false, options: [option('Shop'), option('Store')] };
const use = (...questions: unknown[]) => ({ tool_name: 'AskUserQuestion', tool_input: { questions } });
const asks = (...questions: unknown[]): Json => ({ ...session, hook_event_name: 'PermissionRequest', ...use(...questions) });
const planUse = { tool_name: 'ExitPlanMode', tool_input: { plan: '# Plan\n1. do it', planFilePath: '/home/me/.claude/plans/x.md' } };
const proposes: Json = { ...session, hook_event_name: 'PermissionRequest', ...planUse };
const event = (hook_event_name: string, more: Json = {}): Json => ({ ...session, hook_event_name, ...more });
const decision = (reply: Json): unknown => (reply['hookSpecificOutput'] as Json | undefined)?.['decision'];

for (const form of ['http', 'command'] as const) {
  describe(`the agent’s own dialogs, by hooks of the form ${form}`, () => {
    let home: string;
    let hub: HubProcess;
    const api = apiOf(() => hub);

    beforeEach(async () => {
      home = makeHome();
      hub = await startHubProcess({ home });
    });

    afterEach(async () => {
      await hub.stop('SIGKILL');
      rmSync(home, { recursive: true, force: true });
    });

    const place = () => hub.workspaces[0] ?? assert.fail('there is a workspace');
    const workspaceId = (): string => new URL(place().mcpUrl).pathname.split('/').at(-1) ?? '';

    function start(body: Json): Hook {
      return form === 'http' ? call(body) : run(body);
    }

    function call(body: Json): Hook {
      const gone = new AbortController();
      const reply = fetch(`${place().mcpUrl.replace('/mcp/', '/hooks/')}/claude-code`, {
        method: 'POST',
        headers: { authorization: `Bearer ${place().agentToken}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: gone.signal,
      }).then(async (response) => (await response.json()) as Json);
      reply.catch(() => {});
      return { reply, end: () => gone.abort() };
    }

    function run(body: Json): Hook {
      const args = ['--no-warnings', programs.hook, '--agent', 'claude-code', '--workspace', workspaceId(), '--home', home];
      const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'ignore'] });
      feed(child.stdin, JSON.stringify(body));
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      const reply = Promise.all([ended, child.stdout.toArray()]).then(([code, output]) => {
        assert.equal(code, 0);
        const text = Buffer.concat(output).toString();
        return text === '' ? {} : (JSON.parse(text) as Json);
      });
      reply.catch(() => {});
      return { reply, end: () => child.kill('SIGTERM') };
    }

    const send = (body: Json): Promise<Json> => start(body).reply;
    const requests = async (): Promise<Request[]> => (await api.call('getBoard', {})).requests;
    const agentRow = async () => (await api.call('getBoard', {})).agents.find((agent) => agent.name === 'claude-code');

    async function card(): Promise<Request> {
      let found: Request | undefined;
      await waitFor('a card on the board', async () => {
        found = (await requests()).find(({ status }) => status === 'open');
        return found !== undefined;
      });
      return found ?? assert.fail();
    }

    const answer = (request: Request, draft: AnswerDraft) =>
      api.call('answerRequest', { workspaceId: workspaceId(), requestId: request.id, ...draft });

    /** What the agent is told when its user answers on the board. */
    async function decided(body: Json, draft: AnswerDraft): Promise<unknown> {
      const { reply } = start(body);
      await answer(await card(), draft);
      return decision(await reply);
    }

    const cleared = () => waitFor('the card to go', async () => (await requests()).length === 0);

    it('come up whole, and one question has its choices', async () => {
      const { reply } = start(asks(database));
      const request = await card();
      const { kind, question, choices, multiple, dialog, permission } = request;
      assert.deepEqual(
        { kind, question, choices, multiple, permission, dialog },
        {
          kind: 'question',
          question: 'Which database?',
          choices: ['SQLite', 'PostgreSQL'],
          multiple: false,
          permission: undefined,
          dialog: {
            kind: 'questions',
            questions: [
              { question: 'Which database?', header: 'Database', options: [option('SQLite'), option('PostgreSQL')], multiple: false },
            ],
          },
        },
      );
      assert.deepEqual((await agentRow())?.waitingFor, [request.id]);
      await answer(request, { choices: ['SQLite'], note: 'it is small' });
      assert.deepEqual(decision(await reply), {
        behavior: 'allow',
        updatedInput: {
          questions: [database],
          answers: { 'Which database?': 'SQLite' },
          annotations: { 'Which database?': { notes: 'it is small' } },
        },
      });
    });

    it('take one answer for each question of a set, and the words of a reply for all of it', async () => {
      const answers = [{ choices: ['SQLite'] }, { choices: ['Auth', 'Search, fast'] }, { text: 'Baz' }];
      assert.deepEqual(await decided(asks(database, features, name), { answers }), {
        behavior: 'allow',
        updatedInput: {
          questions: [database, features, name],
          answers: { 'Which database?': 'SQLite', 'Which features?': 'Auth, "Search, fast"', 'Which name?': 'Baz' },
        },
      });
      assert.equal(
        (await requests())[0]?.answer?.text,
        'Which database? → SQLite\nWhich features? → Auth, Search, fast\nWhich name? → Baz',
      );
      await send(event('Stop'));
      assert.deepEqual(await decided(asks(database, features), { text: 'Ask me tomorrow.' }), {
        behavior: 'deny',
        message: 'Ask me tomorrow.',
      });
    });

    it('refuse what is no answer to them, and stay', async () => {
      const hook = start(asks(database, features));
      const request = await card();
      const refused: AnswerDraft[] = [
        { answers: [{ choices: ['SQLite'] }] },
        { answers: [{ choices: ['MySQL'] }, { choices: ['Auth'] }] },
        { answers: [{ choices: ['SQLite', 'PostgreSQL'] }, { choices: ['Auth'] }] },
        { answers: [{ choices: ['SQLite'] }, {}] },
        { answers: [{ choices: ['SQLite'] }, { choices: ['Auth'] }], text: 'both' },
        { choices: ['SQLite'] },
        { decision: 'allow' },
        { text: 'x', mode: 'acceptEdits' },
      ];
      for (const draft of refused) await assert.rejects(answer(request, draft), { code: 'invalid_input' }, JSON.stringify(draft));
      assert.equal((await card()).id, request.id);
      hook.end();
      await cleared();
    });

    it('show a plan, which is approved in a mode or as it was edited, or sent back', async () => {
      const mode = (to: string) => [{ type: 'setMode', mode: to, destination: 'session' }];
      const input = planUse.tool_input;
      const { reply } = start(proposes);
      const request = await card();
      assert.deepEqual([request.kind, request.question, request.dialog], ['review', input.plan, { kind: 'plan' }]);
      for (const draft of [{ decision: 'allow' }, { decision: 'sendBack', mode: 'manual' }, { decision: 'approve', plan: ' ' }] as const) {
        await assert.rejects(answer(request, draft), { code: 'invalid_input' });
      }
      await answer(request, { decision: 'approve' });
      assert.deepEqual(decision(await reply), { behavior: 'allow', updatedInput: input, updatedPermissions: mode('default') });
      await send(event('PostToolUse', { ...planUse, tool_use_id: 'toolu_1' }));
      await cleared();

      const edited = await decided(proposes, { decision: 'approve', mode: 'acceptEdits', plan: '# Better' });
      assert.deepEqual(edited, {
        behavior: 'allow',
        updatedInput: { ...input, plan: '# Better' },
        updatedPermissions: mode('acceptEdits'),
      });
      await send(event('PostToolUse', { ...planUse, tool_input: { plan: '# Better' }, tool_use_id: 'toolu_2' }));
      await cleared();

      const kept = await decided(proposes, { decision: 'sendBack', note: 'Cover “tests”, too.' });
      assert.deepEqual(kept, { behavior: 'deny', message: 'Cover “tests”, too.' });
      await send(event('PostToolBatch', { tool_calls: [{ tool_name: 'ExitPlanMode', tool_input: {}, tool_use_id: 'toolu_3' }] }));
      await cleared();
    });

    it('tell the note on an approved plan when the plan begins', async () => {
      await decided(proposes, { decision: 'approve', note: 'Tests first.' });
      const told = await send(event('PostToolUse', { ...planUse, tool_use_id: 'toolu_1' }));
      assert.match(JSON.stringify(told), /The user has approved this\.\\nTheir note: Tests first\./);
    });

    it('are never answered by a rule', async () => {
      for (const text of ['ExitPlanMode', 'AskUserQuestion']) {
        await assert.rejects(api.call('createRule', { workspaceId: workspaceId(), text }), { code: 'invalid_input' });
      }
      const hook = start(proposes);
      const { id: requestId } = await card();
      const { proposals } = await api.call('proposeRules', { workspaceId: workspaceId(), requestId });
      assert.deepEqual(proposals, []);
      hook.end();
      await cleared();
    });

    const reported = { tool_use_id: 'toolu_1', tool_input: { questions: [database], answers: { 'Which database?': 'SQLite' } } };
    const signs: [what: string, sign: Json][] = [
      ['the tool was used', event('PostToolUse', { ...use(database), ...reported })],
      ['its use has failed', event('PostToolUseFailure', { ...use(database), tool_use_id: 'toolu_1', error: 'x' })],
      ['its batch is over', event('PostToolBatch', { tool_calls: [{ ...use(database), tool_use_id: 'toolu_1', tool_response: 'no' }] })],
      ['its use was denied', event('PermissionDenied', { ...use(database), tool_use_id: 'toolu_1', reason: 'x' })],
      ['the user has prompted it', event('UserPromptSubmit', { prompt: 'Go on' })],
      ['its turn has ended', event('Stop')],
      ['its session has ended', event('SessionEnd', { reason: 'exit' })],
    ];
    for (const [what, sign] of signs) {
      it(`go when ${what}`, async () => {
        const hook = start(asks(database));
        const request = await card();
        await send(sign);
        await cleared();
        await assert.rejects(answer(request, { choices: ['SQLite'] }), { code: 'already_answered' });
        assert.deepEqual(await hook.reply, {}, 'a hook that still waits is told nothing');
      });
    }

    const noSigns: [what: string, sign: Json][] = [
      ['another question was answered', event('PostToolUse', { ...use(name), tool_use_id: 'toolu_2' })],
      ['another session goes on', event('Stop', { session_id: 's2' })],
      ['a subagent ends', event('SubagentStop', { agent_id: 'a1' })],
      ['a subagent has used a tool', event('PostToolUse', { ...use(database), agent_id: 'a1', tool_use_id: 'toolu_3' })],
      ['a program prompts it', event('UserPromptSubmit', { prompt: '<task-notification>done</task-notification>' })],
      ['it says itself that it waits', event('Notification', { message: 'Claude needs you', notification_type: 'permission_prompt' })],
    ];
    it('stay as long as nothing says that they are settled', async () => {
      const { reply } = start(asks(database));
      const request = await card();
      for (const [what, sign] of noSigns) {
        await send(sign);
        assert.equal((await requests()).find(({ id }) => id === request.id)?.status, 'open', what);
      }
      assert.equal((await agentRow())?.waitsElsewhere, undefined);
      await answer(request, { choices: ['SQLite'] });
      assert.notDeepEqual(await reply, {});
    });

    it('go when the agent ends the hook, and a late answer counts for nothing', async () => {
      const hook = start(asks(database));
      const request = await card();
      hook.end();
      await cleared();
      await assert.rejects(answer(request, { choices: ['SQLite'] }), { code: 'already_answered' });
    });

    it('are let go by a hub that is killed, and are on no board after that', async () => {
      const hook = start(asks(database));
      await card();
      await hub.stop('SIGKILL');
      if (form === 'http') await assert.rejects(hook.reply, 'the agent’s own client sees that the connection has ended');
      else assert.deepEqual(await hook.reply, {});
      hub = await startHubProcess({ home });
      assert.deepEqual(await requests(), []);
      await send(event('PostToolUse', { ...use(database), ...reported }));
      assert.deepEqual(await requests(), []);
    });

    it('are one card, however many hooks the agent has for them', async () => {
      const { reply } = start(asks(database));
      const request = await card();
      const other = start(asks(database));
      // Begun later and over by now, so the other one has most likely come as well.
      await send(event('Notification', { notification_type: 'idle_prompt' }));
      assert.deepEqual(
        (await requests()).map(({ id }) => id),
        [request.id],
      );
      other.end();
      await answer(request, { choices: ['SQLite'] });
      assert.notDeepEqual(await reply, {});
    });

    it('are named as what waits in its own window where they can not be shown whole', async () => {
      const number = { question: 'How many?', header: 'Number', kind: 'number', min: 1, max: 9 };
      assert.deepEqual(await send(asks(number)), {});
      assert.equal((await agentRow())?.waitsElsewhere?.text, 'It asks you a question.');
      await send(event('PostToolUse', { ...use(number), tool_use_id: 'toolu_1' }));
      assert.equal((await agentRow())?.waitsElsewhere, undefined);
      assert.deepEqual(await send({ ...proposes, tool_input: {} }), {});
      assert.equal((await agentRow())?.waitsElsewhere?.text, 'It shows you a plan.');
    });

    it('are answered by a reply in the one task that the agent works on', async () => {
      const agent = await connectAgent('modern', { mcpUrl: place().mcpUrl, agentToken: place().agentToken }, 'claude-code');
      const taskId = await agent.createTask('T', 'b');
      await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
      const { reply } = start(asks(database));
      assert.equal((await card()).taskId, taskId);
      await api.call('replyToTask', { workspaceId: workspaceId(), taskId, text: 'sqlite' });
      assert.deepEqual(decision(await reply), {
        behavior: 'allow',
        updatedInput: { questions: [database], answers: { 'Which database?': 'SQLite' } },
      });
      await agent.close();
    });
  });
}
