import assert from 'node:assert/strict';
import { HubError } from '../../src/protocol/hubErrors.ts';
import { finishedOnBoard } from '../../src/protocol/limits.ts';
import type { Task } from '../../src/protocol/model.ts';
import { openRawStream } from '../support/rawStream.ts';
import { connectAgent } from '../support/testAgent.ts';
import { startTestHub, type TestHub } from '../support/testHub.ts';
import { startTestService } from '../support/testService.ts';
import { waitFor } from '../support/waitFor.ts';

describe('a task that the user changes', () => {
  let test: TestHub;

  beforeEach(async () => {
    test = await startTestHub();
  });

  afterEach(() => test.dispose());

  const create = async (title: string): Promise<Task> => {
    const { task } = await test.api.call('createTask', { workspaceId: test.workspaceId, title });
    return task;
  };
  const update = async (taskId: string, change: Record<string, unknown>): Promise<Task> => {
    const { task } = await test.api.call('updateTask', { workspaceId: test.workspaceId, taskId, ...change });
    return task;
  };
  const cursor = async (): Promise<string> => (await test.api.call('getBoard', {})).cursor;
  const isRefused = (code: string) => (error: unknown) => error instanceof HubError && error.code === code;

  it('has several things changed at once, told by one event', async () => {
    const task = await create('Old');
    const stream = await openRawStream(test.hub, { lastEventId: await cursor() });
    const changed = await update(task.id, { title: 'New', body: 'More', assignee: 'human', sortOrder: 5 });
    assert.deepEqual(changed, { ...task, title: 'New', body: 'More', assignee: 'human', sortOrder: 5, updatedAt: changed.updatedAt });
    await waitFor('the event', () => stream.messages.length === 1);
    assert.deepEqual(JSON.parse(stream.messages[0]?.data ?? ''), { type: 'task.updated', payload: changed });
    stream.close();
  });

  it('is not changed by nothing, by what it has already, or by what it can not be', async () => {
    const task = await create('Same');
    const before = await cursor();
    await assert.rejects(update(task.id, {}), isRefused('invalid_input'));
    await assert.rejects(update(task.id, { title: '   ' }), isRefused('invalid_input'));
    await assert.rejects(update(task.id, { assignee: 'nobody' }), isRefused('invalid_input'));
    await assert.rejects(update('00000000000', { title: 'T' }), isRefused('task_not_found'));
    const elsewhere = test.hub.openWorkspace('another').id;
    const { cursor: opened } = await test.api.call('getBoard', {});
    await assert.rejects(test.api.call('updateTask', { workspaceId: elsewhere, taskId: task.id, title: 'T' }), isRefused('task_not_found'));
    assert.deepEqual(await update(task.id, { title: 'Same', archived: false, sortOrder: task.sortOrder }), task);
    assert.notEqual(before, opened);
    assert.equal(await cursor(), opened);
  });

  it('is given out in the place that it was moved to, and nothing else of it changes', async () => {
    const [first, second] = [await create('One'), await create('Two')];
    assert.deepEqual(await update(second.id, { sortOrder: first.sortOrder - 1 }), { ...second, sortOrder: first.sortOrder - 1 });
    const agent = await connectAgent('modern', test.agentAddress());
    assert.match((await agent.call('getTask')).text, new RegExp(`ID: ${second.id}`));
    assert.match((await agent.call('getTask')).text, new RegExp(`ID: ${first.id}`));
    await agent.close();
  });

  it('is neither given out nor listed nor counted while it is archived, and is again afterwards', async () => {
    const task = await create('Later');
    const { archivedAt } = await update(task.id, { archived: true });
    assert.ok(archivedAt !== undefined);
    assert.equal((await update(task.id, { archived: true })).archivedAt, archivedAt, 'archived once');
    const agent = await connectAgent('modern', test.agentAddress());
    assert.equal((await agent.call('getTask')).text, 'no pending tasks exist');
    assert.match((await agent.call('getWorkspace')).text, /Not Started: 0/);
    const { workspaceId } = test;
    const listed = async (archived?: 'only') => (await test.api.call('listTasks', { workspaceId, archived })).tasks.map(({ id }) => id);
    assert.deepEqual([await listed(), await listed('only')], [[], [task.id]]);
    assert.deepEqual((await test.api.call('getBoard', {})).tasks, []);

    assert.equal((await update(task.id, { archived: false })).archivedAt, undefined);
    assert.deepEqual([await listed(), await listed('only')], [[task.id], []]);
    assert.match((await agent.call('getTask')).text, new RegExp(`ID: ${task.id}`));
    await agent.close();
  });

  it('still carries the messages of the user to the agent that works on it', async () => {
    const task = await create('Go on');
    const agent = await connectAgent('legacy', test.agentAddress());
    await agent.call('updateTaskStatus', { taskId: task.id, status: 'ongoing' });
    await test.api.call('replyToTask', { workspaceId: test.workspaceId, taskId: task.id, text: 'Wrap up.' });
    await update(task.id, { archived: true });
    const { texts } = await agent.call('reply', { chatId: task.id, text: 'Nearly done.' });
    assert.match(texts.at(-1) ?? '', /Wrap up\./);
    const { messages } = await test.api.call('getTask', { workspaceId: test.workspaceId, taskId: task.id });
    assert.deepEqual(
      messages.filter(({ kind }) => kind === 'text').map(({ text }) => text),
      ['Wrap up.', 'Nearly done.'],
    );
    await agent.close();
  });

  it('goes back into the queue when it is handed to the agent again, whoever had it in hand', async () => {
    const task = await create('Mine');
    const [one, two] = [await connectAgent('legacy', test.agentAddress(), 'one'), await connectAgent('legacy', test.agentAddress(), 'two')];
    assert.match((await one.call('getTask')).text, new RegExp(`ID: ${task.id}`));
    await update(task.id, { assignee: 'human' });
    assert.equal((await one.call('getTask')).text, 'no pending tasks exist');
    await update(task.id, { assignee: 'agent' });
    assert.match((await two.call('getTask')).text, new RegExp(`ID: ${task.id}`));
    await Promise.all([one.close(), two.close()]);
  });
});

