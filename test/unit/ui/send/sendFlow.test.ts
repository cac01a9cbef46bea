import assert from 'node:assert/strict';
import type { Board } from '../../../../src/client/board.ts';
import { createSendFlow } from '../../../../src/ui/send/sendFlow.ts';
import { createDrafts } from '../../../../src/ui/shell/drafts.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { type Act, FakePrompts } from '../support/fakePrompts.ts';
import { agent, ago, board, english, message, now, task, workspace, workspaceId } from '../support/fixtures.ts';
import { source } from './source.ts';

function setUp(content: Board, ...script: Act[]) {
  return setUpOn('linux', content, ...script);
}

function setUpOn(platform: NodeJS.Platform, content: Board, ...script: Act[]) {
  return setUpOver(new FakeMemory(), platform, content, ...script);
}

/** A window over what the editor has kept of the one before. */
function setUpOver(memory: FakeMemory, platform: NodeJS.Platform, content: Board, ...script: Act[]) {
  const store = new FakeBoardStore(content);
  const api = new FakeHubApi({ createTask: () => ({ task: task() }), replyToTask: () => ({ task: task(), message: message() }) });
  const prompts = new FakePrompts(...script);
  let ids = 0;
  const clock = createFakeClock(now);
  const done: string[] = [];
  const send = createSendFlow({
    board: store,
    api,
    prompts,
    drafts: createDrafts(memory, clock),
    clock,
    workspaceIds: () => [...content.workspaces.keys()],
    randomId: () => `random-id-${(ids += 1)}`,
    platform,
    connect: () => done.push('connect'),
    reveal: (taskId) => done.push(`reveal ${taskId}`),
    l10n: english,
  });
  return { api, prompts, send, done };
}

const alone = board({ agents: [], workspaces: [workspace({ folder: 'file:///web' })] });
const task1 = {
  workspaceId,
  title: 'Explain this',
  body: 'src/app.ts:3-5\n\n```typescript\na();\nb();\n```',
  assignee: 'agent',
  key: 'random-id-1',
  place: { file: 'src/app.ts', line: 3, endLine: 5, snippet: 'a();\nb();' },
};

