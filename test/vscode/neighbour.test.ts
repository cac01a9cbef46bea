import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AgentRqApi } from '../../src/ui/links/publicApi.ts';
import type { TestAgent, ToolResult } from '../support/testAgent.ts';
import { waitFor } from '../support/waitFor.ts';
import type { Neighbour } from './neighbour/neighbour.ts';
import { connectFolderAgent } from './support/folderAgent.ts';
import { hubState, requestOf } from './support/hubFiles.ts';
import { chooseFirst } from './support/person.ts';
import { waitForTab } from './support/waitForTab.ts';

describe('another extension of the window', () => {
  const question = 'May the neighbour see this?';
  const title = 'A task that the neighbour shows';
  let neighbour: Neighbour;
  let agentRq: AgentRqApi;
  let agent: TestAgent;
  let asking: Promise<ToolResult>;

  before(async () => {
    const found = vscode.extensions.getExtension<Neighbour>('example.neighbour') ?? assert.fail('the neighbour is not installed');
    neighbour = await found.activate();
    ({ agentRq } = neighbour);
    agent = await connectFolderAgent('modern', 'neighbour-agent');
  });
  after(() => agent.close());

  it('reads the board, and hears that it has changed', async () => {
    const before = agentRq.board;
    assert.equal(agentRq.board, before, 'the same object until something changes');
    const drawings = neighbour.drawn.length;
    const taskId = await agent.createTask(title);
    asking = agent.call('askHuman', { question, choices: ['Yes', 'No'], taskId, wait_s: 100 });
    await waitFor('the question on the board of the neighbour', () => agentRq.board.requests.some((one) => one.question === question));
    assert.ok(neighbour.drawn.length > drawings, 'it was told');
    const open = agentRq.board.requests.filter(({ status }) => status === 'open');
    await waitFor('the neighbour to have drawn it', () => neighbour.drawn.at(-1) === `${open.length} waiting`);
    assert.ok(!before.requests.some((one) => one.question === question), 'what was read before stays as it was');
    assert.ok(agentRq.board.tasks.some((task) => task.title === title));
    assert.ok(agentRq.board.agents.some(({ name, connected }) => name === 'neighbour-agent' && connected));
    assert.deepEqual(
      agentRq.board.workspaces.flatMap(({ folder }) => folder ?? []).filter((folder) => /\/(?:shop|docs)$/.test(folder)).length,
      2,
    );
  });

  it('shows a request, and nothing else happens', async () => {
    const { id } = requestOf(question) ?? assert.fail();
    const before = hubState();
    assert.equal(await agentRq.show(id), true);
    await waitForTab(title);
    assert.equal(await agentRq.show('nothing0001'), false);
    assert.deepEqual(hubState(), before, 'nothing is written, connected or answered');
    assert.equal(requestOf(question)?.status, 'open');
  });

  it('has no way to answer, and nothing that it could change', () => {
    assert.deepEqual(Reflect.ownKeys(agentRq), ['version', 'board', 'onDidChange', 'show']);
    assert.equal(Object.getPrototypeOf(agentRq), Object.prototype);
    const request = agentRq.board.requests.find((one) => one.question === question);
    assert.ok(request);
    const attempts: (() => void)[] = [
      () => Object.assign(agentRq, { version: 2 }),
      () => Object.assign(agentRq.board, { requests: [] }),
      () => (agentRq.board.requests as unknown[]).push(request),
      () => Object.assign(request, { status: 'answered' }),
      () => (request.choices as string[]).push('Maybe'),
    ];
    for (const attempt of attempts) assert.throws(attempt, TypeError);
    assert.deepEqual(
      partsThat((value) => typeof value === 'function', agentRq.board),
      [],
      'nothing on the board can be called',
    );
    assert.deepEqual(
      partsThat((value) => Object(value) === value && !Object.isFrozen(value), agentRq.board),
      [],
    );
    assert.doesNotMatch(JSON.stringify(agentRq.board), /arq_/, 'no token is in it');
  });

  it('hears that the user has answered', async () => {
    await chooseFirst(question);
    assert.equal((await asking).structured['status'], 'answered');
    await waitFor('the neighbour to see it', () =>
      agentRq.board.requests.every((one) => one.question !== question || one.status !== 'open'),
    );
  });
});

/** The values of which this is so, in all that hangs together with one. */
function partsThat(holds: (value: unknown) => boolean, whole: unknown): unknown[] {
  const below = Object(whole) === whole ? Object.values(whole as object).flatMap((part) => partsThat(holds, part)) : [];
  return holds(whole) ? [whole, ...below] : below;
}
