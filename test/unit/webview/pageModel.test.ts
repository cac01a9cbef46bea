import assert from 'node:assert/strict';
import type { Row } from '../../../src/protocol/toPanelPage.ts';
import { bringsRequest, emptyModel, reducePage, timelineOf } from '../../../src/webview/panel/pageModel.ts';
import { commandContent, sampleCard } from '../../support/sampleCard.ts';

const header = { title: 'T', status: 'Ongoing', context: 'task:ongoing', facts: '', open: [] };

function row(id: string, at: number, over: Partial<Row> = {}): Row {
  return {
    id,
    at: new Date(at).toISOString(),
    kind: 'message',
    own: false,
    who: 'Cleo',
    time: '',
    state: '',
    text: id,
    files: [],
    ...over,
  };
}

describe('the page', () => {
  it('knows when what can be pressed may have moved: a request is new, or asks for something else', () => {
    const card = sampleCard({ requestId: 'r' });
    const before = reducePage(emptyModel, { type: 'thread', header, rows: [row('a', 1), row('r', 2, { kind: 'request', card })] });
    const brings = (...rows: Row[]): boolean => bringsRequest(before, { type: 'change', header, rows, removed: [], news: [] });
    assert.ok(brings(row('s', 3, { card: { ...card, requestId: 's' } })));
    assert.ok(brings(row('r', 2, { card: { ...card, content: commandContent('npm publish --force') } })));
    assert.ok(bringsRequest(emptyModel, { type: 'thread', header, rows: before.rows }));
    for (const rows of [
      [row('b', 3)],
      [row('r', 2, { card })],
      [row('r', 2, { card: { ...card, open: false } })],
      [row('r', 2, { card: { ...card, need: 'canGoOn', effect: 'It gets your answer with its next step.' } })],
      [],
    ])
      assert.ok(!brings(...rows));
    assert.ok(!bringsRequest(before, { type: 'failed', text: 'x' }));
  });

  it('shows rows in the order of time, however they come', () => {
    const loaded = reducePage(emptyModel, { type: 'thread', header, rows: [row('b', 2), row('c', 3)] });
    const changed = reducePage(loaded, {
      type: 'change',
      header,
      rows: [row('a', 1), row('c', 3, { text: 'new' }), row('bb', 2)],
      removed: ['b', 'x'],
      news: [],
    });
    assert.deepEqual(
      changed.rows.map(({ id, text }) => [id, text]),
      [
        ['a', 'a'],
        ['bb', 'bb'],
        ['c', 'new'],
      ],
    );
    assert.equal(reducePage(changed, { type: 'change', header, rows: [], removed: [], news: [] }).rows, changed.rows);
  });

  it('keeps what it shows when the thread can’t be read, and says why', () => {
    const loaded = reducePage(emptyModel, { type: 'thread', header, rows: [row('a', 1)] });
    const failed = reducePage(loaded, { type: 'failed', text: 'No hub.' });
    assert.deepEqual([failed.rows.length, failed.failure], [1, 'No hub.']);
    assert.equal(reducePage(failed, { type: 'thread', header, rows: [] }).failure, undefined);
  });

  it('finds steps by any of their words', () => {
    const card = sampleCard({ requestId: 'r', open: false });
    const rows = [
      row('said', 1),
      row('moved', 2, { kind: 'status', text: 'Moved to Ongoing' }),
      row('asked', 3, { kind: 'request', text: 'Bash: npm publish', state: 'denied', card: { ...card, answer: ['Not on Fridays.'] } }),
    ];
    const found = (query: string): string[] => timelineOf(rows, query).map(({ id }) => id);
    assert.deepEqual(found(''), ['moved', 'asked']);
    assert.deepEqual(found('NPM  denied'), ['asked']);
    assert.deepEqual(found('fridays'), ['asked']);
    assert.deepEqual(found('cleo ongoing'), ['moved']);
    assert.deepEqual(found('nothing'), []);
  });
});
