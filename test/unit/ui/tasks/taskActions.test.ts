import assert from 'node:assert/strict';
import { HubError } from '../../../../src/protocol/hubErrors.ts';
import { UserError } from '../../../../src/util/errors.ts';
import { translatable } from '../../../../src/util/sentence.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { agent, board, request, task, workspace } from '../support/fixtures.ts';
import { rowOf, tasksRig } from './tasksRig.ts';

const tasks = () => ['a', 'b', 'c'].map((id, sortOrder) => task({ id, sortOrder, title: `Task ${id}` }));

describe('what is done with tasks', () => {
  it('changes the status of all that are selected, and undoes it', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Blocked'] }] });
    await rig.actions.changeTaskStatus(rowOf('a'), [rowOf('a'), rowOf('c')]);
    assert.deepEqual(rig.shown(), ['Ongoing: b', 'Blocked: a c']);
    assert.deepEqual(rig.offers, ['2 tasks moved to Blocked.']);
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: a b c']);
    assert.deepEqual(rig.prompts.texts.at(-1), 'Undid the move of 2 tasks: back in Ongoing.');
    assert.deepEqual(rig.offers, [], 'and it is offered no longer');
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.prompts.texts.at(-1), 'There is nothing to undo.');
  });

  it('is about the row under the pointer if that is not selected, and about the selected ones without a row', async () => {
    const rig = tasksRig(board({ tasks: tasks() }));
    rig.select('a', 'b');
    await rig.actions.archiveTask(rowOf('c'));
    assert.deepEqual([...rig.away.keys()], ['c']);
    await rig.actions.archiveTask(undefined);
    assert.deepEqual([...rig.away.keys()], ['c', 'a', 'b']);
  });

  it('stops agents with words or without, and only where one works', async () => {
    const mine = task({ id: 'd', status: 'ongoing', title: 'Task d' });
    const works = { status: 'ongoing' as const, agentId: 'agent000001' };
    const { agentId: _, ...nobodys } = mine;
    const all = [task({ id: 'a', title: 'Task a', ...works }), task({ id: 'b', title: 'Task b', ...works }), nobodys];
    const rig = tasksRig(board({ tasks: all, agents: [agent()] }), { script: [{ type: 'Enough' }, { pick: ['Task b'] }, { type: '' }] });
    await rig.actions.stopTask(rowOf('a'));
    await rig.actions.stopTask(undefined);
    assert.deepEqual(rig.stopped, [
      ['a', 'Enough'],
      ['b', ''],
    ]);
    await rig.actions.stopTask(rowOf('a'));
    assert.deepEqual(rig.prompts.texts.at(-1), 'No agent works there that has not been asked to stop already.');
  });

  it('gives tasks to one agent, to any or to the user, and undoes it', async () => {
    const owner = (id: string) => {
      const { assignee, meantFor } = rig.store.board.tasks.get(id) ?? assert.fail();
      return meantFor ?? assignee;
    };
    const open = tasks().map((each) => ({ ...each, status: 'notstarted' as const }));
    const rig = tasksRig(board({ tasks: open, agents: [agent()] }), {
      script: [{ pick: ['Claude Code'] }, { pick: ['You'] }, { pick: ['You'] }, { pick: ['Any Agent'] }],
    });
    await rig.actions.assignTask(rowOf('a'));
    assert.deepEqual(rig.offers, ['“Task a” is for Claude Code now, which gets it when it asks for work.']);
    await rig.actions.assignTask(rowOf('a'), [rowOf('a'), rowOf('b')]);
    assert.deepEqual([owner('a'), owner('b'), owner('c')], ['human', 'human', 'agent']);
    await rig.actions.undo(undefined);
    assert.deepEqual([owner('a'), owner('b')], ['agent000001', 'agent']);
    assert.equal(rig.prompts.texts.at(-1), 'Undid the assignment of 2 tasks.');
    await rig.actions.assignTask(rowOf('c'));
    await rig.actions.assignTask(rowOf('c'));
    assert.deepEqual([owner('c'), rig.offers.at(-1)], ['agent', '“Task c” is for any agent now.']);
  });

  it('offers agents only where all tasks are in one workspace, and nobody for what is finished', async () => {
    const elsewhere = task({ id: 'd', workspaceId: 'workspace02', status: 'notstarted' });
    const done = task({ id: 'e', status: 'completed', title: 'Task e' });
    const content = board({
      tasks: [...tasks(), elsewhere, done],
      agents: [agent()],
      workspaces: [workspace(), workspace({ id: 'workspace02', name: 'api' })],
    });
    const rig = tasksRig(content);
    await rig.actions.assignTask(rowOf('a'), [rowOf('a'), rowOf('d')]);
    const [shown] = rig.prompts.shown;
    assert.deepEqual(shown?.kind === 'pick' && shown.labels, ['Any Agent', 'You']);
    await rig.actions.assignTask(rowOf('e'));
    assert.equal(rig.prompts.texts.at(-1), 'Nothing is left to do in “Task e”.');
  });

  it('opens the words of a task', async () => {
    const rig = tasksRig(board({ tasks: tasks() }));
    await rig.actions.editTask(rowOf('b'));
    assert.deepEqual(rig.edited, ['b']);
  });

  it('undoes other words of a task, unless they have changed since', async () => {
    const rig = tasksRig(board({ tasks: tasks() }));
    const words = () => rig.store.board.tasks.get('a');
    const before = words() ?? assert.fail();
    await rig.changes.apply({ did: 'Changed.', undid: 'Back.' }, [{ task: before, to: { title: 'New', body: 'More' } }]);
    assert.deepEqual([words()?.title, words()?.body], ['New', 'More']);
    await rig.actions.undo(undefined);
    assert.deepEqual([words()?.title, words()?.body], [before.title, before.body]);
    await rig.changes.apply({ did: 'Changed.', undid: 'Back.' }, [{ task: before, to: { title: 'New' } }]);
    rig.put({ ...before, title: 'Somebody else’s' });
    await rig.actions.undo(undefined);
    assert.equal(words()?.title, 'Somebody else’s');
  });

  it('shows the tasks of one agent', async () => {
    const mine = task({ id: 'd', agentId: 'agent000001', title: 'Task d' });
    const rig = tasksRig(board({ tasks: [...tasks(), mine], agents: [agent()] }));
    await rig.actions.showAgentTasks({ ofAgent: 'agent000001' });
    assert.deepEqual([rig.shown(), rig.shows()], [['Ongoing: d'], 1]);
    await rig.actions.showAgentTasks({ ofAgent: 'nobody00001' });
    assert.equal(rig.shows(), 1);
  });

  it('asks which task if nothing is selected', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Task b'] }] });
    await rig.actions.archiveTask(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: a c']);
  });

  it('moves rows by one, and takes each move back, the last first', async () => {
    const rig = tasksRig(board({ tasks: tasks() }));
    await rig.actions.moveTaskUp(rowOf('c'));
    await rig.actions.moveTaskUp(rowOf('c'));
    assert.deepEqual(rig.shown(), ['Ongoing: c a b']);
    await rig.actions.moveTaskUp(rowOf('c'));
    assert.equal(rig.offers.length, 2, 'at the top there is no setup needed');
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: a c b']);
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: a b c']);
  });

  it('moves to an end of the queue', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Last in the Queue'] }, { pick: ['First in the Queue'] }] });
    await rig.actions.moveTaskTo(rowOf('a'));
    assert.deepEqual(rig.shown(), ['Ongoing: b c a']);
    await rig.actions.moveTaskTo(rowOf('c'));
    assert.deepEqual(rig.shown(), ['Ongoing: c b a']);
  });

  it('moves nothing where the rows are in another order', async () => {
    const rig = tasksRig(board({ tasks: tasks() }));
    await rig.list.setView({ order: 'title' });
    await rig.actions.moveTaskDown(rowOf('a'));
    assert.deepEqual(rig.api.calls, []);
    assert.match(rig.prompts.texts[0] ?? '', /place in the queue/);
  });

  it('drops onto a group and before a row', async () => {
    const blocked = task({ id: 'x', status: 'blocked', sortOrder: 9 });
    const rig = tasksRig(board({ tasks: [...tasks(), blocked] }));
    const drop = (ids: string[], target: object) =>
      rig.actions.drop(
        ids.flatMap((id) => rig.store.board.tasks.get(id) ?? []),
        target,
      );
    await drop(['a'], { group: 'status:blocked' });
    assert.deepEqual(rig.shown(), ['Ongoing: b c', 'Blocked: x a']);
    await drop(['x'], { taskId: 'c' });
    assert.deepEqual(rig.shown(), ['Ongoing: b x c', 'Blocked: a']);
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: b c', 'Blocked: x a']);
  });

  it('leaves a task with its agent', async () => {
    const own = task({ id: 'x', agentId: 'agent000001' });
    const rig = tasksRig(board({ tasks: [...tasks(), own] }));
    await rig.list.setView({ group: 'agent' });
    assert.deepEqual(rig.shown(), ['Claude Code: x', 'No Agent Yet: a b c']);
    await rig.actions.drop([own], { taskId: 'a' });
    assert.deepEqual(rig.api.calls, []);
    assert.match(rig.prompts.texts[0] ?? '', /stays with its agent/);
  });

  it('deletes only what the user has confirmed', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: ['escape', { press: 'Delete' }] });
    await rig.actions.deleteTask(rowOf('a'), [rowOf('a'), rowOf('b')]);
    assert.deepEqual(rig.api.calls, []);
    assert.equal(rig.prompts.texts[0], 'Delete 2 tasks?');
    await rig.actions.deleteTask(rowOf('a'), [rowOf('a'), rowOf('b')]);
    assert.deepEqual(rig.shown(), ['Ongoing: c']);
  });

  it('lets stand what somebody has changed since', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Blocked'] }] });
    await rig.actions.changeTaskStatus(rowOf('a'), [rowOf('a'), rowOf('b')]);
    rig.put({ ...task({ id: 'a' }), status: 'completed' });
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: b c', 'Completed: a']);
    assert.match(rig.prompts.texts.at(-1) ?? '', /^Undone, except/);
  });

  it('takes back two changes of a task at once, although the board has not heard of the first undo', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Blocked'] }, { pick: ['Completed'] }] });
    await rig.actions.changeTaskStatus(rowOf('a'));
    await rig.actions.changeTaskStatus(rowOf('a'));
    assert.deepEqual(rig.shown(), ['Ongoing: b c', 'Completed: a']);
    rig.holdEvents();
    await Promise.all([rig.actions.undo(undefined), rig.actions.undo(undefined)]);
    rig.letEventsGo();
    assert.deepEqual(rig.shown(), ['Ongoing: a b c']);
    assert.deepEqual(rig.prompts.texts.slice(-2), [
      'Undid the move of “Task a”: back in Blocked.',
      'Undid the move of “Task a”: back in Ongoing.',
    ]);
  });

  it('takes back a change that is still under way, and not the one before it', async () => {
    const rig = tasksRig(board({ tasks: tasks() }));
    await rig.actions.archiveTask(rowOf('c'));
    const words = { did: 'Moved.', undid: 'Back.' };
    const moved = rig.changes.apply(
      words,
      tasks()
        .slice(0, 2)
        .map((each) => ({ task: each, to: { status: 'blocked' as const } })),
    );
    await Promise.all([moved, rig.actions.undo(undefined)]);
    assert.equal(rig.prompts.texts.at(-1), words.undid);
    assert.deepEqual(rig.shown(), ['Ongoing: a b']);
  });

  it('lets stand a task that was deleted since', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Blocked'] }, { press: 'Delete' }] });
    await rig.actions.changeTaskStatus(rowOf('a'), [rowOf('a'), rowOf('b')]);
    await rig.actions.deleteTask(rowOf('a'));
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: b c']);
    assert.match(rig.prompts.texts.at(-1) ?? '', /^Undone, except/);
  });

  it('can undo again what could not be undone since the hub was away, and not what the hub refused', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Blocked'] }, { pick: ['Completed'] }] });
    await rig.actions.changeTaskStatus(rowOf('a'));
    await rig.actions.changeTaskStatus(rowOf('b'));
    const call = rig.api.call.bind(rig.api);
    rig.api.call = () => Promise.reject(new UserError(translatable('The hub cannot be reached.')));
    await assert.rejects(rig.actions.undo(undefined), /cannot be reached/);
    rig.api.call = call;
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: b c', 'Blocked: a']);
    rig.api.call = () => Promise.reject(new HubError('not_supported', 'Not allowed.'));
    await assert.rejects(rig.actions.undo(undefined), /Not allowed/);
    rig.api.call = call;
    await rig.actions.undo(undefined);
    assert.equal(rig.prompts.texts.at(-1), 'There is nothing to undo.');
  });

  it('can undo what was done before the hub refused', async () => {
    const rig = tasksRig(board({ tasks: tasks() }), { script: [{ pick: ['Blocked'] }] });
    const call = rig.api.call.bind(rig.api);
    rig.api.call = (name, input) => ('taskId' in input && input.taskId === 'b' ? Promise.reject(new Error('refused')) : call(name, input));
    await assert.rejects(rig.actions.changeTaskStatus(rowOf('a'), [rowOf('a'), rowOf('b'), rowOf('c')]), /refused/);
    assert.deepEqual(rig.shown(), ['Ongoing: b c', 'Blocked: a']);
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: a b c']);
  });

  it('brings archived tasks back, by undo and from the archive', async () => {
    const rig = tasksRig(board({ tasks: tasks() }));
    await rig.actions.archiveTask(rowOf('a'));
    assert.deepEqual(rig.shown(), ['Ongoing: b c']);
    await rig.actions.undo(undefined);
    assert.deepEqual(rig.shown(), ['Ongoing: a b c']);
    await rig.actions.archiveTask(rowOf('a'));
    await rig.list.setView({ archived: true });
    assert.deepEqual(rig.shown(), ['Ongoing: a b c']);
    assert.equal(rig.list.rows()[0]?.children?.[0]?.contextValue, 'task:ongoing:archived');
    await rig.actions.restoreTask(rowOf('a'));
    await rig.list.setView({ archived: false });
    assert.deepEqual(rig.shown(), ['Ongoing: a b c']);
  });
});

