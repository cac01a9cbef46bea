import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createEventLog } from '../../../src/hub/log/eventLog.ts';
import { createFanout } from '../../../src/hub/log/fanout.ts';
import { migrate } from '../../../src/hub/storage/migrations.ts';
import { heartbeatMs } from '../../../src/protocol/limits.ts';
import { nullLog } from '../../../src/util/log.ts';
import { createFakeClock } from '../../support/fakeClock.ts';

/** A reader that takes something only when it is told to. */
function slowReader(): { output: Writable; take(): void } {
  let taken: (() => void) | undefined;
  const output = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void (taken = done) });
  return { output, take: () => taken?.() };
}

describe('the fan-out', () => {
  it('cuts off a reader that takes nothing for a minute, and no other', async () => {
    const clock = createFakeClock();
    const database = new DatabaseSync(':memory:');
    migrate(database);
    const fanout = createFanout({ log: createEventLog({ database, epoch: 'e', log: nullLog }), clock });
    const [stuck, slow] = [slowReader(), slowReader()];
    for (const { output } of [stuck, slow]) fanout.subscribe(output, 0, undefined);
    // Both are full from the first heartbeat on.
    clock.advance(heartbeatMs);
    for (let beat = 0; beat < 4; beat += 1) {
      clock.advance(heartbeatMs);
      slow.take();
      await turn();
      assert.equal(stuck.output.destroyed, false, `${beat + 1} heartbeats`);
    }
    clock.advance(heartbeatMs);
    assert.deepEqual([stuck.output.destroyed, slow.output.destroyed], [true, false]);
    for (let beat = 0; beat < 8; beat += 1) {
      clock.advance(heartbeatMs);
      slow.take();
      await turn();
    }
    assert.equal(slow.output.destroyed, false, 'each time it took something, its minute began again');
    fanout.dispose();
    database.close();
  });
});
