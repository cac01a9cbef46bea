import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createBackground } from '../../../src/hub/lifecycle/background.ts';
import { createEventLog, type EventLog } from '../../../src/hub/log/eventLog.ts';
import { createFanout } from '../../../src/hub/log/fanout.ts';
import { migrate } from '../../../src/hub/storage/migrations.ts';
import { createStore } from '../../../src/hub/storage/store.ts';
import { createWriter } from '../../../src/hub/storage/writer.ts';
import { heartbeatMs } from '../../../src/protocol/limits.ts';
import { nullLog } from '../../../src/util/log.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { unexpected } from '../../support/unexpected.ts';

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
    const fanout = createFanout({
      log: createEventLog({ database, epoch: 'e', onError: unexpected }),
      background: createBackground({ clock, log: nullLog }),
    });
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

  it('cuts off a reader whose part of the log can not be read, and goes on for the others', async () => {
    const clock = createFakeClock();
    const database = new DatabaseSync(':memory:');
    migrate(database);
    const store = createStore(database);
    const background = createBackground({ clock, log: nullLog });
    const first = createEventLog({ database, epoch: 'e', onError: unexpected });
    const write = (log: EventLog, name: string): void => {
      const now = '2026-01-01T00:00:00.000Z';
      const workspace = { id: name.padEnd(11, '0'), name, description: '', createdAt: now, updatedAt: now };
      createWriter({ database, store, log, clock })((changes) => changes.saveWorkspace(workspace));
    };
    write(first, 'old');
    // Of what was written before it began, this one has nothing in memory.
    const log = createEventLog({ database, epoch: 'e', onError: unexpected });
    const fanout = createFanout({ log, background });
    const [late, current] = [slowReader(), slowReader()];
    fanout.subscribe(current.output, log.head, undefined);
    database.exec('ALTER TABLE events RENAME COLUMN payload TO lost');
    fanout.subscribe(late.output, 0, undefined);
    assert.deepEqual([late.output.destroyed, background.failures], [true, 1]);
    database.exec('ALTER TABLE events RENAME COLUMN lost TO payload');
    write(log, 'new');
    await turn();
    assert.deepEqual([current.output.destroyed, current.output.writableLength > 0], [false, true]);
    fanout.dispose();
    database.close();
  });
});
