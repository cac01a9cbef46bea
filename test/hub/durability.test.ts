import assert from 'node:assert/strict';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as sqlite from 'node:sqlite';
import type { SqliteLoader } from '../../src/hub/storage/connect.ts';
import type { Logger } from '../../src/util/log.ts';
import { createLogger } from '../../src/util/log.ts';
import { inEnglish } from '../../src/util/sentence.ts';
import { apiOf } from '../support/apiOf.ts';
import { createFakeClock } from '../support/fakeClock.ts';
import { damagePages, filledWorkspaceId, fillHome, pagesOf } from '../support/filledHome.ts';
import { drawn, runs, seed } from '../support/generated.ts';
import { startHubProcess } from '../support/hubProcess.ts';
import { runKillRounds } from '../support/killRounds.ts';
import { openRawStream } from '../support/rawStream.ts';
import { smallDisks } from '../support/smallDisk.ts';
import { connectAgent } from '../support/testAgent.ts';
import { makeHome, startTestHub } from '../support/testHub.ts';
import { waitFor } from '../support/waitFor.ts';

/** SQLite, and the connections that were opened with it. */
function watchSqlite(): { load: SqliteLoader; connections: sqlite.DatabaseSync[] } {
  const connections: sqlite.DatabaseSync[] = [];
  class Watched extends sqlite.DatabaseSync {
    constructor(...args: ConstructorParameters<typeof sqlite.DatabaseSync>) {
      super(...args);
      connections.push(this);
    }
  }
  return { load: () => ({ ...sqlite, DatabaseSync: Watched }), connections };
}

const largeText = 'x'.repeat(100_000);

function recordingLog(lines: string[]): Logger {
  return createLogger((level, line) => lines.push(`${level} ${line}`));
}

