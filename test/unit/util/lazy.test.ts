import assert from 'node:assert/strict';
import { lazy } from '../../../src/util/lazy.ts';

describe('what is made at the first call', () => {
  it('is made once, and tried again only after it failed', async () => {
    let calls = 0;
    const make = lazy(async () => {
      calls += 1;
      if (calls === 1) throw new Error('not yet');
      return calls;
    });
    const both = [make(), make()];
    for (const each of both) await assert.rejects(each, /not yet/);
    assert.deepEqual(await Promise.all([make(), make()]), [2, 2]);
    assert.equal(await make(), 2);
    assert.equal(calls, 2);
  });
});
