import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as sqlite from 'node:sqlite';
import { createEventLog } from '../../../../src/hub/log/eventLog.ts';
import { connectWriter } from '../../../../src/hub/storage/connect.ts';
import { migrate } from '../../../../src/hub/storage/migrations.ts';
import { createStore } from '../../../../src/hub/storage/store.ts';
import { createWriter } from '../../../../src/hub/storage/writer.ts';
import { createFakeClock } from '../../../support/fakeClock.ts';
import { unexpected } from '../../../support/unexpected.ts';

/** The last version in which a table of SQLite's own counted the events, and an index held those of each workspace. */
const before = 17;
const workspaceId = 'workspace01';
/** The header of a page in the write-ahead log, and the page. */
const frameBytes = 24 + 4_096;

describe('the log in the database', () => {
  const former = (): sqlite.DatabaseSync => {
    const database = new sqlite.DatabaseSync(':memory:');
    migrate(database, before);
    const insert = database.prepare('INSERT INTO events (workspaceId, at, type, payload, total) VALUES (?, ?, ?, ?, ?)');
    for (let number = 1; number <= 5; number += 1) insert.run(workspaceId, '2026', 'task.deleted', `{"id":"${number}"}`, number);
    database.exec(`INSERT INTO meta VALUES ('epoch', 'e')`);
    return database;
  };
  const epochOf = (database: sqlite.DatabaseSync): unknown =>
    database.prepare(`SELECT value FROM meta WHERE key = 'epoch'`).get()?.['value'];

  it('goes on where one of before had come to', () => {
    const database = former();
    database.exec('DELETE FROM events WHERE number < 4');
    migrate(database);
    const log = createEventLog({ database, epoch: 'e', onError: unexpected });
    assert.deepEqual([epochOf(database), log.oldest, log.head], ['e', 4, 5]);
    log.publish([log.append(workspaceId, { type: 'task.deleted', payload: { id: 'x', workspaceId } }, '2026')]);
    assert.equal(log.head, 6);
    database.close();
  });

  it('begins anew where none of its events was left, since its numbers are gone with them', () => {
    const database = former();
    database.exec('DELETE FROM events');
    migrate(database);
    assert.equal(epochOf(database), undefined);
    database.close();
  });

  it('takes one page of a commit: a message changes seven at most, those of its own row and of its task among them', () => {
    const folder = mkdtempSync(join(tmpdir(), 'agentrq-pages-'));
    const file = join(folder, 'hub.db');
    const database = connectWriter(sqlite, file, 'process');
    migrate(database);
    const store = createStore(database);
    const clock = createFakeClock();
    const log = createEventLog({ database, epoch: 'e', onError: unexpected });
    const transact = createWriter({ database, store, log, clock });
    const at = '2026-01-01T00:00:00.000Z';
    const common = { workspaceId, createdAt: at };
    transact((changes) => {
      changes.saveWorkspace({ id: workspaceId, name: 'w', description: '', createdAt: at, updatedAt: at });
      changes.createTask({
        ...common,
        id: 'task0000001',
        updatedAt: at,
        createdBy: 'human',
        assignee: 'agent',
        status: 'ongoing',
        title: 'Deploy',
        body: '',
        sortOrder: 1,
      });
    });
    const write = (number: number): void => {
      const createdAt = new Date(clock.now() + number).toISOString();
      const id = `m${String(number).padStart(10, '0')}`;
      const text = 'x'.repeat(500);
      transact((changes) =>
        changes.createMessage({ ...common, id, taskId: 'task0000001', createdAt, sender: 'agent', kind: 'text', text }),
      );
    };
    for (let number = 0; number < 300; number += 1) write(number);
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    for (let number = 300; number < 600; number += 1) write(number);
    const pages = statSync(`${file}-wal`).size / frameBytes / 300;
    database.close();
    rmSync(folder, { recursive: true });
    assert.ok(pages <= 7, `${pages} pages`);
    assert.ok(pages > 4, `${pages} pages`);
  });
});