describe('a task that the user looks at', () => {
  it('says so to every window, and is not newer for it', async () => {
    const test = await startTestHub();
    const { workspaceId, api } = test;
    const { task } = await api.call('createTask', { workspaceId, title: 'T' });
    const stream = await openRawStream(test.hub, { lastEventId: (await api.call('getBoard', {})).cursor });
    const { task: seen } = await api.call('markSeen', { workspaceId, taskId: task.id });
    assert.ok(seen.seenAt !== undefined && seen.seenAt >= task.createdAt);
    assert.deepEqual(seen, { ...task, seenAt: seen.seenAt });
    await waitFor('the event', () => stream.messages.length === 1);
    assert.deepEqual(JSON.parse(stream.messages[0]?.data ?? ''), { type: 'task.updated', payload: seen });
    stream.close();
    assert.deepEqual((await api.call('getBoard', {})).tasks, [seen]);
    const { task: changed } = await api.call('updateTask', { workspaceId, taskId: task.id, title: 'New' });
    assert.equal(changed.seenAt, seen.seenAt);
    await test.dispose();
  });
});

describe('what a board holds of the finished tasks', () => {
  it('is those that changed last, and all that is not finished', () => {
    const { context, workspaceId, clock } = startTestService();
    const create = (status: Task['status']): string => {
      clock.advance(1);
      const at = new Date(clock.now()).toISOString();
      const common = { workspaceId, createdAt: at, updatedAt: at, createdBy: 'human', assignee: 'agent', title: 't', body: '' } as const;
      return context.transact((changes) => changes.createTask({ id: context.newId(), ...common, status, sortOrder: 0 })).id;
    };
    const old = create('blocked');
    const finished = Array.from({ length: finishedOnBoard + 3 }, (_, index) => create(index % 2 === 0 ? 'completed' : 'rejected'));
    const held = new Set(context.store.tasks.onBoard(finishedOnBoard).map(({ id }) => id));
    assert.deepEqual(held, new Set([old, ...finished.slice(3)]));
  });
});
