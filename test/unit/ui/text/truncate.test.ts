import assert from 'node:assert/strict';
import fc from 'fast-check';
import { truncate } from '../../../../src/ui/text/truncate.ts';

describe('truncate', () => {
  it('leaves alone what fits', () => {
    assert.equal(truncate('exactly ten', 11), 'exactly ten');
  });

  it('cuts at a word and says so', () => {
    assert.equal(truncate('one two three four', 16), 'one two three…');
  });

  it('cuts inside a word when there is no space near', () => {
    assert.equal(truncate('abcdefghij', 5), 'abcd…');
  });

  it('never cuts a character in two', () => {
    assert.equal(truncate('ab👩‍👩‍👧‍👦cd', 8), 'ab…');
  });

  it('never exceeds the length', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 40 }),
        (text, length) => truncate(text, length).length <= Math.max(length, 1),
      ),
    );
  });
});
