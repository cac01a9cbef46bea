import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { createBackground } from '../../../src/hub/lifecycle/background.ts';
import { createLogger } from '../../../src/util/log.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

function setUp() {
  const lines: string[] = [];
  const damage: string[] = [];
  const clock = createFakeClock();
  const log = createLogger((level, line) => lines.push(`${level} ${line}`));
  const background = createBackground({ clock, log, onDamage: (what) => damage.push(what) });
  return { background, clock, lines, damage };
}

/** What SQLite says of a file that is none of its own. */
function damaged(): unknown {
  const database = new DatabaseSync(':memory:', { defensive: false });
  try {
    database.exec('CREATE TABLE a (b); PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 999; SELECT * FROM a;');
    database.exec('PRAGMA writable_schema = RESET; SELECT * FROM a');
  } catch (error) {
    return error;
  } finally {
    database.close();
  }
  throw new Error('it should have failed');
}

describe('work of the hub that nobody waits for', () => {
  it('goes on after a failure, and so do all timers', async () => {
    const { background, clock, lines } = setUp();
    const fail = (what: string) => (): never => {
      throw new Error(what);
    };
    let ticks = 0;
    background.clock.every(10, fail('every'));
    background.clock.every(10, () => (ticks += 1));
    background.clock.after(10, fail('after'));
    background.soon('soon', fail('turn'));
    background.soon('soon', () => (ticks += 100));
    background.run('a promise', Promise.reject(new Error('rejected')));
    clock.advance(30);
    await turn();
    assert.equal(ticks, 103);
    assert.equal(background.failures, 6);
    const texts = lines.map((line) => /Error: (\w+)/.exec(line)?.[1] ?? line);
    assert.deepEqual(texts.toSorted(), [
      'after',
      'error what is done again and again failed: every (2 times)',
      'every',
      'rejected',
      'turn',
    ]);
  });

  it('is noted ever more seldom when it fails again and again', () => {
    const { background, clock, lines } = setUp();
    background.clock.every(1, () => {
      throw new Error('full');
    });
    clock.advance(1_000);
    assert.equal(background.failures, 1_000);
    assert.equal(lines.length, 10, '1, 2, 4, … 512');
    assert.match(lines.at(-1) ?? '', /full \(512 times\)/);
  });

  it('tells of a damaged database, and of no other failure', () => {
    const { background, damage } = setUp();
    background.attempt('a look', () => {
      throw new Error('something else');
    });
    assert.deepEqual(damage, []);
    const error = damaged();
    background.attempt('a look', () => {
      throw error;
    });
    assert.equal(damage.length, 1);
  });

  it('is ended with all that is still to come', async () => {
    const { background, clock } = setUp();
    let count = 0;
    const note = (): void => void (count += 1);
    background.clock.every(10, note);
    background.clock.after(10, note);
    background.soon('soon', note);
    const own = background.clock.after(10, note);
    own.dispose();
    background.dispose();
    clock.advance(100);
    await turn();
    assert.deepEqual([count, clock.pending], [0, 0]);
  });
});
