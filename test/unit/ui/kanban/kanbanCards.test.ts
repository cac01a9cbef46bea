import assert from 'node:assert/strict';
import { parseFromKanban } from '../../../../src/protocol/fromKanbanPage.ts';
import { createKanbanCards } from '../../../../src/ui/kanban/kanbanCards.ts';
import { ago, board, english, now, permission, request, task } from '../support/fixtures.ts';
import { tasksRig } from '../tasks/tasksRig.ts';

describe('kanbanCards', () => {
  it('shows who works on a task, what it needs in words, and when something happened', () => {
    const { cards } = createKanbanCards(english).changes(board({ tasks: [task({ agentId: 'agent000001' })], requests: [request()] }));
    assert.deepEqual(cards, [
      {
        id: 'task0000001',
        status: 'ongoing',
        title: 'Fix the login',
        who: 'Claude Code',
        agent: 'Claude Code',
        workspace: 'web',
        context: 'task:ongoing:works:needs',
        needs: { kind: 'question', words: 'Deploy to staging?' },
        label: 'Needs your answer: Deploy to staging? Task Fix the login, Ongoing, Claude Code.',
        at: ago(600),
        place: 0,
      },
    ]);
  });

  it('puts the newest of the finished ones first', () => {
    const { cards } = createKanbanCards(english).changes(board({ tasks: [task({ status: 'completed', updatedAt: ago(0) })] }));
    assert.equal(cards[0]?.place, -now);
  });

  it('tells the page of what has changed, and nothing else', () => {
    const rig = tasksRig(board({ tasks: ['a', 'b', 'c'].map((id) => task({ id })) }));
    const cards = createKanbanCards(english);
    const told = () => {
      const { cards: changed, removed } = cards.changes(rig.store.board);
      return [changed.map(({ id }) => id).join(' '), removed.join(' ')];
    };
    assert.deepEqual(told(), ['a b c', '']);
    assert.deepEqual(told(), ['', '']);
    rig.put(task({ id: 'b', title: 'Other' }));
    assert.deepEqual(told(), ['b', '']);
    rig.store.replace({ ...rig.store.board, requests: new Map([['request0001', permission({}, { taskId: 'c' })]]) });
    assert.deepEqual(told(), ['c', '']);
    rig.put(task({ id: 'a', archivedAt: ago(0) }));
    assert.deepEqual(told(), ['', 'a']);
    assert.deepEqual(
      ['a', 'b'].map((id) => cards.has(id)),
      [false, true],
    );
    cards.forget();
    assert.equal(cards.has('b'), false);
    assert.deepEqual(told(), ['b c', '']);
  });

  it('moves a card to a place in a column, whatever the view shows', async () => {
    const rig = tasksRig(board({ tasks: [task({ id: 'a' }), task({ id: 'b', sortOrder: 1 }), task({ id: 'x', status: 'blocked' })] }));
    await rig.list.setView({ group: 'agent', order: 'title', words: 'nothing' });
    await rig.actions.place('x', 'ongoing', 'b');
    await rig.actions.place('a', 'rejected', undefined);
    await rig.list.setView({ group: 'status', order: 'queue', words: '' });
    assert.deepEqual(rig.shown(), ['Ongoing: x b', 'Rejected: a']);
    assert.deepEqual(rig.offers, ['“Fix the login” moved to Ongoing.', '“Fix the login” moved to Rejected.']);
  });
});

describe('what the Kanban page says', () => {
  it('is believed only where it is well formed', () => {
    const id = 'task0000001';
    assert.deepEqual(parseFromKanban({ type: 'move', taskId: id, status: 'blocked' }), { type: 'move', taskId: id, status: 'blocked' });
    for (const said of [
      undefined,
      'ready',
      { type: 'run', command: 'x' },
      { type: 'open' },
      { type: 'open', taskId: '../../x' },
      { type: 'move', taskId: id, status: 'cron' },
      { type: 'move', taskId: id, status: 'blocked', before: 7 },
    ])
      assert.equal(parseFromKanban(said), undefined, JSON.stringify(said));
  });
});
