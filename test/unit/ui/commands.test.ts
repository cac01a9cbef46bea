import assert from 'node:assert/strict';
import type { Board } from '../../../src/client/board.ts';
import { answerNextRequest, answerRequest } from '../../../src/ui/answer/commands.ts';
import { dismissRequest, openRequest } from '../../../src/ui/needsYou/commands.ts';
import { attachToTask, openTask, openTaskAsText } from '../../../src/ui/panel/commands.ts';
import { replyToTask } from '../../../src/ui/send/commands.ts';
import { newTask } from '../../../src/ui/send/newTask.ts';
import { createReplyFlow } from '../../../src/ui/send/replyFlow.ts';
import { createDrafts } from '../../../src/ui/shell/drafts.ts';
import { targetOf } from '../../../src/ui/tree/commandTarget.ts';
import { translatable } from '../../../src/util/sentence.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { FakeBoardStore } from './support/fakeBoardStore.ts';
import { FakeHubApi } from './support/fakeHubApi.ts';
import { FakeMemory } from './support/fakeMemory.ts';
import { FakePages } from './support/fakePages.ts';
import type { Act } from './support/fakePrompts.ts';
import { FakePrompts } from './support/fakePrompts.ts';
import { ago, agent as anAgent, board, english, message, now, request, task, workspace, workspaceId } from './support/fixtures.ts';
import { testAnswers } from './support/testAnswers.ts';

const token = 'secret-token_1';

function setUp(content: Board, ...script: Act[]) {
  return setUpOver(new FakeMemory(), content, ...script);
}

/** A window over what the editor has kept of the one before. */
function setUpOver(memory: FakeMemory, content: Board, ...script: Act[]) {
  const drafts = createDrafts(memory, createFakeClock());
  const store = new FakeBoardStore(content);
  const api = new FakeHubApi({
    answerRequest: () => ({ request: request() }),
    dismissRequest: () => ({ request: request({ status: 'withdrawn' }) }),
    replyToTask: () => ({ task: task(), message: message() }),
    createTask: () => ({ task: task() }),
    getWorkspaceToken: () => ({ token, mcpUrl: 'http://127.0.0.1:41837/mcp/workspace01' }),
  });
  const prompts = new FakePrompts(...script);
  const pages = new FakePages();
  let ids = 0;
  const randomId = (): string => `random-id-${(ids += 1)}`;
  const common = { board: store, api, prompts, pages, l10n: english };
  const deps = {
    ...common,
    drafts,
    answers: { ...testAnswers(common), retract: async () => {}, manageAnswers: async () => {}, manageRules: async () => {} },
    replies: createReplyFlow({ ...common, drafts, randomId }),
    clock: createFakeClock(now),
    connect: () => {},
    reveal: () => {},
    workspaceIds: () => [workspaceId],
    randomId,
    threads: { open: async () => false },
  };
  return { store, api, prompts, pages, deps };
}

const queue: Act = { pick: ['Into the Queue'] };
const row = (target: object): object => ({ id: 'x', row: { target } });

describe('targetOf', () => {
  it('reads a row, or what was handed over, or nothing', () => {
    assert.deepEqual(targetOf(row({ taskId: 't', requestId: 'r' })), { taskId: 't', requestId: 'r' });
    assert.deepEqual(targetOf({ taskId: 't' }), { taskId: 't' });
    const page = (path: string) => ({ scheme: 'agentrq-task', path, query: '' });
    assert.deepEqual(targetOf(page('/task/workspace01/task0000001/x.md')), { taskId: 'task0000001' });
    assert.deepEqual(targetOf({ ...page('/task/workspace01/task0000001/x.md'), scheme: 'file' }), {}, 'only a page of ours');
    for (const nothing of [page('/x'), undefined, null, 'x', 1, {}, { row: undefined }, { taskId: 1 }])
      assert.deepEqual(targetOf(nothing), {});
  });
});

