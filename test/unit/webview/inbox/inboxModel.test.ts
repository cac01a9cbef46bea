import assert from 'node:assert/strict';
import type { InboxItem, ToInbox } from '../../../../src/protocol/toInboxPage.ts';
import { emptyInbox, hasMoved, newcomers, reduceInbox } from '../../../../src/webview/inbox/inboxModel.ts';
import { sampleCard } from '../../../support/sampleCard.ts';

function item(id: string, over: Partial<InboxItem> = {}): InboxItem {
  const who = { name: 'Claude Code', mark: 'CC', colour: 'orange' } as const;
  return {
    id,
    who,
    age: '3 min',
    where: '',
    title: `Question ${id}`,
    need: 'canGoOn',
    needWords: 'can go on',
    state: '',
    verdict: '',
    choices: [],
    label: `Needs your answer: ${id}`,
    context: 'request:open:question',
    ...over,
  };
}

function items(given: readonly InboxItem[], open: readonly string[], sent: readonly string[] = []): Extract<ToInbox, { type: 'items' }> {
  return { type: 'items', items: given, open, sent, clear: { text: 'All clear.', buttons: [] } };
}

describe('what the inbox shows', () => {
  const two = reduceInbox(emptyInbox, items([item('a'), item('b')], ['b', 'a']));

  it('is in the order that the inbox says, with what has changed and without what is gone', () => {
    assert.deepEqual(
      two.open.map(({ id }) => id),
      ['b', 'a'],
    );
    const next = reduceInbox(two, items([item('a', { age: '4 min' }), item('c')], ['a', 'c'], ['b']));
    assert.deepEqual(
      next.open.map(({ id, age }) => [id, age]),
      [
        ['a', '4 min'],
        ['c', '3 min'],
      ],
    );
    assert.deepEqual(
      next.sent.map(({ id }) => id),
      ['b'],
    );
    assert.deepEqual(
      newcomers(two, next).map(({ id }) => id),
      ['c'],
    );
  });

  it('has moved when a card comes, goes, changes its place or asks for something else, and not when it only gets older', () => {
    const moves = (next: Parameters<typeof reduceInbox>[1]): boolean => hasMoved(two, reduceInbox(two, next));
    assert.equal(moves(items([], ['b', 'a'])), false);
    assert.equal(moves(items([item('a', { age: '9 min', need: 'standsStill' })], ['b', 'a'])), false);
    assert.equal(moves(items([], ['a', 'b'])), true);
    assert.equal(moves(items([], ['b'])), true);
    assert.equal(moves(items([item('c')], ['b', 'a', 'c'])), true);
    assert.equal(moves(items([item('a', { title: 'Something else' })], ['b', 'a'])), true);
    assert.equal(moves(items([item('a', { choices: [{ value: 'x', label: 'x' }] })], ['b', 'a'])), true);
    assert.equal(moves({ type: 'card', card: sampleCard() }), true);
  });
});
