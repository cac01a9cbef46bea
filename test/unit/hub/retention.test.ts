import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { createBoardStore } from '../../../src/client/boardStore.ts';
import { createEventStream } from '../../../src/client/eventStream.ts';
import { createBackground } from '../../../src/hub/lifecycle/background.ts';
import { createEventLog, type EventLog, type LogLimits } from '../../../src/hub/log/eventLog.ts';
import { createFanout } from '../../../src/hub/log/fanout.ts';
import { createPresenceFeed } from '../../../src/hub/log/presenceFeed.ts';
import { startRetention } from '../../../src/hub/log/retention.ts';
import { openDatabase } from '../../../src/hub/storage/database.ts';
import { migrate } from '../../../src/hub/storage/migrations.ts';
import { systemClock, timestamp } from '../../../src/util/clock.ts';
import { nullLog } from '../../../src/util/log.ts';
import { createFakeClock, type FakeClock } from '../../support/fakeClock.ts';
import { runs } from '../../support/generated.ts';
import { openRawStream } from '../../support/rawStream.ts';
import { makeHome, startTestHub } from '../../support/testHub.ts';
import { unexpected } from '../../support/unexpected.ts';
import { waitFor } from '../../support/waitFor.ts';

const boundless: LogLimits = { ageMs: 1e12, events: 1e9, bytes: 1e12 };
const minute = 60_000;

function setUp(limits: Partial<LogLimits>): { database: DatabaseSync; log: EventLog; clock: FakeClock } {
  const database = new DatabaseSync(':memory:');
  migrate(database);
  const clock = createFakeClock();
  const log = createEventLog({ database, epoch: 'e', onError: unexpected });
  startRetention({ ...boundless, ...limits }, { database, eventLog: log, background: createBackground({ clock, log: nullLog }) });
  return { database, log, clock };
}

function write({ log, clock }: { log: EventLog; clock: FakeClock }, count: number, size = 1): void {
  for (let index = 0; index < count; index += 1) {
    const id = 'x'.repeat(size);
    log.publish([log.append('workspace01', { type: 'task.deleted', payload: { id, workspaceId: 'workspace01' } }, timestamp(clock))]);
  }
}

function numbersIn(database: DatabaseSync): number[] {
  return database
    .prepare('SELECT number FROM events ORDER BY number')
    .all()
    .map(({ number }) => Number(number));
}

