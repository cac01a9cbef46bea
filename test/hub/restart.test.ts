import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createBoardStore } from '../../src/client/boardStore.ts';
import { createEventStream } from '../../src/client/eventStream.ts';
import { systemClock } from '../../src/util/clock.ts';
import { nullLog } from '../../src/util/log.ts';
import { apiOf } from '../support/apiOf.ts';
import { type HubProcess, startHubProcess } from '../support/hubProcess.ts';
import { connectAgent, eras } from '../support/testAgent.ts';
import { makeHome } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

// The story of a task, in steps. The hub is killed before each of them in turn, and started again.

for (const era of eras) {
  describe(`a hub that is killed, with an agent of the ${era} era`, () => {
    for (let killedBefore = 1; killedBefore <= 7; killedBefore += 1) {
      it(`loses nothing when it dies before step ${killedBefore}`, async () => {
        const home = makeHome();
        let hub: HubProcess = await startHubProcess({ home });
        const port = Number(new URL(hub.url).port);
        const address = async () => ({ url: hub.url, token: hub.userToken });
        const api = apiOf(() => hub);
        const stream = createEventStream({ address, fetch, clock: systemClock, random: () => 0, log: nullLog });
        const store = createBoardStore({ api, stream, clock: systemClock, random: () => 0, log: nullLog });
        const seen: number[] = [];
        stream.onDidReceive(({ cursor }) => seen.push(cursor.number));
        store.start();
        await waitFor('the board to be live', () => store.link.kind === 'live');

        const [workspace] = hub.workspaces;
        assert.ok(workspace);
        const workspaceId = workspace.id;
        const agent = await connectAgent(era, workspace);
        let taskId = '';
        let requestId = '';
        const steps: (() => Promise<void>)[] = [
          async () => {
            taskId = await agent.createTask('Story', 'b');
          },
          async () => {
            await agent.call('updateTaskStatus', { taskId, status: 'ongoing' });
          },
          async () => {
            const { structured } = await agent.call('askHuman', { question: 'Which?', choices: ['A', 'B'], taskId, wait_s: 0 });
            requestId = String(structured['requestId']);
          },
          async () => {
            await api.call('answerRequest', { workspaceId, requestId, choices: ['B'] });
          },
          async () => {
            const { structured } = await agent.call('waitForReply', { requestId, wait_s: 5 });
            assert.deepEqual((structured['answer'] as { choices: string[] }).choices, ['B']);
          },
          async () => {
            await agent.call('reply', { chatId: taskId, text: 'Done with B.' });
          },
          async () => {
            await agent.call('updateTaskStatus', { taskId, status: 'completed' });
          },
        ];
        for (const [index, step] of steps.entries()) {
          if (index + 1 === killedBefore) {
            await hub.stop('SIGKILL');
            hub = await startHubProcess({ home, port });
          }
          await step();
        }

        const thread = await api.call('getTask', { workspaceId, taskId });
        assert.equal(thread.task.status, 'completed');
        assert.deepEqual(
          thread.messages.map(({ text }) => text),
          ['Status updated to: ongoing', 'Done with B.', 'Status updated to: completed'],
        );
        assert.equal(thread.requests[0]?.status, 'acted');
        await waitFor('the board to show the end', () => store.board.tasks.get(taskId)?.status === 'completed');
        assert.deepEqual([...store.board.requests.values()], []);
        assert.deepEqual(
          seen,
          [...new Set(seen)].toSorted((a, b) => a - b),
          'no event twice, none out of order',
        );

        store.dispose();
        stream.dispose();
        await agent.close();
        await hub.stop('SIGTERM');
        rmSync(home, { recursive: true, force: true });
      });
    }
  });
}

describe('a hub on the command line', () => {
  it('stops in order when it is told to, and comes back with what it had', async () => {
    const home = makeHome();
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const hub = await startHubProcess({ home, workspace: 'kept' });
      const api = apiOf(() => hub);
      const workspaceId = hub.workspaces[0]?.id ?? '';
      await api.call('createTask', { workspaceId, title: signal });
      assert.deepEqual(await hub.stop(signal), { code: 0 });
    }
    const hub = await startHubProcess({ home, workspace: 'kept' });
    const api = apiOf(() => hub);
    const { tasks, workspaces } = await api.call('getBoard', {});
    assert.deepEqual(
      tasks.map(({ title }) => title),
      ['SIGTERM', 'SIGINT'],
    );
    assert.equal(workspaces.length, 1);
    await hub.stop('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  });

  it('ends a call that waits when it stops, and the question is still there', async () => {
    const home = makeHome();
    const hub = await startHubProcess({ home });
    const agent = await connectAgent('modern', hub.workspaces[0] ?? assert.fail());
    const asking = agent.call('askHuman', { question: 'Still?', wait_s: 20 });
    const api = apiOf(() => hub);
    await waitFor('the question', async () => (await api.call('getBoard', {})).requests.length === 1);
    assert.deepEqual(await hub.stop('SIGTERM'), { code: 0 });
    assert.equal((await asking).structured['status'], 'pending');
    await agent.close();
    const again = await startHubProcess({ home });
    const board = await apiOf(() => again).call('getBoard', {});
    assert.deepEqual(
      board.requests.map(({ question, status }) => [question, status]),
      [['Still?', 'open']],
    );
    assert.deepEqual(
      board.agents.map(({ connected, waitingFor }) => [connected, waitingFor]),
      [[false, undefined]],
    );
    await again.stop('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  });
});
