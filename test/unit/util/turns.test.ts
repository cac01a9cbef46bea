import assert from 'node:assert/strict';
import { createTurns } from '../../../src/util/turns.ts';

describe('createTurns', () => {
  it('runs one job after another, also after one that failed', async () => {
    const inTurn = createTurns();
    const first = Promise.withResolvers<string>();
    const log: string[] = [];
    const job = (name: string, end: () => Promise<string>) => async () => {
      log.push(`${name} begins`);
      return await end().finally(() => log.push(`${name} ends`));
    };
    const all = Promise.allSettled([
      inTurn(job('a', () => first.promise)),
      inTurn(job('b', () => Promise.reject(new Error('no')))),
      inTurn(job('c', () => Promise.resolve('done'))),
    ]);
    first.resolve('first');
    const results = await all;
    assert.deepEqual(log, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    assert.deepEqual(
      results.map((each) => (each.status === 'fulfilled' ? each.value : String(each.reason))),
      ['first', 'Error: no', 'done'],
    );
  });
});
