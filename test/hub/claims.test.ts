import assert from 'node:assert/strict';
import { endLease, leaseNextTask } from '../../src/hub/service/queue.ts';
import { createTask } from '../../src/hub/service/tasks.ts';
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

  it('gives a task that is meant for one agent to that one alone, and to any once the user says so', async () => {
    const [meant, other] = [
      await connectAgent('legacy', test.agentAddress(), 'meant'),
      await connectAgent('legacy', test.agentAddress(), 'other'),
    ];
    const { agents } = await test.api.call('getBoard', {});
    const idOfAgent = (wanted: string) => agents.find(({ name }) => name === wanted)?.id ?? assert.fail();
    const { workspaceId } = test;
    const { task } = await test.api.call('createTask', { workspaceId, title: 'For one', agentId: idOfAgent('meant') });
    assert.equal((await other.call('getTask')).text, 'no pending tasks exist');
    assert.equal(idOf((await meant.call('getTask')).text), task.id);
    const given = await test.api.call('updateTask', { workspaceId, taskId: task.id, meantFor: idOfAgent('other') });
    assert.deepEqual([given.task.meantFor, given.task.agentId], [idOfAgent('other'), idOfAgent('other')]);
    assert.equal((await meant.call('getTask')).text, 'no pending tasks exist', 'it is for the other one now');
    const { task: free } = await test.api.call('updateTask', { workspaceId, taskId: task.id, meantFor: null });
    assert.equal(free.meantFor, undefined);
    assert.equal(idOf((await meant.call('getTask')).text), task.id);
    await assert.rejects(test.api.call('updateTask', { workspaceId, taskId: task.id, meantFor: task.id }), { code: 'invalid_input' });
    await Promise.all([meant.close(), other.close()]);
  });

  it('takes a task from an agent that works on it and gives it to another one, and tells both', async () => {
    const [first, second] = [
      await connectAgent('legacy', test.agentAddress(), 'first'),
      await connectAgent('legacy', test.agentAddress(), 'second'),
    ];
    const { agents } = await test.api.call('getBoard', {});
    const { workspaceId } = test;
    const taskId = await create('Handed over');
    await first.call('updateTaskStatus', { taskId, status: 'ongoing' });
    const meantFor = agents.find(({ name }) => name === 'second')?.id ?? assert.fail();
    const { task } = await test.api.call('updateTask', { workspaceId, taskId, meantFor });
    assert.deepEqual([task.status, task.agentId, task.meantFor], ['notstarted', meantFor, meantFor]);
    assert.match(
      (await first.call('getWorkspace')).texts.join('\n'),
      /The user has given this task to another agent\. Stop working on it\./,
    );
    assert.doesNotMatch((await second.call('getWorkspace')).texts.join('\n'), /given this task/);
    assert.equal(idOf((await second.call('getTask')).text), taskId);
    await Promise.all([first.close(), second.close()]);
  });

  it('gives a task to another agent when the one that it is meant for has been gone for an hour, and says so in the thread', () => {
    const { context, agents, clock, workspaceId } = startTestService();
    const caller = (name: string) => ({ agent: agents.heard(workspaceId, { name }), connectionId: `session:${name}` });
    const meant = caller('meant');
    const leave = agents.present(meant);
    const draft = { workspaceId, title: 'For one', body: '', assignee: 'agent', createdBy: 'human', agentId: meant.agent.id } as const;
    const { id } = createTask(context, draft);
    clock.advance(5 * 60 * 60_000);
    assert.equal(leaseNextTask(context, caller('other')), undefined, 'it is connected, however long it says nothing');
    caller('meant');
    leave();
    clock.advance(60 * 60_000 - 1);
    assert.equal(leaseNextTask(context, caller('other')), undefined);
    clock.advance(1);
    const taken = leaseNextTask(context, caller('other'));
    assert.deepEqual([taken?.id, taken?.meantFor, taken?.agentId], [id, undefined, caller('other').agent.id]);
    assert.deepEqual(
      context.store.messages.ofTask(id).map(({ text }) => text),
      ['meant has been gone for an hour, so another agent was given this task.'],
    );
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
