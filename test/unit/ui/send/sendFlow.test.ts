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
  const send = createSendFlow({
    board: store,
    api,
    prompts,
    drafts: createDrafts(memory, clock),
    clock,
    workspaceIds: () => [...content.workspaces.keys()],
    randomId: () => `random-id-${(ids += 1)}`,
    platform,
    l10n: english,
  });
  return { api, prompts, send };
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
    const { api, prompts, send } = setUp(alone, { type: 'Explain this' });
    await send(source());
    assert.deepEqual(api.calls, [{ name: 'createTask', input: task1 }]);
    assert.deepEqual(prompts.texts, ['Send to Agent: src/app.ts:3-5', 'Put into the queue of web.']);
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
    const { api, prompts, send } = setUp(board({ agents }), { type: 'Explain this' }, { pick: ['Now: Claude Code'] });
    await send(source());
    const pick = prompts.shown[1];
    assert.deepEqual(pick?.kind === 'pick' && pick.labels, ['Now: Codex', 'Now: Claude Code', 'Into the Queue']);
    assert.deepEqual(api.calls, [
      { name: 'createTask', input: { ...task1, agentId: 'agent000001' } },
      {
        name: 'replyToTask',
        input: { workspaceId, taskId: 'task0000001', text: 'Please begin with this task now.', key: 'random-id-1-now' },
      },
    ]);
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
