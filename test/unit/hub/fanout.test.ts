import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { createBackground } from '../../../src/hub/lifecycle/background.ts';
import { createEventLog, type EventLog } from '../../../src/hub/log/eventLog.ts';
import { createFanout } from '../../../src/hub/log/fanout.ts';
import { createPresenceFeed } from '../../../src/hub/log/presenceFeed.ts';
import { migrate } from '../../../src/hub/storage/migrations.ts';
import { createStore } from '../../../src/hub/storage/store.ts';
import { createWriter } from '../../../src/hub/storage/writer.ts';
import type { PresenceMessage } from '../../../src/protocol/events.ts';
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
      presence: createPresenceFeed(unexpected),
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

  it('lets others have their turn while a reader looks for its own through a long log', async () => {
    const database = new DatabaseSync(':memory:');
    migrate(database);
    const log = createEventLog({ database, epoch: 'e', onError: unexpected });
    let reads = 0;
    const long: EventLog = {
      ...log,
      oldest: 1,
      head: 100,
      read(after) {
        reads += 1;
        return { chunk: Buffer.alloc(0), buffer: Buffer.alloc(0), last: after + 1 };
      },
    };
    const background = createBackground({ clock: createFakeClock(), log: nullLog });
    const fanout = createFanout({ log: long, presence: createPresenceFeed(unexpected), background });
    const { output } = slowReader();
    const subscription = fanout.subscribe(output, 0, 'workspace01');
    const counts = [reads];
    for (let turns = 0; turns < 8; turns += 1) {
      await turn();
      counts.push(reads);
    }
    assert.deepEqual(counts, [16, 32, 48, 64, 80, 96, 100, 100, 100]);
    subscription.dispose();
    reads = 0;
    // One that has gone reads nothing more.
    fanout.subscribe(output, 0, 'workspace01').dispose();
    await turn();
    assert.equal(reads, 16);
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
    const fanout = createFanout({ log, presence: createPresenceFeed(unexpected), background });
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

  it('tells of the presence of agents without ids: a reader that was full gets how they are by then, and no more', async () => {
    const clock = createFakeClock();
    const database = new DatabaseSync(':memory:');
    migrate(database);
    const presence = createPresenceFeed(unexpected);
    const log = createEventLog({ database, epoch: 'e', onError: unexpected });
    const fanout = createFanout({ log, presence, background: createBackground({ clock, log: nullLog }) });
    const written: string[] = [];
    let taken: (() => void) | undefined;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk, _encoding, done) {
        written.push(String(chunk));
        taken = done;
      },
    });
    const quick: string[] = [];
    const output = new Writable({ write: (chunk, _encoding, done) => (quick.push(String(chunk)), done()) });
    const at = '2026-01-01T00:00:00.000Z';
    const set = async (id: string, waitingFor: string[], workspaceId = 'workspace01'): Promise<void> => {
      presence.set({ id, workspaceId, connected: true, lastHeardAt: at, waitingFor });
      await turn();
    };
    const waits = (text: string): unknown[] =>
      [...text.matchAll(/^data: (.*)$/gm)].flatMap(([, data = '']) => {
        const { payload } = JSON.parse(data) as PresenceMessage;
        return payload.agents.map(({ id, waitingFor }) => [id, waitingFor]);
      });
    fanout.subscribe(slow, 0, 'workspace01');
    fanout.subscribe(output, 0, undefined);
    await set('one', ['a']);
    for (let number = 0; number < 100; number += 1) await set('one', [`a${number}`]);
    await set('two', ['b']);
    await set('other', ['c'], 'workspace02');
    assert.deepEqual(waits(written.join('')), [['one', ['a']]]);
    taken?.();
    await turn();
    assert.deepEqual(waits(written.slice(1).join('')), [
      ['one', ['a99']],
      ['two', ['b']],
    ]);
    assert.equal(waits(quick.join('')).length, 103);
    assert.doesNotMatch(written.join('') + quick.join(''), /^id:/m);
    fanout.dispose();
    database.close();
  });
});
