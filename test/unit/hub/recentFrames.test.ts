import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRecentFrames } from '../../../src/hub/log/recentFrames.ts';

const bytes = 100;

describe('the recent frames', () => {
  it('are the newest ones, whole and in order, however often their memory is used again', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.array(
          fc.record({ workspaceId: fc.constantFrom('a', 'b'), frame: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 130 }) }),
          {
            maxLength: 60,
          },
        ),
        fc.constantFrom(undefined, 'a', 'b'),
        fc.integer({ min: 1, max: 150 }),
        (start, events, workspaceId, limit) => {
          const recent = createRecentFrames(bytes);
          assert.equal(recent.first, undefined);
          for (const [index, event] of events.entries()) {
            const number = start + index;
            recent.keep(number, event.workspaceId, event.frame);
            const isLarge = Buffer.byteLength(event.frame) > bytes;
            if (isLarge) assert.equal(recent.first, undefined);
            else assert.ok(recent.first !== undefined && recent.first <= number, 'the newest is there');

            const first = recent.first ?? number + 1;
            assert.ok(first >= start);
            let text = '';
            for (let after = first - 1; after < number; ) {
              const batch = recent.read(after, workspaceId, limit);
              assert.ok(batch.last > after, 'a batch that leads nowhere');
              assert.ok(batch.buffer.length <= Math.max(limit, bytes));
              text += batch.buffer.toString();
              after = batch.last;
            }
            const kept = events.slice(first - start, index + 1);
            const wanted = kept.filter((each) => workspaceId === undefined || each.workspaceId === workspaceId);
            assert.equal(text, wanted.map(({ frame }) => frame).join(''));
          }
        },
      ),
    );
  });

  it('are as many as fit', () => {
    const recent = createRecentFrames(bytes);
    for (let number = 1; number <= 1_000; number += 1) recent.keep(number, 'a', '0123456789');
    assert.equal(recent.first, 991);
  });
});