describe('a hub that can not write', () => {
  /** How writing is made impossible over the hub's own connection, and possible again. */
  const obstacles: [name: string, set: (database: sqlite.DatabaseSync) => void, remove: (database: sqlite.DatabaseSync) => void][] = [
    [
      'because the disk is full',
      (database) => database.exec(`PRAGMA max_page_count = ${Number(database.prepare('PRAGMA page_count').get()?.['page_count'])}`),
      (database) => database.exec('PRAGMA max_page_count = 1000000'),
    ],
    [
      'because its folder may only be read',
      (database) => database.exec('PRAGMA query_only = ON'),
      (database) => database.exec('PRAGMA query_only = OFF'),
    ],
  ];

  for (const [name, set, remove] of obstacles) {
    it(`says so, serves what it has, and goes on when it can: ${name}`, async () => {
      const { load, connections } = watchSqlite();
      const test = await startTestHub({ loadSqlite: load });
      const { workspaceId } = test;
      const database = connections.at(-1);
      assert.ok(database);
      const stream = await openRawStream(test.hub);
      const agent = await connectAgent('modern', test.agentAddress());
      await test.api.call('createTask', { workspaceId, title: 'before' });
      set(database);
      await assert.rejects(
        test.api.call('createTask', { workspaceId, title: 'lost', body: largeText }),
        /couldn't write to its disk.*nothing was changed/,
      );
      const refused = await agent.call('createTask', { title: 'lost', body: largeText });
      assert.equal(refused.isError, true);
      assert.match(refused.text, /couldn't write to its disk/);
      const board = await test.api.call('getBoard', {});
      assert.deepEqual(
        board.tasks.map(({ title }) => title),
        ['before'],
      );
      remove(database);
      await test.api.call('createTask', { workspaceId, title: 'after', body: largeText });
      await waitFor('both tasks on the stream', () => stream.messages.filter(({ data }) => data.includes('task.created')).length === 2);
      const numbers = stream.messages.map(({ id = '' }) => Number(id.split('.')[1]));
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => (numbers[0] ?? 0) + index),
        'what was refused left no hole',
      );
      assert.ok(!stream.text().includes('"lost"'));
      stream.close();
      await agent.close();
      await test.dispose();
    });
  }

  it('because another program holds the database says which way out there is', async () => {
    const test = await startTestHub();
    const { workspaceId } = test;
    const other = new sqlite.DatabaseSync(join(test.home, 'hub.db'));
    other.exec('BEGIN IMMEDIATE');
    await assert.rejects(
      test.api.call('createTask', { workspaceId, title: 'x' }),
      /Another program holds the hub's database, so nothing was changed/,
    );
    assert.equal((await test.api.call('getBoard', {})).tasks.length, 0);
    other.exec('COMMIT');
    other.close();
    await test.api.call('createTask', { workspaceId, title: 'x' });
    await test.dispose();
  });

  it('for a reason that no sentence names says in its log what SQLite said', async () => {
    const lines: string[] = [];
    const test = await startTestHub({ log: recordingLog(lines) });
    const other = new sqlite.DatabaseSync(join(test.home, 'hub.db'));
    other.exec(`CREATE TRIGGER planted BEFORE INSERT ON tasks BEGIN SELECT RAISE(ABORT, 'planted'); END`);
    other.close();
    await assert.rejects(
      test.api.call('createTask', { workspaceId: test.workspaceId, title: 'x' }),
      /refused the change, so nothing was changed/,
    );
    assert.deepEqual(
      lines.filter((line) => line.includes('planted')),
      ['error the database refused a change: planted'],
    );
    await test.dispose();
  });

  const scratch = makeHome();
  after(() => rmSync(scratch, { recursive: true, force: true }));
  for (const disk of smallDisks(scratch)) {
    it(`loses nothing that it acknowledged when ${disk.name}`, async () => {
      const home = makeHome();
      const cramped = await disk.start(home);
      let { hub } = cramped;
      const api = apiOf(() => hub);
      const workspaceId = hub.workspaces[0]?.id ?? '';
      const stream = await openRawStream(hub);
      const acknowledged: string[] = [];
      let refusal = '';
      while (refusal === '') {
        try {
          acknowledged.push((await api.call('createTask', { workspaceId, title: `Task ${acknowledged.length}`, body: largeText })).task.id);
        } catch (error) {
          refusal = String(error);
        }
        assert.ok(acknowledged.length < 100, 'it never runs out of room');
      }
      assert.match(refusal, /couldn't write to its disk/);
      assert.ok(acknowledged.length > 3, `${acknowledged.length} fit`);
      const held = async (): Promise<string[]> => (await api.call('getBoard', {})).tasks.map(({ id }) => id).toSorted();
      assert.deepEqual(await held(), acknowledged.toSorted());
      await waitFor('their events', () => stream.messages.length === acknowledged.length);
      stream.close();
      hub = await cramped.makeRoom();
      assert.deepEqual(await held(), acknowledged.toSorted());
      for (let count = 0; count < 5; count += 1) {
        acknowledged.push((await api.call('createTask', { workspaceId, title: 'There is room', body: largeText })).task.id);
      }
      assert.deepEqual(await held(), acknowledged.toSorted());
      assert.deepEqual(await hub.stop('SIGTERM'), { code: 0 });
      rmSync(home, { recursive: true, force: true });
    });
  }
});

