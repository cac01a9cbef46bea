import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { importDecisions, listDecisions } from '../../../src/hub/service/decisions.ts';
import { migrate } from '../../../src/hub/storage/migrations.ts';
import { createStore } from '../../../src/hub/storage/store.ts';
import type { LoggedDecision, Request } from '../../../src/protocol/model.ts';
import { cpuMsOf } from '../../support/cpuTime.ts';
import { startTestService, type TestService } from '../../support/testService.ts';

const at = '2026-01-01T00:00:00.000Z';
const workspaceId = 'workspace01';

function idOf(index: number): string {
  return `r${String(index).padStart(10, '0')}`;
}

function permission(index: number, input: string): Request {
  return {
    id: idOf(index),
    workspaceId,
    agentId: 'agent000001',
    kind: 'permission',
    status: 'acted',
    question: `Question ${index}?`,
    permission: { tool: 'Bash', input },
    choices: [],
    multiple: false,
    createdAt: at,
    updatedAt: at,
    answer: { decision: 'allow', note: `Note ${index}.`, at },
  };
}

type Context = Parameters<typeof listDecisions>[0];

/** All that is found, and how many calls it takes. */
function findAll(context: Context, query: string, limit = 50): { ids: string[]; calls: number } {
  const ids: string[] = [];
  let before: string | undefined;
  let calls = 0;
  do {
    const { decisions, next } = listDecisions(context, { query, limit, before });
    ids.push(...decisions.map(({ request }) => request.id));
    before = next;
    calls += 1;
  } while (before !== undefined);
  return { ids, calls };
}

describe('a search of many decisions', () => {
  const count = 10_000;
  let context: Context;

  before(() => {
    context = startTestService().context;
    const { store } = context;
    store.workspaces.put({ id: workspaceId, name: 'w', description: '', createdAt: at, updatedAt: at });
    store.agents.put({ id: 'agent000001', workspaceId, name: 'claude-code', connected: false, lastHeardAt: at });
    const filler = 'echo one of many words; '.repeat(400);
    context.transact(() => {
      for (let index = 0; index < count; index += 1) store.requests.put(permission(index, `run-${index} ${filler}`));
    });
  });

  it('looks at a part of them with each call, and finds the oldest all the same', async () => {
    let found: ReturnType<typeof findAll> = { ids: [], calls: 0 };
    const ms = await cpuMsOf(() => {
      found = findAll(context, 'run-0 ');
    });
    assert.deepEqual(found.ids, [idOf(0)]);
    assert.ok(found.calls >= 10, `${found.calls} calls`);
    // It is 10 ms or so.
    assert.ok(ms / found.calls < 40, `${ms / found.calls} ms for each call`);
  });

  it('finds each of them once, in pieces of any size', () => {
    for (const limit of [7, 50, 200]) {
      const { ids } = findAll(context, 'Note 99', limit);
      const expected = Array.from({ length: count }, (_, index) => index).filter((index) => String(index).startsWith('99'));
      assert.deepEqual(ids, expected.toReversed().map(idOf), String(limit));
    }
  });
});

describe('a search of decisions', () => {
  let test: TestService;

  beforeEach(() => {
    test = startTestService();
    test.context.store.workspaces.put({ id: workspaceId, name: 'w', description: '', createdAt: at, updatedAt: at });
  });

  it('goes by the first 2,000 characters of a text, here and in what was taken over', () => {
    const input = `first ${'x'.repeat(1_995)} second`;
    test.context.store.requests.put(permission(1, input));
    importDecisions(test.context, [{ request: permission(2, input), taskTitle: 'Deploy' }]);
    assert.deepEqual(findAll(test.context, 'FIRST').ids, [idOf(2), idOf(1)]);
    assert.deepEqual(findAll(test.context, 'second').ids, []);
    assert.deepEqual(findAll(test.context, 'bash').ids, [idOf(2), idOf(1)]);
    assert.deepEqual(findAll(test.context, 'note 1.').ids, [idOf(1)]);
    assert.deepEqual(findAll(test.context, 'deploy').ids, [idOf(2)]);
  });

  it('leaves nothing out where own decisions and those from elsewhere alternate', () => {
    const { store } = test.context;
    const numbers = Array.from({ length: 2_400 }, (_, index) => index);
    test.context.transact(() => {
      for (const index of numbers) if (index % 2 === 0 || index < 300) store.requests.put(permission(index, 'ls'));
    });
    const elsewhere = numbers.filter((index) => index % 2 === 1).map((index): LoggedDecision => ({ request: permission(index, 'ls') }));
    importDecisions(test.context, elsewhere);
    assert.deepEqual(findAll(test.context, 'Bash').ids, numbers.toReversed().map(idOf));
    assert.deepEqual(findAll(test.context, 'Question 1?').ids, [idOf(1)]);
  });

  it('hands over no more than a few large ones at a time', () => {
    for (let index = 0; index < 5; index += 1) test.context.store.requests.put(permission(index, 'x'.repeat(600_000)));
    const { ids, calls } = findAll(test.context, '');
    assert.deepEqual([ids, calls], [[4, 3, 2, 1, 0].map(idOf), 3]);
  });

  it('takes a row that nobody can read into the index, and finds those beside it', () => {
    const database = new DatabaseSync(':memory:');
    migrate(database);
    const context = { ...test.context, store: createStore(database) };
    context.store.workspaces.put({ id: workspaceId, name: 'w', description: '', createdAt: at, updatedAt: at });
    for (const number of [1, 2]) context.store.requests.put(permission(number, 'npm test'));
    database.prepare(`UPDATE requests SET question = 'Torn', permission = '{"tool":', answer = '{' WHERE id = ?`).run(idOf(2));
    context.store.requests.put(permission(3, 'npm test'));
    for (const query of ['npm test', 'BASH']) assert.deepEqual(findAll(context, query).ids, [idOf(3), idOf(1)], query);
    const found = context.store.requests.decided({ before: '~', workspaceId, like: '%torn%', limit: 10 });
    assert.deepEqual(found.ids, [idOf(2)]);
    database.close();
  });
});
