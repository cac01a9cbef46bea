import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createRetry, type Retry } from '../../../src/client/retry.ts';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';

describe('a retry', () => {
  let clock: FakeClock;
  let attempts: number;

  beforeEach(() => {
    clock = createFakeClock();
    attempts = 0;
  });

  function create(random = (): number => 1): Retry {
    return createRetry({ clock, random }, () => (attempts += 1));
  }

  it('waits up to twice as long each time, up to ten seconds', () => {
    const retry = create();
    assert.deepEqual(
      Array.from({ length: 8 }, () => retry.later()),
      [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000],
    );
  });

  it('makes one attempt after its delay, however often it was called meanwhile', () => {
    const retry = create();
    retry.later();
    retry.later();
    clock.advance(499);
    assert.equal(attempts, 0);
    clock.advance(1);
    assert.equal(attempts, 1);
    clock.advance(60_000);
    assert.equal(attempts, 1);
  });

  it('makes none once it is cancelled', () => {
    const retry = create();
    retry.later();
    retry.cancel();
    clock.advance(60_000);
    assert.equal(attempts, 0);
  });

  it('begins anew after a success', () => {
    const retry = create();
    retry.later();
    retry.later();
    retry.succeeded();
    assert.equal(retry.later(), 250);
  });

  it('takes what lasted for ten seconds for a success', () => {
    const retry = create();
    retry.later();
    retry.lasted(9_999);
    assert.equal(retry.later(), 500);
    retry.lasted(10_000);
    assert.equal(retry.later(), 250);
  });

  it('makes one attempt without a delay for each success, in place of the one to come', () => {
    const retry = create();
    retry.later();
    retry.now();
    retry.now();
    assert.equal(attempts, 1);
    clock.advance(60_000);
    assert.equal(attempts, 1);
    retry.succeeded();
    retry.now();
    assert.equal(attempts, 2);
  });

  it('spreads its delays from zero to the limit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 1, maxLength: 20 }), (chances) => {
        const rest = [...chances];
        const retry = create(() => rest.shift() ?? 0);
        for (const [index, chance] of chances.entries()) {
          assert.equal(retry.later(), Math.round(chance * Math.min(10_000, 250 * 2 ** index)));
        }
      }),
    );
  });
});