describe('sending something of the editor to an agent', () => {
  it('asks for no more than what is wanted when nothing is to be chosen', async () => {
    const { api, prompts, send, done } = setUp(alone, { type: 'Explain this' });
    await send(source());
    assert.deepEqual(api.calls, [{ name: 'createTask', input: task1 }]);
    const waits = '“Explain this” is in the queue in web. No agent is connected there yet.';
    assert.deepEqual(prompts.texts, ['Send to Agent: src/app.ts:3-5', waits]);
    assert.deepEqual(done, ['reveal task0000001']);
  });

  it('offers to connect an agent where none is there', async () => {
    const { send, done } = setUp(alone, { type: 'Explain this' }, { press: 'Connect an Agent' });
    await send(source());
    await new Promise(setImmediate);
    assert.deepEqual(done, ['reveal task0000001', 'connect']);
  });

  it('knows the workspace of a folder that was opened in another letter case, where that is no difference', async () => {
    const two = [workspace({ folder: 'file:///c%3A/Web' }), workspace({ id: 'other000001', name: 'other', folder: 'file:///c%3A/other' })];
    const content = board({ agents: [], workspaces: two });
    const { api } = await sent('win32', 'file:///c%3A/web');
    assert.equal(api.calls.length, 1);
    const { prompts } = await sent('linux', 'file:///c%3A/web');
    assert.equal(prompts.texts[0], 'Send to Agent', 'which workspace is asked');

    async function sent(platform: NodeJS.Platform, folder: string) {
      const made = setUpOn(platform, content, ...(platform === 'win32' ? [{ type: 'Explain this' } as const] : ['escape' as const]));
      await made.send({ ...source(), folder });
      return made;
    }
  });

  it('lets an agent that is there begin now, and tells it', async () => {
    const agents = [
      agent(),
      agent({ id: 'agent000002', name: 'codex', lastHeardAt: ago(5) }),
      agent({ id: 'agent000003', connected: false, lastHeardAt: ago(3_600) }),
    ];
    const { api, prompts, send } = setUp(board({ agents }), { type: 'Explain this' }, { pick: ['Claude Code'] });
    await send(source());
    const pick = prompts.shown[1];
    assert.deepEqual(pick?.kind === 'pick' && pick.labels, ['Codex', 'Claude Code', 'Into the Queue']);
    assert.equal(prompts.texts.at(-1), 'Sent to Claude Code · sees it when it calls AgentRQ next');
    assert.deepEqual(api.calls, [
      { name: 'createTask', input: { ...task1, agentId: 'agent000001' } },
      {
        name: 'replyToTask',
        input: { workspaceId, taskId: 'task0000001', text: 'Please begin with this task now.', key: 'random-id-1-now' },
      },
    ]);
  });

  it('says of each agent what it does and when it sees the task, first the one that sees it soonest', async () => {
    const agents = [
      agent({ id: 'agent000001', name: 'cursor', lastHeardAt: ago(300) }),
      agent({ id: 'agent000002', name: 'codex', waitingFor: ['request0001'], lastHeardAt: ago(5) }),
      agent({ id: 'agent000003', name: 'gemini', hears: 'turnEnd' }),
      agent({ id: 'agent000004', name: 'claude-code', hears: 'now' }),
    ];
    const under = task({ id: 'task0000009', title: 'Fix it', status: 'ongoing', agentId: 'agent000003' });
    const { prompts, send, done } = setUp(board({ agents, tasks: [under] }), { type: 'Explain' }, { pick: ['Claude Code'] });
    await send(source());
    const pick = prompts.shown[1];
    assert.deepEqual(pick?.kind === 'pick' && pick.items.map(({ label, description }) => `${label}: ${description}`), [
      'Claude Code: idle 20 s · is woken now',
      'gemini: working on “Fix it” · sees it at the end of its turn',
      'Codex: waiting for you · sees it at its next step',
      'Cursor: idle 5 min · sees it when it calls AgentRQ next',
      'Into the Queue: the next agent that asks for work takes it',
    ]);
    assert.equal(prompts.texts.at(-1), 'Sent to Claude Code · is woken now');
    assert.deepEqual(done, ['reveal task0000001']);
  });

  it('says the place of the task in the queue, which counts what any agent may take', async () => {
    const tasks = [
      task({ id: 'task0000002', status: 'notstarted' }),
      task({ id: 'task0000003', status: 'notstarted', agentId: 'agent000001' }),
      task({ id: 'task0000004', status: 'notstarted', assignee: 'human' }),
      task({ id: 'task0000005', status: 'notstarted', archivedAt: ago(5) }),
      task({ id: 'task0000006', status: 'notstarted', workspaceId: 'workspace02' }),
      task({ id: 'task0000007', status: 'completed' }),
    ];
    const { prompts, send } = setUp(board({ tasks }), { type: 'Explain' }, { pick: ['Into the Queue'] });
    await send(source());
    assert.equal(prompts.texts.at(-1), 'Added to the queue in web, as number 2.');
  });

  it('leaves it to the queue', async () => {
    const { api, send } = setUp(board(), { type: 'Explain this' }, { pick: ['Into the Queue'] });
    await send(source());
    assert.deepEqual(
      api.calls.map(({ name }) => name),
      ['createTask'],
    );
  });

  it('takes the workspace of the folder that the file is in, and asks when it is in none', async () => {
    const workspaces = [workspace(), workspace({ id: 'workspace02', name: 'api', folder: 'file:///api' })];
    const content = board({ agents: [], workspaces });
    const known = setUp(content, { type: 'Fix' });
    await known.send(source({ folder: 'file:///api' }));
    assert.equal((known.api.calls[0]?.input as { workspaceId: string } | undefined)?.workspaceId, 'workspace02');
    const unknown = setUp(content, { pick: ['web'] }, { type: 'Fix' });
    await unknown.send(source({ folder: undefined }));
    assert.equal((unknown.api.calls[0]?.input as { workspaceId: string } | undefined)?.workspaceId, workspaceId);
  });

  it('sends nothing on Escape, and keeps what was typed for this place', async () => {
    const { api, prompts, send } = setUp(alone, { typeThenEscape: 'Expl' }, 'escape', 'escape');
    await send(source({ wanted: 'rename it' }));
    await send(source({ wanted: 'rename it' }));
    await send(source({ file: 'src/other.ts' }));
    assert.deepEqual(
      prompts.shown.map((shown) => shown.kind === 'input' && shown.options.value),
      ['rename it', 'Expl', ''],
    );
    assert.deepEqual(api.calls, []);
  });

  it('has what was typed before a reload, until it was sent; what stood there anyway is not kept', async () => {
    const memory = new FakeMemory();
    await setUpOver(memory, 'linux', alone, { typeThenEscape: 'rename it' }).send(source({ wanted: 'rename it' }));
    assert.deepEqual(memory.stored.get('agentrq.drafts') ?? [], []);
    await setUpOver(memory, 'linux', alone, { typeThenEscape: 'rename all' }).send(source({ wanted: 'rename it' }));
    const again = setUpOver(memory, 'linux', alone, { type: 'rename all' });
    await again.send(source({ wanted: 'rename it' }));
    const [shown] = again.prompts.shown;
    assert.equal(shown?.kind === 'input' && shown.options.value, 'rename all');
    assert.equal(again.api.calls.length, 1);
    assert.deepEqual(memory.stored.get('agentrq.drafts'), []);
  });

  it('makes one task when it is sent a second time after a failure', async () => {
    const { api, send } = setUp(board(), { type: 'Fix' }, 'escape', { type: 'Fix' }, { pick: ['Into the Queue'] });
    await send(source());
    await send(source());
    assert.equal((api.calls[0]?.input as { key: string } | undefined)?.key, 'random-id-1');
  });
});
