import assert from 'node:assert/strict';
import type { LoggedDecision } from '../../src/protocol/model.ts';
import type { OperationInput } from '../../src/protocol/operations.ts';
import { connectAgent, type TestAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';

describe('the log of decisions, on a real hub', () => {
  let test: TestHub;
  let agent: TestAgent;

  beforeEach(async () => {
    test = await startTestHub();
    agent = await connectAgent('modern', test.agentAddress(), 'claude-code');
  });

  afterEach(async () => {
    await agent.close();
    await test.dispose();
  });

  async function ask(question: string, answer: object | undefined, more: object = {}): Promise<string> {
    const requestId = String((await agent.call('askHuman', { question, wait_s: 0, ...more })).structured['requestId']);
    if (answer !== undefined) await test.api.call('answerRequest', { workspaceId: test.workspaceId, requestId, ...answer });
    return requestId;
  }

  const list = async (input: OperationInput<'listDecisions'> = {}): Promise<LoggedDecision[]> =>
    (await test.api.call('listDecisions', input)).decisions;
  const questions = (entries: LoggedDecision[]): string[] => entries.map(({ request }) => request.question);

  it('holds what is no longer open, the newest first, with the names of task and agent', async () => {
    const taskId = await agent.createTask('Deploy the shop', 'Details.');
    await ask('Where to?', { choices: ['Staging'] }, { choices: ['Staging', 'Production'], taskId });
    await ask('Still open?', undefined);
    const dismissed = await ask('Never mind?', undefined);
    await test.api.call('dismissRequest', { workspaceId: test.workspaceId, requestId: dismissed });
    const log = await list();
    assert.deepEqual(
      log.map(({ request, taskTitle, agentName }) => [request.question, request.answer?.choices, taskTitle, agentName]),
      [
        ['Never mind?', undefined, undefined, 'claude-code'],
        ['Where to?', ['Staging'], 'Deploy the shop', 'claude-code'],
      ],
    );
  });

  it('is read page by page, without a gap', async () => {
    for (let index = 0; index < 5; index += 1) await ask(`Question ${index}?`, { text: 'Yes.' });
    const seen: string[] = [];
    let before: string | undefined;
    let pages = 0;
    do {
      const page = await test.api.call('listDecisions', { limit: 2, ...(before !== undefined && { before }) });
      seen.push(...questions(page.decisions));
      before = page.next;
      pages += 1;
    } while (before !== undefined);
    assert.deepEqual([seen, pages], [[4, 3, 2, 1, 0].map((index) => `Question ${index}?`), 3]);
  });

  it('is searched in question, answer, task and agent; no letter means more than itself', async () => {
    const taskId = await agent.createTask('Release 2.0', 'Details.');
    await ask('Is it 100 %?', { text: 'Yes, with pnpm.' }, { taskId });
    await ask('Is it 100 of them?', { text: 'No.' });
    for (const [query, found] of [
      ['100 %', ['Is it 100 %?']],
      ['PNPM', ['Is it 100 %?']],
      ['release', ['Is it 100 %?']],
      ['claude', ['Is it 100 of them?', 'Is it 100 %?']],
      ['1_0', []],
      ['choices', []],
    ] as const)
      assert.deepEqual(questions(await list({ query })), found, query);
  });

  it('is of one workspace, or of all', async () => {
    const other = test.hub.openWorkspace('other').id;
    await ask('Here?', { text: 'Yes.' });
    assert.equal((await list({ workspaceId: test.workspaceId })).length, 1);
    assert.deepEqual(await list({ workspaceId: other }), []);
  });

  it('takes over what another hub has listed, once, and gives no agent any of it', async () => {
    await ask('Where to?', { text: 'Staging, with care.' });
    await ask('When?', { text: 'At noon.' });
    const exported = await list();
    const elsewhere = await startTestHub();
    try {
      const importAll = async (): Promise<number> => (await elsewhere.api.call('importDecisions', { decisions: exported })).imported;
      assert.deepEqual([await importAll(), await importAll()], [2, 0]);
      const { decisions } = await elsewhere.api.call('listDecisions', { query: 'with care' });
      assert.deepEqual(decisions, exported.slice(1));
      assert.deepEqual((await elsewhere.api.call('getBoard', {})).requests, []);
      const { decisions: first, next } = await elsewhere.api.call('listDecisions', { limit: 1 });
      assert.deepEqual([questions(first), next], [['When?'], exported[0]?.request.id]);
    } finally {
      await elsewhere.dispose();
    }
  });

  it('takes over neither what it has, nor what is still open', async () => {
    await ask('Mine?', { text: 'Yes.' });
    const [mine] = await list();
    assert.ok(mine);
    const open = { request: { ...mine.request, id: '00000000001', status: 'open' as const } };
    assert.equal((await test.api.call('importDecisions', { decisions: [mine, open] })).imported, 0);
    assert.equal((await list()).length, 1);
  });
});
