import assert from 'node:assert/strict';
import type { ColumnStatus } from '../../../../src/protocol/columns.ts';
import { actionForKey, type Key } from '../../../../src/webview/kanban/kanbanKeys.ts';
import { card } from './cards.ts';

const column = (status: ColumnStatus, ids: string) => ({
  status,
  cards: ids.split('').map((id) => card(id, { status })),
  total: ids.length,
});
const columns = [
  column('notstarted', 'abc'),
  column('ongoing', 'd'),
  column('blocked', ''),
  column('completed', 'xy'),
  column('rejected', ''),
];

function press(id: string, key: string, held: Partial<Key> = {}) {
  return actionForKey({ columns, folded: [] }, id, { key, altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, ...held });
}

describe('a key on a card', () => {
  it('goes up and down, to the ends, and not beyond', () => {
    assert.deepEqual(press('b', 'ArrowUp'), { kind: 'focus', id: 'a' });
    assert.deepEqual(press('b', 'ArrowDown'), { kind: 'focus', id: 'c' });
    assert.deepEqual(press('a', 'ArrowUp'), { kind: 'focus', id: 'a' });
    assert.deepEqual(press('c', 'ArrowDown'), { kind: 'focus', id: 'c' });
    assert.deepEqual(press('c', 'Home'), { kind: 'focus', id: 'a' });
    assert.deepEqual(press('a', 'End'), { kind: 'focus', id: 'c' });
    assert.deepEqual(press('a', 'PageDown'), { kind: 'focus', id: 'c' });
    assert.deepEqual(press('c', 'PageUp'), { kind: 'focus', id: 'a' });
  });

  it('goes sideways to the same row, or the last one, over empty columns', () => {
    assert.deepEqual(press('c', 'ArrowRight'), { kind: 'focus', id: 'd' });
    assert.deepEqual(press('d', 'ArrowRight'), { kind: 'focus', id: 'x' });
    assert.deepEqual(press('x', 'ArrowLeft'), { kind: 'focus', id: 'd' });
    assert.deepEqual(press('x', 'ArrowRight'), { kind: 'focus', id: 'x' });
  });

  it('with Alt moves the card, and not beyond the end', () => {
    const alt = { altKey: true };
    assert.deepEqual(press('b', 'ArrowUp', alt), { kind: 'move', status: 'notstarted', before: 'a' });
    assert.deepEqual(press('a', 'ArrowDown', alt), { kind: 'move', status: 'notstarted', before: 'c' });
    assert.deepEqual(press('b', 'ArrowDown', alt), { kind: 'move', status: 'notstarted' });
    assert.equal(press('a', 'ArrowUp', alt), undefined);
    assert.equal(press('c', 'ArrowDown', alt), undefined);
    assert.deepEqual(press('a', 'ArrowRight', alt), { kind: 'move', status: 'ongoing', before: 'd' });
    assert.deepEqual(press('d', 'ArrowRight', alt), { kind: 'move', status: 'blocked' });
    assert.equal(press('a', 'ArrowLeft', alt), undefined);
  });

  it('goes past a folded column, and moves a card to the same row of it', () => {
    const key = (altKey: boolean) =>
      actionForKey({ columns, folded: ['ongoing'] }, 'a', { key: 'ArrowRight', altKey, ctrlKey: false, metaKey: false, shiftKey: false });
    assert.deepEqual(key(false), { kind: 'focus', id: 'x' });
    assert.deepEqual(key(true), { kind: 'move', status: 'ongoing', before: 'd' });
  });

  it('answers a card that needs the user, and moves no card past the border of those', () => {
    const needs = { kind: 'question', words: 'Now?' } as const;
    const own = [{ status: 'ongoing' as const, cards: [card('p', { needs }), card('q', { needs }), card('r')], total: 3 }];
    const key = (id: string, pressed: string, altKey = false) =>
      actionForKey({ columns: own, folded: [] }, id, { key: pressed, altKey, ctrlKey: false, metaKey: false, shiftKey: false });
    assert.deepEqual(key('p', 'a'), { kind: 'answer' });
    assert.equal(key('r', 'a'), undefined);
    assert.deepEqual(key('p', 'ArrowDown', true), { kind: 'move', status: 'ongoing', before: 'r' });
    assert.equal(key('q', 'ArrowDown', true), undefined);
    assert.equal(key('r', 'ArrowUp', true), undefined);
  });

  it('opens, moves, archives, deletes, undoes and filters, and is otherwise the editor’s', () => {
    assert.deepEqual(press('a', 'Enter'), { kind: 'open' });
    assert.deepEqual(press('a', 'Delete', { shiftKey: true }), { kind: 'archive' });
    assert.deepEqual(press('a', 'Delete'), { kind: 'delete' });
    assert.deepEqual(press('a', 'Backspace', { metaKey: true }), { kind: 'delete' });
    assert.deepEqual(press('a', 'Backspace', { metaKey: true, shiftKey: true }), { kind: 'archive' });
    assert.deepEqual(press('a', 'm', { ctrlKey: true, altKey: true }), { kind: 'moveTo' });
    assert.deepEqual(press('a', 'z', { ctrlKey: true }), { kind: 'undo' });
    assert.deepEqual(press('a', 'z', { metaKey: true }), { kind: 'undo' });
    assert.deepEqual(press('a', '/'), { kind: 'filter' });
    for (const [key, held] of [
      ['z', { ctrlKey: true, shiftKey: true }],
      ['p', { ctrlKey: true }],
      ['m', { ctrlKey: true }],
      ['Backspace', {}],
      ['Delete', { ctrlKey: true }],
      ['ArrowUp', { shiftKey: true }],
      ['Enter', { altKey: true }],
      ['Tab', {}],
    ] as const)
      assert.equal(press('a', key, held), undefined);
    assert.equal(press('gone', 'ArrowUp'), undefined);
  });
});
