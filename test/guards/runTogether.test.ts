import assert from 'node:assert/strict';
import { createOutputTurns } from '../../scripts/outputTurns.ts';
import { runTogether } from '../../scripts/runTogether.ts';
import { waitFor } from '../support/waitFor.ts';

describe('suites that run together', () => {
  function start(items: string, jobs: number) {
    const running = new Map<string, () => void>();
    const done = runTogether(items.split(' '), jobs, async (name) => {
      await new Promise<void>((resolve) => running.set(name, resolve));
      running.delete(name);
    });
    return {
      done,
      runs: (names: string) => waitFor(`just ${names} to run`, () => [...running.keys()].join(' ') === names),
      end: (name: string) => running.get(name)?.(),
    };
  }

  it('are two at a time, in their order', async () => {
    const { done, runs, end } = start('a b c d', 2);
    await runs('a b');
    end('b');
    await runs('a c');
    end('c');
    await runs('a d');
    end('a');
    end('d');
    await done;
  });

  it('keep the output of each whole, in the order in which they began', () => {
    let shown = '';
    const turns = createOutputTurns((chunk) => (shown += chunk.toString()));
    const [first, second, third] = [turns.begin(), turns.begin(), turns.begin()];
    first.write('1');
    second.write('2');
    third.write('3');
    first.write('1');
    assert.equal(shown, '11');
    third.end();
    first.end();
    assert.equal(shown, '112');
    second.write('2');
    second.end();
    assert.equal(shown, '11223');
  });
});
