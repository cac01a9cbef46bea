import assert from 'node:assert/strict';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import { createLinks } from '../../../../src/ui/links/links.ts';
import { publicBoard } from '../../../../src/ui/links/publicBoard.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { FakeBoardStore } from '../support/fakeBoardStore.ts';
import { FakeHubApi } from '../support/fakeHubApi.ts';
import { FakePages } from '../support/fakePages.ts';
import { FakePrompts } from '../support/fakePrompts.ts';
import { agent, board, english, permission, request, rule, task, workspace } from '../support/fixtures.ts';

describe('links', () => {
  function setUp() {
    const store = new FakeBoardStore(board({ workspaces: [workspace()], tasks: [task()] }));
    const prompts = new FakePrompts();
    const pages = new FakePages();
    const copied: string[] = [];
    const connects: string[] = [];
    const api = new FakeHubApi({
      getTask({ taskId }) {
        if (taskId !== 'archived001') throw new HubError('task_not_found', 'There is no such task.');
        return { cursor: 'epoch.1', task: task({ id: taskId }), messages: [], requests: [] };
      },
    });
    const links = createLinks({
      board: store,
      api,
      prompts,
      pages,
      l10n: english,
      editor: 'vscode-insiders',
      copy: async (text) => void copied.push(text),
      showConnect: async () => void connects.push('shown'),
    });
    return { store, prompts, pages, api, links, copied, connects };
  }

  it('show a task of the board, and one that is on no board any more', async () => {
    const { links, pages, api } = setUp();
    await links.open({ path: '/task/task0000001' });
    assert.deepEqual(api.calls, [], 'the hub is not asked for what is known');
    await links.open({ path: '/task/archived001' });
    assert.deepEqual(pages.opened, ['task0000001', 'archived001']);
  });

  it('wait for the board of a window that they have opened', async () => {
    const { links, pages, store } = setUp();
    const { board: known } = store;
    store.board = board({ tasks: [] });
    store.setLink({ kind: 'connecting' });
    const opening = links.open({ path: '/task/task0000001' });
    await Promise.resolve();
    assert.deepEqual(pages.opened, []);
    store.board = known;
    store.setLink({ kind: 'live' });
    await opening;
    assert.deepEqual(pages.opened, ['task0000001']);
  });

  it('do not wait for what is on the board already', async () => {
    const { links, pages, store } = setUp();
    store.setLink({ kind: 'waiting', reason: 'reset', delayMs: 1_000 });
    await links.open({ path: '/task/task0000001' });
    assert.deepEqual(pages.opened, ['task0000001']);
  });

  it('say that the hub is not running, and ask it for nothing', async () => {
    const { links, pages, prompts, api, store } = setUp();
    store.setLink({ kind: 'connecting' });
    const opening = links.open({ path: '/task/archived001' });
    store.setLink({ kind: 'failed', reason: translatable('It could not be started.') });
    await opening;
    assert.deepEqual([pages.opened, api.calls, prompts.texts], [[], [], ['The hub is not running: It could not be started.']]);
  });

  it('say that a task is not here', async () => {
    const { links, pages, prompts } = setUp();
    await links.open({ path: '/task/gone0000001' });
    assert.deepEqual(
      [pages.opened, prompts.texts],
      [[], ['The task of this link isn’t here. It was deleted, or it is on another machine.']],
    );
  });

  it('show the list of agents, and connect none', async () => {
    const { links, connects, api } = setUp();
    await links.open({ path: '/connect' });
    assert.deepEqual([connects, api.calls], [['shown'], []]);
  });

  it('do nothing else, whatever they name', async () => {
    const { links, pages, prompts, api, connects } = setUp();
    const paths = [
      '',
      '/',
      '/task/',
      '/task/../task/task0000001',
      '/task/task0000001/stop',
      '/request/request0001/answer',
      '/connect/claude',
      '/\u202Etxt',
    ];
    for (const path of paths) await links.open({ path });
    assert.deepEqual([pages.opened, api.calls, connects], [[], [], []]);
    assert.equal(prompts.texts.length, paths.length);
    assert.equal(prompts.texts.at(-1), String.raw`AgentRQ doesn’t know the link “/\u202Etxt”. Nothing was done.`);
  });

  it('are copied for the editor that is in use, of a row or of the page in front', async () => {
    const { links, copied, pages, prompts } = setUp();
    await links.copy({ row: { target: { taskId: 'task0000001' } } });
    pages.reading = task({ id: 'task0000002' });
    await links.copy(undefined);
    assert.deepEqual(copied, ['vscode-insiders://agentrq.agentrq/task/task0000001', 'vscode-insiders://agentrq.agentrq/task/task0000002']);
    assert.deepEqual(prompts.shown.at(-1), { kind: 'note', text: 'The link is on the clipboard.' });
  });
});

describe('what other extensions see of the board', () => {
  const copy = publicBoard(
    board({
      workspaces: [workspace({ description: 'a secret plan' })],
      tasks: [task({ body: 'a secret body' })],
      requests: [
        permission({ input: 'a secret input' }),
        request({ id: 'request0002', answer: { at: '2026-01-01T00:00:00Z', text: 'a secret answer' } }),
      ],
      agents: [agent()],
      rules: [rule({ text: 'Bash:a secret rule' })],
    }),
  );

  it('is who there is and what waits, without texts, inputs, answers and rules', () => {
    assert.deepEqual(Object.keys(copy), ['workspaces', 'tasks', 'requests', 'agents']);
    assert.deepEqual([copy.workspaces[0]?.name, copy.tasks[0]?.title, copy.agents[0]?.name], ['web', task().title, 'claude-code']);
    assert.deepEqual(
      copy.requests.map(({ id, kind, status }) => [id, kind, status]),
      [
        ['request0001', 'permission', 'open'],
        ['request0002', 'question', 'open'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(copy), /secret/);
    const members = (item: object | undefined): string => Object.keys(item ?? {}).join(' ');
    assert.equal(members(copy.tasks[0]), 'id workspaceId title status assignee updatedAt');
    assert.equal(members(copy.requests[1]), 'id workspaceId taskId agentId kind status question choices createdAt');
    assert.equal(members(copy.agents[0]), 'id workspaceId name connected lastHeardAt');
  });

  it('can be changed by nobody, down to the choices of a question', () => {
    const unfrozen = (value: unknown): boolean =>
      typeof value === 'object' && value !== null && (!Object.isFrozen(value) || Object.values(value).some(unfrozen));
    assert.ok(!unfrozen(copy));
  });
});
