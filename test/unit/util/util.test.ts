import assert from 'node:assert/strict';
import { Emitter } from '../../../src/util/emitter.ts';
import { describeError } from '../../../src/util/errors.ts';
import { DisposableStore, toDisposable } from '../../../src/util/lifecycle.ts';
import { createLogger } from '../../../src/util/log.ts';

describe('Emitter', () => {
  it('tells everybody in order, also when a listener causes the next event', () => {
    const heard: string[] = [];
    const emitter = new Emitter<number>(() => assert.fail());
    emitter.event((value) => {
      heard.push(`a${value}`);
      if (value === 1) emitter.fire(2);
    });
    emitter.event((value) => heard.push(`b${value}`));
    emitter.fire(1);
    assert.deepEqual(heard, ['a1', 'b1', 'a2', 'b2']);
  });

  it('tells the others when one throws, and of events that carry nothing', () => {
    const failures: unknown[] = [];
    let heard = 0;
    const emitter = new Emitter<void>((error) => failures.push(error));
    emitter.event(() => {
      throw new Error('mine');
    });
    emitter.event(() => (heard += 1));
    emitter.fire();
    assert.deepEqual([heard, failures.length], [1, 1]);
  });

  it('tells nobody who has left', () => {
    let heard = 0;
    const emitter = new Emitter<number>(() => assert.fail());
    const listener = (): void => void (heard += 1);
    const first = emitter.event(listener);
    emitter.event(listener);
    first.dispose();
    emitter.fire(1);
    assert.equal(heard, 1);
  });
});

describe('DisposableStore', () => {
  it('lets go last in, first out, once, and of what comes too late at once', () => {
    const gone: number[] = [];
    const store = new DisposableStore();
    for (const index of [1, 2, 3]) store.add(toDisposable(() => gone.push(index)));
    store.dispose();
    store.dispose();
    store.add(toDisposable(() => gone.push(4)));
    assert.deepEqual(gone, [3, 2, 1, 4]);
  });

  it('lets go of the rest when one throws', () => {
    let gone = false;
    const store = new DisposableStore();
    store.add(toDisposable(() => (gone = true)));
    store.add(
      toDisposable(() => {
        throw new Error('mine');
      }),
    );
    assert.throws(() => store.dispose(), AggregateError);
    assert.equal(gone, true);
  });
});

describe('logs and errors', () => {
  it('name the part that speaks, and every cause', () => {
    const lines: string[] = [];
    const log = createLogger((level, line) => lines.push(`${level} ${line}`));
    log.child('hub').child('http').warn('no');
    log.info('yes');
    assert.deepEqual(lines, ['warn [hub/http] no', 'info yes']);
    assert.equal(describeError(new Error('a', { cause: new Error('b', { cause: 'c' }) })), 'a: b: c');
  });
});
