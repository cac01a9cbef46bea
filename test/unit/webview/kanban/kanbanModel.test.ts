import assert from 'node:assert/strict';
import type { KanbanCard, KanbanStrings } from '../../../../src/protocol/toKanbanPage.ts';
import { cardWindow } from '../../../../src/webview/kanban/cardWindow.ts';
import {
  type CardFilter,
  createKanbanModel,
  type KanbanModel,
  namesOffered,
  noFilter,
} from '../../../../src/webview/kanban/kanbanModel.ts';
import { card } from './cards.ts';

function modelOf(cards: readonly KanbanCard[]): KanbanModel {
  const model = createKanbanModel();
  model.take({ type: 'begin', strings: {} as KanbanStrings, language: 'en', cards });
  return model;
}

function ids(model: KanbanModel, filter: Partial<CardFilter> = {}): string[] {
  return model.columns({ ...noFilter, ...filter }).map(({ status, cards }) => `${status}: ${cards.map(({ id }) => id).join(' ')}`);
}

describe('the cards of the Kanban page', () => {
  it('stand in their columns, by their place and then by their id', () => {
    const model = modelOf([card('c', { place: 2 }), card('b'), card('a'), card('d', { status: 'blocked' })]);
    assert.deepEqual(ids(model), ['notstarted: ', 'ongoing: a b c', 'blocked: d', 'completed: ', 'rejected: ']);
  });

  it('follow what the board says', () => {
    const model = modelOf([card('a'), card('b', { place: 1 })]);
    assert.equal(ids(model)[1], 'ongoing: a b');
    model.take({ type: 'change', cards: [card('a', { place: 2 })], removed: [] });
    assert.equal(ids(model)[1], 'ongoing: b a');
    model.take({ type: 'change', cards: [card('a', { status: 'blocked' })], removed: ['b'] });
    assert.deepEqual(ids(model).slice(1, 3), ['ongoing: ', 'blocked: a']);
    assert.equal(model.size, 1);
    model.take({ type: 'change', cards: [], removed: ['unknown'] });
    assert.equal(model.size, 1);
  });

  it('can be chosen by the eight names with most of them, and by whatever is chosen', () => {
    const names = 'abcdefghij'.split('');
    assert.deepEqual(namesOffered(names, []), names.slice(0, 8));
    assert.deepEqual(namesOffered(names, ['i', 'b', 'gone']), [...names.slice(0, 9), 'gone']);
    assert.deepEqual([namesOffered(['a'], []), namesOffered(['a'], ['a'])], [[], ['a']]);
  });

  it('are filtered by all of the words, in title and who', () => {
    const model = modelOf([card('a', { title: 'Fix the login' }), card('b', { title: 'Login', who: 'Codex · shop' })]);
    assert.equal(ids(model, { words: 'LOGIN' })[1], 'ongoing: a b');
    assert.equal(ids(model, { words: ' login codex ' })[1], 'ongoing: b');
    assert.equal(model.columns({ ...noFilter, words: 'codex' })[1]?.total, 2);
  });

  it('come first where they need the user; an answer on its way is no need', () => {
    const model = modelOf([
      card('a'),
      card('b', { place: 1, needs: { kind: 'answer', words: 'answered' } }),
      card('c', { place: 2, needs: { kind: 'permission', words: 'rm' } }),
    ]);
    assert.equal(ids(model)[1], 'ongoing: c a b');
    assert.equal(ids(model, { needsMe: true })[1], 'ongoing: c');
    assert.equal(model.choices().needing, 1);
  });

  it('are filtered by agents and workspaces, any of those that are chosen', () => {
    const model = modelOf([
      card('a'),
      card('b', { agent: 'Codex', workspace: 'api' }),
      card('c', { agent: 'Codex' }),
      card('d', { agent: undefined, workspace: 'api' }),
    ]);
    assert.deepEqual(model.choices(), { needing: 0, agents: ['Codex', 'Claude Code'], workspaces: ['api', 'shop'] });
    assert.equal(ids(model, { agents: ['Codex'] })[1], 'ongoing: b c');
    assert.equal(ids(model, { agents: ['Codex', 'Claude Code'] })[1], 'ongoing: a b c');
    assert.equal(ids(model, { agents: ['Codex'], workspaces: ['shop'] })[1], 'ongoing: c');
    model.take({ type: 'change', cards: [], removed: ['b', 'c'] });
    assert.deepEqual(model.choices().agents, ['Claude Code']);
  });

  it('of a column that has not changed are not sorted again', () => {
    const model = modelOf([card('a'), card('b', { status: 'blocked' })]);
    const [, ongoing] = model.columns(noFilter);
    model.take({ type: 'change', cards: [card('b', { status: 'blocked', title: 'Other' })], removed: [] });
    assert.equal(model.columns(noFilter)[1]?.cards, ongoing?.cards);
  });
});

describe('the window of a column', () => {
  it('is all of a short one', () => {
    assert.deepEqual(cardWindow(200, { scrolled: 5_000, height: 500, each: 100 }), { from: 0, to: 200 });
  });

  it('is a few cards while nobody knows how high a card is', () => {
    assert.deepEqual(cardWindow(5_000, { scrolled: 0, height: 500, each: 0 }), { from: 0, to: 12 });
  });

  it('is what can be seen of a long one, with some around it, wherever it is scrolled', () => {
    assert.deepEqual(cardWindow(5_000, { scrolled: 0, height: 500, each: 100 }), { from: 0, to: 17 });
    assert.deepEqual(cardWindow(5_000, { scrolled: 100_000, height: 500, each: 100 }), { from: 988, to: 1_017 });
    assert.deepEqual(cardWindow(5_000, { scrolled: 500_000, height: 500, each: 100 }), { from: 4_987, to: 5_000 });
    assert.deepEqual(cardWindow(300, { scrolled: 900_000, height: 500, each: 100 }), { from: 287, to: 300 });
  });
});
