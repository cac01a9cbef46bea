import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nextInRound, previousInRound, progressOf } from '../../../../src/ui/answer/round.ts';

const ids = fc.uniqueArray(fc.integer({ min: 1, max: 12 }).map(String));

describe('a round', () => {
  it('goes by the order of need, past what was skipped', () => {
    assert.equal(nextInRound([], ['a', 'b', 'c']), 'a');
    assert.equal(nextInRound(['a'], ['a', 'b', 'c']), 'b', 'a was skipped');
    assert.equal(nextInRound(['a', 'b'], ['d', 'a', 'c']), 'd', 'what presses more comes in between');
    assert.equal(nextInRound(['a'], ['a']), undefined);
  });

  it('goes back to what is still open, the last one first', () => {
    assert.equal(previousInRound(['a', 'b', 'c'], ['a', 'b']), 'b');
    assert.equal(previousInRound(['a', 'b'], []), undefined);
  });

  it('says how far one has come, also when more comes in', () => {
    assert.deepEqual(progressOf([], ['a', 'b'], 'a'), { at: 1, of: 2 });
    assert.deepEqual(progressOf(['x', 'a'], ['a', 'b', 'c'], 'b'), { at: 3, of: 4 });
  });

  it('ends, and leaves out nothing that is open', () => {
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.boolean()), (order, answers) => {
        let open: readonly string[] = order;
        const asked: string[] = [];
        for (let id = nextInRound(asked, open); id !== undefined; id = nextInRound(asked, open)) {
          const current = id;
          const { at, of } = progressOf(asked, open, current);
          assert.deepEqual([at, of], [asked.length + 1, order.length]);
          asked.push(current);
          if (answers.next().value) open = open.filter((other) => other !== current);
        }
        assert.deepEqual(asked, order);
      }),
    );
  });
});
