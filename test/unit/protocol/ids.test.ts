import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatCursor, parseCursor } from '../../../src/protocol/cursor.ts';
import { createIdGenerator, idSchema } from '../../../src/protocol/ids.ts';

describe('ids', () => {
  it('are 11 letters or digits that sort by creation, whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 2, maxLength: 300 }), (steps) => {
        let now = Date.UTC(2026, 10, 22);
        const next = createIdGenerator(() => now);
        const ids = steps.map((step) => {
          now += step;
          return next();
        });
        for (const id of ids) assert.ok(idSchema.safeParse(id).success, id);
        assert.deepEqual(ids, [...new Set(ids)].toSorted());
      }),
    );
  });

  it('do not run out within one millisecond', () => {
    const next = createIdGenerator(() => Date.UTC(2026, 10, 22));
    const ids = Array.from({ length: 20_000 }, next);
    assert.deepEqual(ids, [...new Set(ids)].toSorted());
  });
});

describe('cursors', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-z]{1,12}$/), fc.nat(), (epoch, number) => {
        assert.deepEqual(parseCursor(formatCursor({ epoch, number })), { epoch, number });
      }),
    );
  });

  it('are nothing else', () => {
    for (const text of ['', '1', '.1', 'a.', 'a.-1', 'a.01', 'a.1 ', 'A.1', 'a.1.2', 'a.1e3', 'a.1\n']) {
      assert.equal(parseCursor(text), undefined, JSON.stringify(text));
    }
  });
});