describe('the log', () => {
  it('keeps what is within every limit, and the newest event, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 3_000 }), minutes: fc.nat(3) }), { maxLength: 40 }),
        fc.record({
          events: fc.integer({ min: 1, max: 40 }),
          bytes: fc.integer({ min: 1, max: 40_000 }),
          ageMs: fc.integer({ min: 1, max: 60 }).map((minutes) => minutes * minute),
        }),
        (events, limits) => {
          const test = setUp({});
          const written: { number: number; at: number; bytes: number }[] = [];
          for (const { size, minutes } of events) {
            test.clock.advance(minutes * minute);
            write(test, 1, size);
            const bytes = JSON.stringify({ id: 'x'.repeat(size), workspaceId: 'workspace01' }).length + 150;
            written.push({ number: test.log.head, at: test.clock.now(), bytes });
          }
          while (test.log.prune(limits, test.clock.now())) continue;
          const kept = written.filter(({ number, at }, index) => {
            const rest = written.slice(index).reduce((sum, { bytes }) => sum + bytes, 0);
            if (number === test.log.head) return true;
            return test.log.head - number < limits.events && rest <= limits.bytes && at >= test.clock.now() - limits.ageMs;
          });
          assert.deepEqual(
            numbersIn(test.database),
            kept.map(({ number }) => number),
          );
          assert.equal(test.log.oldest, kept[0]?.number ?? test.log.head + 1);
          const reopened = createEventLog({ database: test.database, epoch: 'e', onError: unexpected });
          assert.deepEqual([reopened.oldest, reopened.head], [test.log.oldest, test.log.head]);
        },
      ),
      { numRuns: runs(60) },
    );
  });

  it('is shortened in slices, with turns for everybody in between', () => {
    const test = setUp({ events: 100 });
    write(test, 2_350);
    test.clock.advance(minute - 1);
    assert.equal(test.log.oldest, 1, 'not before a minute is over');
    test.clock.advance(1);
    assert.equal(test.log.oldest, 501, 'one slice');
    write(test, 10);
    test.clock.advance(20);
    assert.equal(test.log.oldest, 1_001, 'the next one comes soon');
    test.clock.advance(minute);
    assert.deepEqual([test.log.oldest, test.log.head], [2_261, 2_360]);
  });

  it('goes on numbering when all that can go is gone', () => {
    const test = setUp({ ageMs: minute });
    write(test, 10);
    test.clock.advance(5 * minute);
    assert.deepEqual([test.log.oldest, test.log.head], [10, 10]);
    write(test, 1);
    assert.deepEqual(numbersIn(test.database), [10, 11]);
  });

  it('tells a reader from under which it has gone to begin anew, and no other', () => {
    const test = setUp({ events: 10 });
    const fanout = createFanout({
      log: test.log,
      presence: createPresenceFeed(unexpected),
      background: createBackground({ clock: test.clock, log: nullLog }),
    });
    // The one is full at once, the other takes everything.
    const [slow, quick] = [new PassThrough({ highWaterMark: 1 }), new PassThrough({ highWaterMark: 10_000_000 })];
    fanout.subscribe(slow, 0, undefined);
    fanout.subscribe(quick, 0, 'workspace01');
    write(test, 5_000);
    fanout.subscribe(new PassThrough(), test.log.head, undefined).dispose();
    test.clock.advance(minute + 1_000);
    assert.equal(test.log.oldest, 4_991);
    const text = (from: PassThrough): string => String(from.read() ?? '');
    let slowText = '';
    for (let chunk = text(slow); chunk !== ''; chunk = text(slow)) slowText += chunk;
    assert.match(slowText, /"type":"reset","payload":\{"reason":"too-old","cursor":"e\.5000"\}/);
    assert.doesNotMatch(text(quick), /"reset"/);
    fanout.dispose();
  });

  it('gives the room back to the disk', () => {
    const home = makeHome();
    const { database } = openDatabase({ home, durability: 'process', now: 0, log: nullLog });
    const clock = createFakeClock();
    const log = createEventLog({ database, epoch: 'e', onError: unexpected });
    const retention = startRetention(
      { ...boundless, events: 10 },
      { database, eventLog: log, background: createBackground({ clock, log: nullLog }) },
    );
    const pages = (): number => Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.exec('BEGIN');
    write({ log, clock }, 6_000, 6_000);
    database.exec('COMMIT');
    const before = pages();
    assert.ok(before > 8_000, `${before} pages`);
    clock.advance(minute + 10_000);
    assert.equal(log.oldest, 5_991);
    assert.ok(pages() < 4_500, `${pages()} pages are left of ${before}`);
    assert.equal(database.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
    retention.dispose();
    assert.equal(clock.pending, 0);
    database.close();
    rmSync(home, { recursive: true, force: true });
  });

  it('lets a reader at its very edge go on, and has one before it begin anew', async () => {
    const clock = createFakeClock(Date.now());
    const test = await startTestHub({ clock, logLimits: { ...boundless, events: 20 } });
    const { workspaceId } = test;
    const create = (title: string) => test.api.call('createTask', { workspaceId, title });
    for (let index = 0; index < 50; index += 1) await create(`Task ${index}`);
    clock.advance(minute);
    const { cursor } = await test.api.call('getBoard', {});
    const [epoch, head] = [cursor.split('.')[0] ?? '', Number(cursor.split('.')[1])];
    const edge = head - 20;
    const inTime = await openRawStream(test.hub, { lastEventId: `${epoch}.${edge}` });
    const frames = await inTime.waitForMessages(20);
    assert.deepEqual(
      frames.map(({ id }) => id),
      Array.from({ length: 20 }, (_, index) => `${epoch}.${edge + 1 + index}`),
    );
    const received: number[] = [];
    const source = createEventStream({
      address: async () => ({ url: test.hub.url, token: test.hub.userToken }),
      fetch,
      clock: systemClock,
      random: () => 0,
      log: nullLog,
    });
    source.onDidReceive(({ cursor: { number } }) => received.push(number));
    source.onDidReset(() => assert.fail('it was told to begin anew'));
    source.start({ epoch, number: edge });
    await waitFor('everything that is left', () => received.length === 20);
    assert.deepEqual([received[0], received.at(-1)], [edge + 1, head]);
    source.dispose();
    const late = await openRawStream(test.hub, { lastEventId: `${epoch}.${edge - 1}` });
    const [reset] = await late.waitForMessages(1);
    assert.deepEqual(JSON.parse(reset?.data ?? ''), { type: 'reset', payload: { reason: 'too-old', cursor } });
    assert.equal(late.messages.length, 1);
    inTime.close();
    late.close();
    await test.dispose();
  });

  it('that was shortened while a window was away has the window read the board anew, and nothing is missing there', async () => {
    const clock = createFakeClock(Date.now());
    const test = await startTestHub({ clock, logLimits: { ...boundless, events: 5 } });
    const { workspaceId } = test;
    let reachable = true;
    const address = async () => {
      if (!reachable) throw new Error('away');
      return { url: test.hub.url, token: test.hub.userToken };
    };
    const stream = createEventStream({ address, fetch, clock: systemClock, random: () => 0, log: nullLog });
    const store = createBoardStore({ api: test.api, stream, clock: systemClock, random: () => 0, log: nullLog });
    let replaced = 0;
    store.onDidReplace(() => (replaced += 1));
    store.start();
    await waitFor('the board to be live', () => store.link.kind === 'live');
    reachable = false;
    stream.stop();
    const { cursor } = await test.api.call('getBoard', {});
    for (let index = 0; index < 30; index += 1) await test.api.call('createTask', { workspaceId, title: `Task ${index}` });
    clock.advance(minute);
    reachable = true;
    const [epoch = '', number] = cursor.split('.');
    stream.start({ epoch, number: Number(number) });
    await waitFor('all tasks to be on the board', () => store.board.tasks.size === 30);
    assert.equal(replaced, 2, 'once at the start, and once more');
    store.dispose();
    stream.dispose();
    await test.dispose();
  });
});
