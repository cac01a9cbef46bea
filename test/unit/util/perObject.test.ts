import assert from 'node:assert/strict';
import { perObject } from '../../../src/util/perObject.ts';

describe('perObject', () => {
  it('makes once for an object, and anew for other arguments', () => {
    const made: string[] = [];
    const of = perObject(({ name }: { name: string }, by: string) => {
      made.push(`${name} ${by}`);
      return { text: `${name} ${by}` };
    });
    const [one, other] = [{ name: 'one' }, { name: 'other' }];
    assert.equal(of(one, 'a'), of(one, 'a'));
    assert.deepEqual(of(other, 'a'), { text: 'other a' });
    assert.deepEqual([of(one, 'b'), of(one, 'a')], [{ text: 'one b' }, { text: 'one a' }]);
    assert.deepEqual(made, ['one a', 'other a', 'one b', 'one a']);
  });
});
