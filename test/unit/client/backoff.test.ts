import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createBackoff } from '../../../src/client/backoff.ts';

describe('backoff', () => {
  it('waits up to twice as long each time, up to ten seconds', () => {
    const backoff = createBackoff(() => 1);
    assert.deepEqual(
      Array.from({ length: 8 }, () => backoff.next()),
      [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000],
    );
  });

  it('begins anew after a success', () => {
    const backoff = createBackoff(() => 1);
    backoff.next();
    backoff.next();
    backoff.reset();
    assert.equal(backoff.next(), 250);
  });

  it('lets one attempt pass without a wait for each success', () => {
    const backoff = createBackoff(() => 1);
    assert.deepEqual([backoff.retryNow(), backoff.retryNow()], [true, false]);
    backoff.reset();
    assert.equal(backoff.retryNow(), true);
  });

  it('spreads its delays from zero to the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 20 }), (chances) => {
        const rest = [...chances];
        const backoff = createBackoff(() => rest.shift() ?? 0);
        for (const [index, chance] of chances.entries()) {
          assert.equal(backoff.next(), Math.round(chance * Math.min(10_000, 250 * 2 ** index)));
        }
      }),
    );
  });
});
