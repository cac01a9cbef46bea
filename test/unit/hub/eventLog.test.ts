import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { Writable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { createBackground } from '../../../src/hub/lifecycle/background.ts';
import { createEventLog, type EventLog } from '../../../src/hub/log/eventLog.ts';
import { createFanout } from '../../../src/hub/log/fanout.ts';
import { createPresenceFeed } from '../../../src/hub/log/presenceFeed.ts';
import { migrate } from '../../../src/hub/storage/migrations.ts';
import { nullLog } from '../../../src/util/log.ts';
import { createFakeClock } from '../../support/fakeClock.ts';
import { runs } from '../../support/generated.ts';
import { unexpected } from '../../support/unexpected.ts';
import { waitFor } from '../../support/waitFor.ts';

function openLog(): EventLog {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  return createEventLog({ database, epoch: 'e', onError: unexpected });
}

/** Appends and publishes one event of a workspace. */
function write(log: EventLog, workspaceId: string, size = 1): void {
  const logged = log.append(
    workspaceId,
    { type: 'task.deleted', payload: { id: 'x'.repeat(size), workspaceId } },
    '2026-01-01T00:00:00.000Z',
  );
  log.publish([logged]);
}

/** The numbers of the events in these bytes. */
function numbers(bytes: string): number[] {
  const found: number[] = [];
  createParser({ onEvent: ({ id = '' }) => found.push(Number(id.split('.')[1])) }).feed(bytes);
  return found;
}

/** Everything after `after`, batch by batch. */
function readAll(log: EventLog, after: number, workspaceId: string | undefined): number[] {
  const found: number[] = [];
  for (let cursor = after; cursor < log.head; ) {
    const { buffer, last } = log.read(cursor, workspaceId);
    assert.ok(last > cursor, 'a batch that leads nowhere');
    found.push(...numbers(buffer.toString()));
    cursor = last;
  }
  return found;
}

/** A socket that takes `capacity` bytes before it is full, and empties when it is told to. */
class SlowSocket extends Writable {
  text = '';
  #waiting: (() => void) | undefined;
  largest = 0;

  constructor(capacity: number) {
    super({ highWaterMark: capacity });
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    this.#waiting = done;
    this.largest = Math.max(this.largest, this.writableLength);
  }

  drainOnce(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.();
  }
}

describe('eventLog', () => {
  it('gives every reader everything after its place, of one workspace or of all, from memory and from disk alike', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ workspaceId: fc.constantFrom('a', 'b'), size: fc.constantFrom(1, 200, 30_000) }), { maxLength: 60 }),
        fc.nat(70),
        fc.constantFrom(undefined, 'a', 'b'),
        (events, place, workspaceId) => {
          const log = openLog();
          for (const event of events) write(log, event.workspaceId, event.size);
          const after = Math.min(place, events.length);
          const expected = events.flatMap((event, index) =>
            index + 1 > after && (workspaceId === undefined || event.workspaceId === workspaceId) ? [index + 1] : [],
          );
          assert.deepEqual(readAll(log, after, workspaceId), expected);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('goes on from disk where memory no longer reaches back, without a seam', () => {
    const log = openLog();
    for (let index = 0; index < 5_000; index += 1) write(log, index % 2 === 0 ? 'a' : 'b');
    assert.deepEqual(
      readAll(log, 0, undefined),
      Array.from({ length: 5_000 }, (_, index) => index + 1),
    );
    assert.equal(readAll(log, 17, 'a').length, 2_491);
  });
});

describe('fanout', () => {
  it('writes nothing more to a full socket, and loses nothing for it', async () => {
    const log = openLog();
    const fanout = createFanout({
      log,
      presence: createPresenceFeed(unexpected),
      background: createBackground({ clock: createFakeClock(), log: nullLog }),
    });
    const slow = new SlowSocket(10_000);
    const quick = new SlowSocket(10_000);
    fanout.subscribe(slow, 0, undefined);
    fanout.subscribe(quick, 0, undefined);
    for (let index = 0; index < 500; index += 1) write(log, 'a', 2_000);
    await waitFor('the quick one to have all', () => {
      quick.drainOnce();
      return numbers(quick.text).length === 500;
    });
    assert.ok(slow.largest < 200_000, `${slow.largest} bytes wait for the slow one`);
    await waitFor('the slow one to have all', () => {
      slow.drainOnce();
      return numbers(slow.text).length === 500;
    });
    assert.deepEqual(numbers(slow.text), numbers(quick.text));
    fanout.dispose();
  });

  it('beats every 15 seconds, for all who are not full', () => {
    const clock = createFakeClock();
    const fanout = createFanout({
      log: openLog(),
      presence: createPresenceFeed(unexpected),
      background: createBackground({ clock, log: nullLog }),
    });
    const socket = new SlowSocket(10_000);
    fanout.subscribe(socket, 0, undefined);
    socket.drainOnce();
    clock.advance(14_999);
    assert.equal(socket.text.split(': \n\n').length - 1, 0);
    clock.advance(1);
    assert.equal(socket.text.split(': \n\n').length - 1, 1);
    fanout.dispose();
  });

  it('forgets a reader that is gone', () => {
    const fanout = createFanout({
      log: openLog(),
      presence: createPresenceFeed(unexpected),
      background: createBackground({ clock: createFakeClock(), log: nullLog }),
    });
    const subscription = fanout.subscribe(new SlowSocket(1), 0, undefined);
    assert.equal(fanout.count, 1);
    subscription.dispose();
    assert.equal(fanout.count, 0);
    fanout.dispose();
  });
});
