import assert from 'node:assert/strict';
import type { Agent } from '../../src/protocol/model.ts';
import { connectAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

describe('an agent that the user removes', () => {
  let test: TestHub;
  beforeEach(async () => {
    test = await startTestHub();
  });
  afterEach(() => test.dispose());

  async function only(): Promise<Agent> {
    const { agents } = await test.api.call('getBoard', {});
    const [agent, ...others] = agents;
    assert.ok(agent !== undefined && others.length === 0, JSON.stringify(agents));
    return agent;
  }

  async function remove(agentId: string, removed = true): Promise<Agent> {
    return (await test.api.call('removeAgent', { workspaceId: test.workspaceId, agentId, removed })).agent;
  }

  it('is kept with all that it has said, and is back when it is heard', async () => {
    const agent = await connectAgent('modern', test.agentAddress());
    await agent.call('createTask', { title: 'Release it', body: 'Write the notes.' });
    await agent.call('askHuman', { question: 'Which name?', wait_s: 0 });
    const before = await test.api.call('getBoard', {});
    const { id } = await only();
    assert.match((await remove(id)).removedAt ?? '', /^20/);
    const after = await test.api.call('getBoard', {});
    assert.deepEqual([after.tasks, after.requests], [before.tasks, before.requests]);
    assert.equal((await only()).id, id, 'its name is still known to what it has written');
    await agent.call('getWorkspace', {});
    assert.deepEqual([(await only()).id, (await only()).removedAt], [id, undefined]);
    await agent.close();
  });

  it('is put back by undo, and what is so already is no event', async () => {
    const agent = await connectAgent('modern', test.agentAddress());
    await agent.call('getWorkspace', {});
    await agent.close();
    const { id } = await only();
    await remove(id);
    const { cursor } = await test.api.call('getBoard', {});
    await remove(id);
    assert.equal((await test.api.call('getBoard', {})).cursor, cursor);
    assert.equal((await remove(id, false)).removedAt, undefined);
  });

  it('is not removed while something of it is open, in another workspace, or if it is nobody', async () => {
    const agent = await connectAgent('legacy', test.agentAddress());
    await agent.call('getWorkspace', {});
    const asking = agent.call('askHuman', { question: 'Which name?', wait_s: 30 });
    await waitFor('the question', async () => (await test.api.call('getBoard', {})).requests.length === 1);
    const { id } = await only();
    await assert.rejects(remove(id), /This agent is connected/);
    assert.equal((await only()).removedAt, undefined);
    await assert.rejects(remove('agent000009'), /There is no agent agent000009 in this workspace/);
    await agent.close();
    await asking.catch(() => undefined);
  });

  it('stays removed when the hub starts again', async () => {
    const agent = await connectAgent('modern', test.agentAddress());
    await agent.call('getWorkspace', {});
    await agent.close();
    await remove((await only()).id);
    await test.hub.close();
    test = await startTestHub({ home: test.home });
    assert.ok((await only()).removedAt !== undefined);
  });
});
