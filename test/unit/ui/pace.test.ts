import assert from 'node:assert/strict';
import { createPace } from '../../../src/ui/pace.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

describe('pace', () => {
  function setUp() {
    const clock = createFakeClock();
    const pace = createPace(clock, 300);
    const done: string[] = [];
    return { clock, pace, done, run: (...names: string[]) => names.forEach((name) => pace.run(() => void done.push(name))) };
  }

  it('does the first thing at once and the others one after the other', () => {
    const { clock, done, run } = setUp();
    run('a', 'b', 'c');
    assert.deepEqual(done, ['a']);
    clock.advance(299);
    assert.deepEqual(done, ['a']);
    clock.advance(1);
    assert.deepEqual(done, ['a', 'b']);
    clock.advance(300);
    assert.deepEqual(done, ['a', 'b', 'c']);
  });

  it('is ready again after a pause', () => {
    const { clock, done, run } = setUp();
    run('a');
    clock.advance(300);
    run('b');
    assert.deepEqual(done, ['a', 'b']);
  });

  it('does nothing more once it is disposed', () => {
    const { clock, pace, done, run } = setUp();
    run('a', 'b');
    pace.dispose();
    clock.advance(10_000);
    assert.deepEqual(done, ['a']);
  });
});
