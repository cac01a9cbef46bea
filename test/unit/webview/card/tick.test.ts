import assert from 'node:assert/strict';
import { tick } from '../../../../src/webview/card/tick.ts';

describe('ticking a choice', () => {
  it('keeps the ticks that came since the card was drawn, where several may be chosen', () => {
    const all = new Map<string, readonly string[]>();
    const kept = {
      ticks: (key: string) => all.get(key) ?? [],
      tick: (key: string, values: readonly string[]) => void all.set(key, values),
    };
    const after = (value: string, on: boolean, several: boolean): readonly string[] => {
      tick(kept, 'one', value, { on, several });
      return kept.ticks('one');
    };
    assert.deepEqual(after('a', true, true), ['a']);
    assert.deepEqual(after('b', true, true), ['a', 'b']);
    assert.deepEqual(after('a', false, true), ['b']);
    assert.deepEqual(after('c', true, false), ['c']);
    assert.deepEqual(kept.ticks('other'), []);
  });
});