describe('commands', () => {
  it('answer what has waited longest', async () => {
    const requests = [request({ id: 'request0002' }), request({ id: 'request0001' })];
    const { deps, api } = setUp(board({ requests }), { type: 'Yes.' });
    await answerNextRequest(deps)(undefined);
    assert.deepEqual(api.calls[0]?.input, { workspaceId, requestId: 'request0001', text: 'Yes.' });
  });

  it('answer what has waited longest on the page of a task, and say when nothing waits there', async () => {
    const requests = [request({ id: 'request0002' }), request({ id: 'request0001', taskId: 'task0000002' })];
    const { deps, api, prompts } = setUp(board({ requests }), { type: 'Yes.' });
    const page = (id: string) => ({ scheme: 'agentrq-task', path: `/task/workspace01/${id}/x.md` });
    await answerRequest(deps)(page('task0000001'));
    assert.deepEqual(api.calls[0]?.input, { workspaceId, requestId: 'request0002', text: 'Yes.' });
    await answerRequest(deps)(page('task0000009'));
    assert.match(prompts.texts.at(-1) ?? '', /Nothing on this page needs an answer/);
  });

  it('point at an agent that waits in its own window when nothing else waits', async () => {
    const waits = anAgent({ waitsElsewhere: { text: 'May I?', at: ago(5) } });
    const { deps, prompts } = setUp(board({ agents: [waits] }));
    await answerNextRequest(deps)(undefined);
    assert.deepEqual(prompts.texts, ['Claude Code is waiting in its own window: May I?']);
  });

  it('dismiss a request, once the user has confirmed it', async () => {
    const { deps, api, prompts } = setUp(board({ requests: [request()], agents: [anAgent({ connected: false })] }), 'escape', {
      press: 'Dismiss',
    });
    await dismissRequest(deps)(row({ requestId: 'request0001' }));
    assert.deepEqual(api.calls, []);
    const shown = prompts.shown[0];
    assert.equal(
      shown?.kind === 'explain' && shown.detail,
      'Claude Code asks: Deploy to staging?\n\nThe agent gets no answer to this, also if it comes back.',
    );
    await dismissRequest(deps)(row({ requestId: 'request0001' }));
    assert.deepEqual(api.calls, [{ name: 'dismissRequest', input: { workspaceId, requestId: 'request0001' } }]);
    await dismissRequest(deps)({ requestId: 'request0009' });
    assert.match(prompts.texts.at(-1) ?? '', /no longer on the board/);
  });

  it('say what dismissing means while the agent is there, and for an answer on its way', async () => {
    for (const [over, words] of [
      [{}, /The agent is still there/],
      [{ status: 'answered' }, /Your answer is not handed to the agent/],
    ] as const) {
      const { deps, prompts } = setUp(board({ requests: [request(over)] }));
      await dismissRequest(deps)({ requestId: 'request0001' });
      const shown = prompts.shown[0];
      assert.match(shown?.kind === 'explain' ? shown.detail : '', words);
    }
  });

  it('say that all is clear, but only when that is known', async () => {
    const { deps, prompts, store } = setUp(board());
    await answerNextRequest(deps)(undefined);
    store.setLink({ kind: 'failed', reason: translatable('') });
    await answerNextRequest(deps)(undefined);
    assert.match(prompts.texts[0] ?? '', /^All clear/);
    assert.match(prompts.texts[1] ?? '', /not connected/);
  });

  it('show the terminal of an agent that waits in its own window', async () => {
    const { deps, api } = setUp(board());
    const shown: unknown[] = [];
    const answers = { ...deps.answers, terminal: async (...given: unknown[]) => shown.push(given) > 0 };
    await answerRequest({ ...deps, answers })(row({ agentId: 'agent000001' }));
    assert.deepEqual([shown, api.calls], [[['agent000001', true]], []]);
  });

  it('answer and open the request of a row', async () => {
    const { deps, api, pages, prompts } = setUp(board({ requests: [request()] }), { type: 'Yes.' });
    await answerRequest(deps)(row({ requestId: 'request0001' }));
    await openRequest(deps)({ requestId: 'request0001' });
    await openRequest(deps)({ requestId: 'request0009' });
    assert.equal(api.calls.length, 1);
    assert.deepEqual(pages.opened, ['request0001']);
    assert.match(prompts.texts.at(-1) ?? '', /no longer on the board/);
  });

  it('do nothing without the argument that they need', async () => {
    const { deps, api, prompts } = setUp(board({ requests: [request()] }));
    await answerRequest(deps)(undefined);
    await openRequest(deps)(undefined);
    assert.deepEqual([api.calls, prompts.shown], [[], []]);
  });

  it('open a task, from a row or picked', async () => {
    const { deps, pages } = setUp(board(), { pick: ['Fix the login'] });
    await openTask(deps)({ taskId: 'task0000001' });
    await openTask(deps)(undefined);
    assert.deepEqual(pages.opened, ['task0000001', 'task0000001']);
  });

  it('say what to do where there is no task to pick', async () => {
    for (const command of [openTask, replyToTask]) {
      const { deps, prompts } = setUp(board({ tasks: [] }));
      await command(deps)(undefined);
      assert.match(prompts.texts[0] ?? '', /New Task for an Agent/);
    }
  });

  it('attach something to the task of the row, to the one in front, or to one that is picked', async () => {
    const { deps, pages } = setUp(board(), { pick: ['Fix the login'] });
    await attachToTask(deps)(row({ taskId: 'task0000001' }));
    await attachToTask(deps)(undefined);
    pages.reading = { id: 'task0000002', workspaceId, title: 'In front' };
    await attachToTask(deps)(undefined);
    assert.deepEqual(pages.opened, ['files for task0000001', 'files for task0000001', 'files for task0000002']);
  });

  it('say that the task of a row is gone, and open and attach nothing', async () => {
    for (const command of [openTask, openTaskAsText, attachToTask]) {
      const { deps, pages, prompts } = setUp(board());
      pages.reading = { id: 'task0000001', workspaceId, title: 'In front' };
      await command(deps)(row({ taskId: 'task0000009' }));
      assert.deepEqual([pages.opened, prompts.texts], [[], ['This task no longer exists. Nothing was changed.']]);
    }
  });

  it('reply to a task, once for each thing that was said', async () => {
    const { deps, api, prompts } = setUp(board(), { type: 'Go on.' }, { type: 'Go on.' });
    await replyToTask(deps)(row({ taskId: 'task0000001' }));
    await replyToTask(deps)(row({ taskId: 'task0000001' }));
    assert.deepEqual(
      api.calls.map((call) => call.input),
      [1, 2].map((n) => ({ workspaceId, taskId: 'task0000001', text: 'Go on.', key: `random-id-${n}` })),
    );
    assert.deepEqual(prompts.texts, ['Reply to “Fix the login”', 'Reply to “Fix the login”']);
  });

  it('reply with the same key when the same is tried again', async () => {
    const { deps, store, prompts } = setUp(board(), { type: 'Go on.' }, { type: 'Go on.' }, { type: 'Go on, then.' });
    const api = new FakeHubApi();
    let ids = 0;
    const replies = createReplyFlow({ ...deps, board: store, api, prompts, randomId: () => `key-${(ids += 1)}` });
    const command = replyToTask({ ...deps, replies });
    for (let i = 0; i < 3; i += 1) await assert.rejects(command({ taskId: 'task0000001' }));
    assert.deepEqual(
      api.calls.map((call) => (call.input as { key: string }).key),
      ['key-1', 'key-1', 'key-2'],
    );
  });

  it('reply with what was typed before a reload, by the same key if it was sent, and forget it once it was sent', async () => {
    const memory = new FakeMemory();
    const ofTask = row({ taskId: 'task0000001' });
    const value = ({ prompts }: ReturnType<typeof setUp>): unknown =>
      prompts.shown.map((each) => each.kind === 'input' && each.options.value);
    await replyToTask(setUpOver(memory, board(), { typeThenEscape: 'Go' }).deps)(ofTask);
    const offline = setUpOver(memory, board(), { type: 'Go on.' });
    const lost: unknown[] = [];
    const api = new FakeHubApi({
      replyToTask: (input) => {
        lost.push(input.key);
        throw new Error('no hub');
      },
    });
    const replies = createReplyFlow({ ...offline.deps, board: offline.store, api, randomId: () => 'key-of-before' });
    await assert.rejects(replyToTask({ ...offline.deps, replies })(ofTask));
    const again = setUpOver(memory, board(), { type: 'Go on.' });
    await replyToTask(again.deps)(ofTask);
    const after = setUpOver(memory, board(), 'escape');
    await replyToTask(after.deps)(ofTask);
    assert.deepEqual([value(offline), value(again), value(after)], [['Go'], ['Go on.'], ['']]);
    assert.deepEqual(
      again.api.calls.map(({ input }) => (input as { key: string }).key),
      lost,
    );
    assert.deepEqual(lost, ['key-of-before']);
    assert.deepEqual(memory.stored.get('agentrq.drafts'), []);
  });

  it('make a task of what was typed before a reload', async () => {
    const memory = new FakeMemory();
    await newTask(setUpOver(memory, board(), { type: 'Tidy up' }, { typeThenEscape: 'All of it,\nand soon.' }).deps)();
    const again = setUpOver(memory, board(), { type: 'Tidy up' }, { type: 'All of it,\nand soon.' }, queue);
    await newTask(again.deps)();
    assert.deepEqual(
      again.prompts.shown.flatMap((each) => (each.kind === 'input' ? [each.options.value] : [])),
      ['Tidy up', 'All of it,\nand soon.'],
    );
    assert.equal(again.api.calls.length, 1);
    assert.deepEqual(memory.stored.get('agentrq.drafts'), []);
  });

  it('make a task, and say in which workspace', async () => {
    const { deps, api, prompts } = setUp(board(), { type: 'Tidy up' }, { type: '' }, queue);
    await newTask(deps)();
    assert.deepEqual(api.calls[0]?.input, { workspaceId, title: 'Tidy up', body: '', assignee: 'agent', key: 'random-id-1' });
    const place = 'New Task for an Agent in web';
    assert.deepEqual(prompts.texts, [place, place, place, 'Added to the queue in web, as number 1.']);
  });

  it('make a task for the agent of a row', async () => {
    const { deps, api, prompts } = setUp(board(), { type: 'Tidy up' }, { type: '' });
    await newTask(deps)('agent000001');
    assert.deepEqual(
      api.calls.map(({ name, input }) => [name, (input as { agentId?: string }).agentId]),
      [
        ['createTask', 'agent000001'],
        ['replyToTask', undefined],
      ],
    );
    assert.equal(prompts.texts[0], 'New Task for Claude Code in web');
  });

  it('make no task on Escape, and keep what was typed', async () => {
    const { deps, api, prompts } = setUp(board(), { type: 'Tidy up' }, 'escape', 'escape');
    const command = newTask(deps);
    await command();
    await command();
    assert.deepEqual(api.calls, []);
    const last = prompts.shown.at(-1);
    assert.equal(last?.kind === 'input' && last.options.value, 'Tidy up');
  });

  it('let the user pick the workspace when the window has several', async () => {
    const content = board({ workspaces: [workspace(), workspace({ id: 'workspace02', name: 'api' })] });
    const { deps, api } = setUp(content, { pick: ['api'] }, { type: 'Tidy up' }, { type: 'All of it.' });
    await newTask({ ...deps, workspaceIds: () => [workspaceId, 'workspace02'] })();
    assert.equal((api.calls[0]?.input as { workspaceId: string } | undefined)?.workspaceId, 'workspace02');
  });

  it('say so when the hub has no workspace yet', async () => {
    const { deps, prompts } = setUp(board({ workspaces: [] }));
    await newTask({ ...deps, workspaceIds: () => [] })();
    assert.match(prompts.texts[0] ?? '', /still starting/);
  });
});