describe('a hub whose database is damaged', () => {
  it('starts with what can be read, and tells the user and every window', async () => {
    const { home, file } = fillHome(30);
    const before = await startTestHub({ home });
    const { cursor } = await before.api.call('getBoard', {});
    assert.equal(before.hub.notice, undefined);
    await before.hub.close();
    damagePages(file, pagesOf(file, 'messages', 'leaf').slice(1, 2));
    writeFileSync(`${file}.suspect`, '', { mode: 0o600 });
    const lines: string[] = [];
    const test = await startTestHub({ home, log: recordingLog(lines) });
    assert.match(
      test.hub.notice === undefined ? '' : inEnglish(test.hub.notice),
      /database was damaged.*30 tasks, 120 messages and 30 requests.*kept as .*hub\.db\.damaged-/,
    );
    assert.ok(
      lines.some((line) => line === `warn ${test.hub.notice === undefined ? '' : inEnglish(test.hub.notice)}`),
      lines.join('\n'),
    );
    assert.equal(test.hub.hubId, before.hub.hubId);
    const stream = await openRawStream(test.hub, { lastEventId: cursor });
    const [reset] = await stream.waitForMessages(1);
    assert.match(reset?.data ?? '', /"reset".*"other-log"/);
    assert.equal((await test.api.call('getBoard', {})).tasks.length, 30);
    stream.close();
    await test.dispose();
  });

  it('finds it out when it writes, and the next start salvages', async () => {
    const { home, file } = fillHome(300);
    const test = await startTestHub({ home });
    const input = { workspaceId: filledWorkspaceId, taskId: 't0000000007', text: 'x' };
    await test.api.call('replyToTask', input);
    damagePages(file, pagesOf(file, 'messages', 'leaf').slice(-3));
    damagePages(file, pagesOf(file, 'messagesByTask', 'leaf'));
    await assert.rejects(
      (async () => {
        for (let index = 0; index < 300; index += 1) {
          await test.api.call('replyToTask', { ...input, taskId: `t${String(index).padStart(10, '0')}` });
        }
      })(),
      /database is damaged, so nothing was changed/,
    );
    await test.hub.damaged;
    assert.ok(existsSync(`${file}.suspect`));
    await test.hub.close();
    const again = await startTestHub({ home });
    assert.match(again.hub.notice === undefined ? '' : inEnglish(again.hub.notice), /All of it could be read: 300 tasks/);
    assert.ok(!existsSync(`${file}.suspect`));
    await again.dispose();
  });

  it('finds it out by itself, a minute after the start, and says nothing when all is well', async () => {
    const { home, file } = fillHome(60);
    const lines: string[] = [];
    const clock = createFakeClock(Date.now());
    const test = await startTestHub({ home, clock, log: recordingLog(lines) });
    clock.advance(60_000);
    await waitFor('the check to end', () => lines.includes('info the database is whole'));
    await test.hub.close();

    // An index that lacks rows: everything can be read, and yet it isn't whole.
    damagePages(file, pagesOf(file, 'tasksByStatus', 'leaf'));
    const damagedClock = createFakeClock(Date.now());
    const damaged = await startTestHub({ home, clock: damagedClock });
    assert.equal(damaged.hub.notice, undefined);
    damagedClock.advance(60_000);
    await damaged.hub.damaged;
    await damaged.hub.close();
    const again = await startTestHub({ home });
    assert.match(again.hub.notice === undefined ? '' : inEnglish(again.hub.notice), /All of it could be read: 60 tasks/);
    await again.dispose();
  });

  it('ends on the command line when it finds that out, so that it is started again', async () => {
    const { home, file } = fillHome(300);
    const hub = await startHubProcess({ home });
    const api = apiOf(() => hub);
    damagePages(file, [...pagesOf(file, 'messages', 'leaf').slice(-3), ...pagesOf(file, 'messagesByTask', 'leaf')]);
    await assert.rejects(
      (async () => {
        for (let index = 0; index < 300; index += 1) {
          await api.call('replyToTask', { workspaceId: filledWorkspaceId, taskId: `t${String(index).padStart(10, '0')}`, text: 'x' });
        }
      })(),
    );
    assert.deepEqual(await hub.ended, { code: 1 });
    rmSync(home, { recursive: true, force: true });
  });
});

describe('a hub that is killed again and again under load', () => {
  it('loses nothing that it acknowledged, and no window sees an event twice or out of order', async () => {
    const report = await runKillRounds({ rounds: runs(3), writes: 40, random: drawn(), jitter: () => 0.1 });
    assert.deepEqual([report.lost, report.faults], [[], []], `killed at the moments of seed ${seed}`);
    assert.ok(report.acknowledged >= 3);
  });

  it('would be found out if it lost something, or told of something twice', async () => {
    const whileDead = (home: string): void => {
      const database = new sqlite.DatabaseSync(join(home, 'hub.db'));
      // The newest task and the last five events are gone, as if their commits had never reached the disk.
      database.exec(`
        PRAGMA foreign_keys = ON;
        DELETE FROM tasks WHERE id = (SELECT max(id) FROM tasks);
        DELETE FROM events WHERE number > (SELECT max(number) - 5 FROM events);`);
      database.close();
    };
    const { lost, faults } = await runKillRounds({ rounds: 2, writes: 40, random: drawn(), jitter: () => 0.1, whileDead });
    assert.ok(lost.length > 0, 'the lost task was not missed');
    assert.ok(
      faults.some((fault) => fault.includes('window 1')),
      'the first window was not found to differ',
    );
  });
});
