import assert from 'node:assert/strict';
import { endLease, leaseNextTask } from '../../src/hub/service/tasks.ts';
import { leaseMs } from '../../src/protocol/limits.ts';
import { connectAgent, eras } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { startTestService } from '../support/testService.ts';

describe('the queue of tasks', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  const create = async (title: string) => (await test.api.call('createTask', { workspaceId: test.workspaceId, title })).task.id;
  const idOf = (text: string) => /^Next assigned task:\nID: ([0-9A-Za-z]{11})\nTitle: .*\nStatus: notstarted\nDetails: /.exec(text)?.[1];

  for (const era of eras) {
    it(`gives two agents of the ${era} era that ask at the same instant different tasks, also under one name`, async () => {
      const ids = [await create('One'), await create('Two')];
      const agents = await Promise.all([connectAgent(era, test.agentAddress()), connectAgent(era, test.agentAddress())]);
      const texts = await Promise.all(agents.map(async (agent) => (await agent.call('getTask')).text));
      assert.deepEqual(texts.map((text) => idOf(text) ?? '').toSorted(), ids.toSorted());
      const third = await connectAgent(era, test.agentAddress(), 'another');
      assert.equal((await third.call('getTask')).text, 'no pending tasks exist');
      await Promise.all([...agents, third].map((agent) => agent.close()));
    });

    it(`gives ten agents of the ${era} era nine tasks, each once`, async () => {
      const ids = await Promise.all(Array.from({ length: 9 }, (_, index) => create(`T${index}`)));
      const agents = await Promise.all(Array.from({ length: 10 }, (_, index) => connectAgent(era, test.agentAddress(), `a${index}`)));
      const texts = await Promise.all(agents.map(async (agent) => (await agent.call('getTask')).text));
      assert.deepEqual(texts.flatMap((text) => idOf(text) ?? []).toSorted(), ids.toSorted());
      assert.equal(texts.filter((text) => text === 'no pending tasks exist').length, 1);
      await Promise.all(agents.map((agent) => agent.close()));
    });
  }

  it('tells the agent that a task is meant for, and no other, what is said there; and refuses an agent of elsewhere', async () => {
    const [meant, other] = [
      await connectAgent('legacy', test.agentAddress(), 'meant'),
      await connectAgent('legacy', test.agentAddress(), 'other'),
    ];
    const { agents } = await test.api.call('getBoard', {});
    const agentId = agents.find(({ name }) => name === 'meant')?.id ?? assert.fail();
    const { task } = await test.api.call('createTask', { workspaceId: test.workspaceId, title: 'For one', agentId });
    await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: task.id, text: 'Begin now.' });
    assert.doesNotMatch((await other.call('getWorkspace')).texts.join('\n'), /Begin now\./);
    assert.match((await meant.call('getWorkspace')).texts.join('\n'), /Begin now\./);
    const elsewhere = test.api.call('createTask', { workspaceId: test.workspaceId, title: 'For nobody', agentId: task.id });
    await assert.rejects(elsewhere, { code: 'invalid_input' });
    await Promise.all([meant.close(), other.close()]);
  });

  it('gives a session that asks again the same task, until it begins it', async () => {
    const [first, second] = [await create('One'), await create('Two')];
    const agent = await connectAgent('legacy', test.agentAddress(), 'acp-gateway');
    assert.equal(idOf((await agent.call('getTask')).text), first);
    assert.equal(idOf((await agent.call('getTask')).text), first);
    await agent.call('updateTaskStatus', { taskId: first, status: 'ongoing' });
    assert.equal(idOf((await agent.call('getTask')).text), second);
    await agent.close();
  });

  it('takes a task back from whoever had it and did nothing, and at once when the result never arrived', () => {
    const { context, agents, clock, workspaceId } = startTestService();
    const caller = (name: string) => ({ agent: agents.heard(workspaceId, { name }), connectionId: `session:${name}` });
    const now = new Date(clock.now()).toISOString();
    const common = { workspaceId, createdAt: now, updatedAt: now, createdBy: 'human', assignee: 'agent', status: 'notstarted' } as const;
    const task = context.transact((changes) => changes.createTask({ id: context.newId(), ...common, title: 't', body: '', sortOrder: 1 }));
    assert.equal(leaseNextTask(context, caller('a'))?.id, task.id);
    clock.advance(leaseMs - 1);
    assert.equal(leaseNextTask(context, caller('b')), undefined);
    clock.advance(1);
    assert.equal(leaseNextTask(context, caller('b'))?.id, task.id);
    endLease(context, task.id);
    assert.equal(leaseNextTask(context, caller('c'))?.id, task.id);
  });
});
