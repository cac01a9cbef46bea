import assert from 'node:assert/strict';
import { untilTurnedOff } from '../../../../src/ui/notifications/api.ts';
import { createQuiet } from '../../../../src/ui/notifications/doNotDisturb.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { now } from '../support/fixtures.ts';

function setUp() {
  const clock = createFakeClock(now);
  const memory = new FakeMemory();
  const quiet = createQuiet(memory, clock, (error) => {
    throw error;
  });
  let changes = 0;
  quiet.onDidChange(() => (changes += 1));
  return { clock, memory, quiet, changes: () => changes };
}

describe('Do Not Disturb', () => {
  it('ends by itself, and says so', async () => {
    const { clock, quiet, changes } = setUp();
    await quiet.set(now + 60_000);
    assert.deepEqual([quiet.until, changes()], [now + 60_000, 1]);
    clock.advance(60_000);
    assert.deepEqual([quiet.until, changes()], [0, 2]);
  });

  it('lasts until it is turned off, without a timer', async () => {
    const { clock, quiet, changes } = setUp();
    await quiet.set(untilTurnedOff);
    assert.equal(clock.pending, 0);
    await quiet.set(0);
    assert.deepEqual([quiet.until, changes()], [0, 2]);
  });

  it('is what another window says, once one looks', () => {
    const { memory, quiet, changes, clock } = setUp();
    memory.stored.set('agentrq.quietUntil', now + 1_000);
    quiet.look();
    quiet.look();
    assert.deepEqual([quiet.until, changes()], [now + 1_000, 1]);
    quiet.dispose();
    assert.equal(clock.pending, 0);
  });

  it('is off when what is kept is no time', () => {
    const { memory, quiet } = setUp();
    for (const kept of ['soon', null, {}, now - 1]) {
      memory.stored.set('agentrq.quietUntil', kept);
      assert.equal(quiet.until, 0);
    }
  });
});
