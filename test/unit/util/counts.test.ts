import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createCounts } from '../../../src/util/counts.ts';

describe('counts', () => {
  it('say how often each thing is in use, and leaving twice is leaving once', () => {
    const counts = createCounts<string>();
    const leave = counts.enter('a');
    counts.enter('a');
    counts.enter('b');
    assert.deepEqual([counts.of('a'), counts.of('b'), counts.of('c')], [2, 1, 0]);
    leave();
    leave();
    assert.deepEqual([counts.of('a'), counts.keys()], [1, ['a', 'b']]);
  });

  it('are what entered less what left, and hold nothing that is not in use', () => {
    const step = fc.record({ key: fc.constantFrom('a', 'b', 'c'), leaves: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const counts = createCounts<string>();
        const open: { key: string; leave: () => void }[] = [];
        for (const { key, leaves } of steps) {
          const index = leaves ? open.findIndex((one) => one.key === key) : -1;
          if (leaves) open.splice(index === -1 ? open.length : index, 1)[0]?.leave();
          else open.push({ key, leave: counts.enter(key) });
          const keys = open.map((one) => one.key);
          for (const one of ['a', 'b', 'c']) assert.equal(counts.of(one), keys.filter((other) => other === one).length);
          assert.deepEqual(new Set(counts.keys()), new Set(keys));
        }
      }),
    );
  });
});
