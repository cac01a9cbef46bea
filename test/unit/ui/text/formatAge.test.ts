import assert from 'node:assert/strict';
import { formatAge, formatDuration } from '../../../../src/ui/text/formatAge.ts';
import { ago, english, now } from '../support/fixtures.ts';

describe('ageWords', () => {
  it('are coarse, so that they seldom change', () => {
    const words = [0, 9, 19, 29, 59, 60, 119, 3_599, 3_600, 86_399, 86_400].map((seconds) => formatDuration(seconds * 1_000, english));
    assert.deepEqual(words, ['a moment', 'a moment', '10 s', '20 s', '50 s', '1 min', '1 min', '59 min', '1 h', '23 h', '1 d']);
  });

  it('say how long ago something was', () => {
    assert.equal(formatAge(ago(3), now, english), 'just now');
    assert.equal(formatAge(ago(25), now, english), '20 s ago');
  });

  it('take a clock that is behind the hub for just now', () => {
    assert.equal(formatAge(ago(-30), now, english), 'just now');
  });
});