describe('how the user looks at tasks', () => {
  const many = () =>
    board({
      workspaces: [workspace(), workspace({ id: 'workspace02', name: 'shop' })],
      agents: [agent(), agent({ id: 'agent000002', name: 'codex', title: 'Codex' })],
      tasks: [
        task({ id: 'a', title: 'Fix the login', agentId: 'agent000001' }),
        task({ id: 'b', title: 'Pay by card', workspaceId: 'workspace02', agentId: 'agent000002', sortOrder: 1 }),
        task({ id: 'c', title: 'A login for the shop', status: 'notstarted', sortOrder: 2 }),
      ],
      requests: [request({ taskId: 'b' })],
    });

  it('groups by agent or by workspace', async () => {
    const rig = tasksRig(many(), { script: [{ pick: ['Agent'] }, { pick: ['Workspace'] }] });
    await rig.actions.groupTasks();
    assert.deepEqual(rig.shown(), ['Claude Code: a', 'Codex: b', 'No Agent Yet: c']);
    await rig.actions.groupTasks();
    assert.deepEqual(rig.shown(), ['shop: b', 'web: a c']);
  });

  it('sorts by activity or by title', async () => {
    const rig = tasksRig(many(), { script: [{ pick: ['Title'] }, { pick: ['What needs you, then newest activity'] }] });
    assert.deepEqual(rig.shown(), ['Ongoing: a b', 'Not Started: c']);
    await rig.actions.sortTasks();
    assert.deepEqual(rig.shown(), ['Ongoing: a b', 'Not Started: c']);
    await rig.actions.sortTasks();
    assert.deepEqual(rig.shown(), ['Ongoing: b a', 'Not Started: c']);
  });

  it('filters by words in the title, the agent and the workspace, says so, and shows all again', async () => {
    const rig = tasksRig(many(), {
      script: [{ pick: ['By Text…'] }, { type: 'LOGIN claude' }, { pick: ['By Text…'] }, { type: 'shop' }],
    });
    assert.equal(rig.list.message(), '');
    await rig.actions.filterTasks();
    assert.deepEqual(rig.shown(), ['Ongoing: a']);
    assert.equal(rig.list.message(), '1 of 3 tasks: with “LOGIN claude”. “Clear Task Filter” above shows all.');
    await rig.actions.filterTasks();
    assert.deepEqual(rig.shown(), ['Ongoing: b', 'Not Started: c']);
    await rig.actions.clearTaskFilter();
    assert.deepEqual(rig.shown(), ['Ongoing: a b', 'Not Started: c']);
    assert.equal(rig.list.message(), '');
  });

  it('shows only what needs the user', async () => {
    const rig = tasksRig(many(), { script: [{ pick: ['Needs Me'] }, { pick: ['Show All'] }] });
    await rig.actions.filterTasks();
    assert.deepEqual(rig.shown(), ['Ongoing: b']);
    await rig.actions.filterTasks();
    assert.deepEqual(rig.shown(), ['Ongoing: a b', 'Not Started: c']);
  });

  it('remembers it for the workspace, and takes anything for granted that it does not know', async () => {
    const memory = new FakeMemory();
    await tasksRig(many(), { memory }).list.setView({ group: 'workspace', words: 'shop' });
    assert.deepEqual(tasksRig(many(), { memory }).shown(), ['shop: b', 'web: c']);
    memory.stored.set('agentrq.taskView', { group: 'colour', order: 7, words: null });
    assert.deepEqual(tasksRig(many(), { memory }).shown(), ['Ongoing: a b', 'Not Started: c']);
  });
});
