import assert from 'node:assert/strict';
import { untilTurnedOff } from '../../../../src/ui/notifications/api.ts';
import { createDoNotDisturb } from '../../../../src/ui/notifications/doNotDisturb.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { FakeMemory } from '../support/fakeMemory.ts';
import { now } from '../support/fixtures.ts';

function setUp() {
  const clock = createFakeClock(now);
  const memory = new FakeMemory();
  const doNotDisturb = createDoNotDisturb(memory, clock, (error) => {
    throw error;
  });
  let changes = 0;
  doNotDisturb.onDidChange(() => (changes += 1));
  return { clock, memory, doNotDisturb, changes: () => changes };
}

describe('Do Not Disturb', () => {
  it('ends by itself, and says so', async () => {
    const { clock, doNotDisturb, changes } = setUp();
    await doNotDisturb.set(now + 60_000);
    assert.deepEqual([doNotDisturb.until, changes()], [now + 60_000, 1]);
    clock.advance(60_000);
    assert.deepEqual([doNotDisturb.until, changes()], [0, 2]);
  });

  it('lasts until it is turned off, without a timer', async () => {
    const { clock, doNotDisturb, changes } = setUp();
    await doNotDisturb.set(untilTurnedOff);
    assert.equal(clock.pending, 0);
    await doNotDisturb.set(0);
    assert.deepEqual([doNotDisturb.until, changes()], [0, 2]);
  });

  it('is what another window says, once one looks', () => {
    const { memory, doNotDisturb, changes, clock } = setUp();
    memory.stored.set('agentrq.quietUntil', now + 1_000);
    doNotDisturb.refresh();
    doNotDisturb.refresh();
    assert.deepEqual([doNotDisturb.until, changes()], [now + 1_000, 1]);
    doNotDisturb.dispose();
    assert.equal(clock.pending, 0);
  });

  it('is off when what is kept is no time', () => {
    const { memory, doNotDisturb } = setUp();
    for (const kept of ['soon', null, {}, now - 1]) {
      memory.stored.set('agentrq.quietUntil', kept);
      assert.equal(doNotDisturb.until, 0);
    }
  });
});
