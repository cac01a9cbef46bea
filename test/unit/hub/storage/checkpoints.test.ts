import assert from 'node:assert/strict';
import { copyFileSync, existsSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { createEventLog, type EventLog } from '../../../../src/hub/log/eventLog.ts';
import { startCheckpointWorker } from '../../../../src/hub/storage/checkpoints.ts';
import { openDatabase } from '../../../../src/hub/storage/database.ts';
import { databaseFilesOf } from '../../../../src/hub/storage/databaseFiles.ts';
import { createLogger, nullLog } from '../../../../src/util/log.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { makeHome } from '../../../support/testHub.ts';
import { unexpected } from '../../../support/unexpected.ts';
import { waitFor } from '../../../support/waitFor.ts';

function commit(log: EventLog, count: number): void {
  for (let index = 0; index < count; index += 1) {
    log.publish([log.append('workspace01', { type: 'task.deleted', payload: { id: 'x', workspaceId: 'workspace01' } }, '2026-01-01')]);
  }
}

/** How many events are in the database itself, as it would be without its write-ahead log. */
function countWithoutLog(file: string): number {
  const copy = `${file}.copy`;
  copyFileSync(file, copy);
  try {
    const database = new DatabaseSync(copy);
    const row = database.prepare('SELECT count(*) AS n FROM events').get();
    database.close();
    return Number(row?.['n']);
  } catch {
    // It was copied in the middle of a checkpoint, or before the first.
    return 0;
  } finally {
    for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true });
  }
}

describe('checkpoints', () => {
  const homes: string[] = [];

  function setUp(file?: string) {
    const home = makeHome();
    homes.push(home);
    const { database } = openDatabase({ home, durability: 'process', now: 0, log: nullLog });
    const { main } = databaseFilesOf(home);
    const lines: string[] = [];
    const eventLog = createEventLog({ database, epoch: 'e', onError: unexpected });
    const log = createLogger((level, line) => void lines.push(`${level} ${line}`));
    const clock = createFakeClock();
    const checkpoints = startCheckpointWorker({ file: file ?? main, durability: 'process', eventLog, clock, log });
    return { database, main, lines, eventLog, clock, checkpoints };
  }

  after(() => {
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });

  it('move what is committed into the database while its writer goes on, and leave it alone to tidy up', async () => {
    const { database, main, eventLog, checkpoints, lines } = setUp();
    commit(eventLog, 1_535);
    assert.equal(countWithoutLog(main), 0);
    await waitFor('a checkpoint', () => {
      commit(eventLog, 1);
      return countWithoutLog(main) >= 1_536;
    });
    await checkpoints.close();
    const { head } = eventLog;
    database.close();
    assert.equal(existsSync(`${main}-wal`), false);
    assert.equal(countWithoutLog(main), head);
    assert.deepEqual(lines, []);
  });

  it('wait until nothing is written for a second', async () => {
    const { database, main, eventLog, clock, checkpoints } = setUp();
    commit(eventLog, 63);
    clock.advance(5_000);
    commit(eventLog, 1);
    clock.advance(999);
    commit(eventLog, 1);
    clock.advance(1_000);
    assert.equal(countWithoutLog(main), 0);
    clock.advance(1);
    await waitFor('a checkpoint', () => countWithoutLog(main) === 65);
    await checkpoints.close();
    database.close();
  });

  it('are done by the writer where the thread can’t, so that the log of the database stays bounded', async () => {
    const { database, main, eventLog, checkpoints, lines } = setUp('/nowhere/hub.db');
    commit(eventLog, 1_600);
    await waitFor('the warning', () => lines.length > 0);
    assert.match(lines.join(), /^warn .*the thread for checkpoints ended/);
    for (let round = 0; round < 120; round += 1) commit(eventLog, 200);
    assert.ok(statSync(`${main}-wal`).size < 72 * 1024 * 1024);
    assert.ok(countWithoutLog(main) > 1_000);
    await checkpoints.close();
    database.close();
  });

  it('need no thread while little is written', async () => {
    const { database, eventLog, clock, checkpoints, lines } = setUp('/nowhere/hub.db');
    commit(eventLog, 63);
    clock.advance(10_000);
    await checkpoints.close();
    database.close();
    assert.deepEqual(lines, []);
  });
});
