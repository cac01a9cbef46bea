import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Row } from '../../../src/protocol/toPanelPage.ts';
import { breathMs, conversationOf } from '../../../src/webview/panel/conversation.ts';
import { timeText } from '../../../src/webview/panel/timeView.ts';
import { runs } from '../../support/generated.ts';

const minute = 60_000;

function row(at: number, over: Partial<Row> = {}): Row {
  const time = new Date(at).toISOString();
  return { id: `${at}`, at: time, kind: 'message', own: false, who: 'Cleo', time, state: '', text: 'x', files: [], ...over };
}

const shapes = (rows: readonly Row[], newSince?: string): string[] =>
  conversationOf(rows, newSince).map(({ goesOn, firstNew }) => `${firstNew ? 'new ' : ''}${goesOn ? 'goes on' : 'begins'}`);

describe('a conversation', () => {
  it('puts what one author says in five minutes under one name', () => {
    assert.deepEqual(shapes([row(0), row(minute), row(5 * minute - 1), row(5 * minute)]), ['begins', 'goes on', 'goes on', 'begins']);
    assert.deepEqual(shapes([row(0), row(1, { who: 'Otto' }), row(2)]), ['begins', 'begins', 'begins']);
    assert.deepEqual(shapes([row(0), row(1, { own: true }), row(2)]), ['begins', 'begins', 'begins']);
    assert.deepEqual(shapes([row(0), row(1, { kind: 'status' }), row(2)]), ['begins', 'begins', 'begins']);
  });

  it('has a line where the user looked last, over the first thing that somebody else wrote', () => {
    const rows = [row(0), row(1_000), row(2_000, { own: true }), row(3_000), row(4_000)];
    const at = (ms: number): string => new Date(ms).toISOString();
    assert.deepEqual(shapes(rows, at(1_000)), ['begins', 'goes on', 'begins', 'new begins', 'goes on']);
    assert.deepEqual(shapes(rows, at(0)), ['begins', 'new begins', 'begins', 'begins', 'goes on']);
    assert.ok(shapes(rows, at(4_000)).every((shape) => !shape.startsWith('new')));
    assert.ok(
      shapes(rows, at(-1)).every((shape) => !shape.startsWith('new')),
      'where all is new a line says nothing',
    );
    assert.ok(shapes(rows).every((shape) => !shape.startsWith('new')));
  });

  const made = fc.array(
    fc.record({
      pause: fc.integer({ min: 0, max: 6 * minute }),
      kind: fc.constantFrom('message', 'message', 'message', 'status', 'request', 'body'),
      own: fc.boolean(),
      who: fc.constantFrom('Cleo', 'Otto'),
    }),
  );
  const rowsOf = (all: readonly { pause: number; kind: 'message' | 'status' | 'request' | 'body'; own: boolean; who: string }[]): Row[] => {
    let at = 0;
    return all.map(({ pause, ...over }) => row((at += pause), over));
  };

  it('leaves no row out, and each that goes on stands right below its own name, which is younger than five minutes', () => {
    fc.assert(
      fc.property(made, fc.option(fc.integer({ min: 0, max: 60 * minute }), { nil: undefined }), (all, since) => {
        const rows = rowsOf(all);
        const entries = conversationOf(rows, since === undefined ? undefined : new Date(since).toISOString());
        assert.deepEqual(
          entries.map((entry) => entry.row),
          rows,
        );
        let name: Row | undefined;
        for (const { row: each, goesOn, firstNew } of entries) {
          if (!goesOn) name = each;
          assert.ok(name !== undefined);
          assert.deepEqual([name.own, name.who], goesOn ? [each.own, each.who] : [name.own, name.who]);
          if (goesOn) assert.ok(each.kind === 'message' && name.kind === 'message' && !firstNew);
          assert.ok(Date.parse(each.at) - Date.parse(name.at) < breathMs);
        }
        assert.ok(entries.filter(({ firstNew }) => firstNew).length <= 1);
      }),
      { numRuns: runs(300) },
    );
  });
});

describe('a time on the page', () => {
  const text = (age: number): string => timeText(new Date(0).toISOString(), 'exactly then', age, 'en');

  it('says how long ago it was, and after a week when', () => {
    assert.deepEqual(
      [0, 59_999, minute, 59 * minute, 60 * minute, 23 * 60 * minute, 24 * 60 * minute, 6 * 24 * 60 * minute, 7 * 24 * 60 * minute].map(
        text,
      ),
      ['now', 'now', '1 min. ago', '59 min. ago', '1 hr. ago', '23 hr. ago', 'yesterday', '6 days ago', 'exactly then'],
    );
    assert.equal(text(-5_000), 'now', 'clocks differ');
  });

  it('changes at most once a minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 * 24 * 60 * minute }), (age) => {
        const seen = new Set(Array.from({ length: 60 }, (_, second) => text(age + second * 1_000)));
        assert.ok(seen.size <= 2);
      }),
      { numRuns: runs(100) },
    );
  });
});
