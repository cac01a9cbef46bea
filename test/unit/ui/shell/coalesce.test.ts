import assert from 'node:assert/strict';
import { coalesce } from '../../../../src/ui/shell/coalesce.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';

describe('coalesce', () => {
  it('runs once for many requests, and again for later ones', () => {
    const clock = createFakeClock();
    let runs = 0;
    const coalesced = coalesce(clock, 10, () => (runs += 1));
    for (let i = 0; i < 5; i += 1) coalesced.request();
    clock.advance(10);
    assert.equal(runs, 1);
    coalesced.request();
    clock.advance(10);
    assert.equal(runs, 2);
  });

  it('runs no more once it is disposed', () => {
    const clock = createFakeClock();
    const coalesced = coalesce(clock, 10, () => assert.fail('it ran'));
    coalesced.request();
    coalesced.dispose();
    coalesced.request();
    clock.advance(100);
  });
});
