import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { openDatabase } from '../../../../src/hub/storage/database.ts';
import type { OpenedDatabase } from '../../../../src/hub/storage/recovery/openRecovered.ts';
import { createStore } from '../../../../src/hub/storage/store.ts';
import { nullLog } from '../../../../src/util/log.ts';
import { inEnglish } from '../../../../src/util/sentence.ts';
import { contentsOf, damagePages, type FilledHome, filledWorkspaceId, fillHome, pagesOf } from '../../../support/filledHome.ts';
import { runs } from '../../../support/generated.ts';
import { makeHome } from '../../../support/testHub.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);

function open(home: string): OpenedDatabase {
  return openDatabase({ home, durability: 'process', now, log: nullLog });
}

/** Has the next start look at it closely, whatever it is like. */
function suspect({ file }: FilledHome): void {
  writeFileSync(`${file}.suspect`, '', { mode: 0o600 });
}

/** What a reader gets who stops at the first fault. */
function naivelyRead(file: string, table: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  let rows = 0;
  try {
    for (const _ of database.prepare(`SELECT * FROM ${table} NOT INDEXED ORDER BY rowid`).iterate()) rows += 1;
  } catch {
    // That is as far as it gets.
  }
  database.close();
  return rows;
}

function assertSound(database: DatabaseSync): void {
  assert.equal(database.prepare('PRAGMA integrity_check').get()?.['integrity_check'], 'ok');
  assert.deepEqual(database.prepare('PRAGMA foreign_key_check').all(), []);
}

describe('a damaged database', () => {
  let filled: FilledHome;
  const homes: string[] = [];

  function fill(count: number): FilledHome {
    filled = fillHome(count);
    homes.push(filled.home);
    return filled;
  }

  afterEach(() => {
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });

  it('is set aside as it is, and all that its tables still hold is back, with a new log', () => {
    const { home, file, tasks, messages, requests } = fill(60);
    damagePages(file, pagesOf(file, 'tasksByStatus', 'leaf'));
    suspect(filled);
    const before = readFileSync(file);
    const { database, notice } = open(home);
    assert.deepEqual(
      readdirSync(home).filter((name) => !/-(wal|shm)$/.test(name)),
      ['hub.db', 'hub.db.damaged-20260102T030405Z'],
    );
    assert.deepEqual(readFileSync(join(home, 'hub.db.damaged-20260102T030405Z')), before);
    assert.match(
      notice === undefined ? '' : inEnglish(notice),
      /All of it could be read: 60 tasks, 240 messages and 60 requests are back\. .*hub\.db\.damaged-20260102T030405Z\.$/,
    );
    const store = createStore(database);
    const found = contentsOf(store);
    assert.deepEqual(found.messages, messages);
    assert.deepEqual(found.requests, requests);
    assert.deepEqual(
      found.tasks.map((task) => ({ ...task, lastMessageAt: undefined })),
      tasks.map((task) => ({ ...task, lastMessageAt: undefined })),
    );
    assert.equal(store.meta.get('hubId'), 'the-hub');
    assert.equal(store.meta.get('epoch'), undefined);
    assertSound(database);
    for (const name of readdirSync(home)) assert.equal(statSync(join(home, name)).mode & 0o077, 0, name);
    database.close();
  });

  it('gets back from its events what its tables no longer hold', () => {
    const { home, file, messages } = fill(60);
    const leaves = pagesOf(file, 'messages', 'leaf');
    damagePages(file, [leaves[3] ?? 0, leaves.at(-1) ?? 0, ...pagesOf(file, 'workspaces', 'leaf')]);
    suspect(filled);
    assert.ok(naivelyRead(file, 'messages') < 50, 'the damage is in the way of a plain read');
    const { database } = open(home);
    assert.deepEqual(contentsOf(createStore(database)).messages, messages);
    assert.equal(createStore(database).workspaces.get(filledWorkspaceId)?.name, 'filled');
    assertSound(database);
    database.close();
  });

  it('brings no row along that would keep a window from reading the board, and has it from the events instead', () => {
    const { home, file, tasks, requests } = fill(20);
    const raw = new DatabaseSync(file);
    raw.exec(`
      UPDATE tasks SET status = 'ongoinf' WHERE id = 't0000000003';
      UPDATE requests SET choices = '["Yes"' WHERE id = 'r0000000004';
      UPDATE requests SET answer = '{"at":7}' WHERE id = 'r0000000005';`);
    assert.throws(() => createStore(raw).requests.all(), SyntaxError, 'the rows are in the way');
    raw.close();
    damagePages(file, pagesOf(file, 'tasksByStatus', 'leaf'));
    suspect(filled);
    const { database, notice } = open(home);
    const found = contentsOf(createStore(database));
    assert.equal(found.tasks.find(({ id }) => id === 't0000000003')?.status, tasks[3]?.status);
    assert.deepEqual(found.requests, requests);
    assert.match(notice === undefined ? '' : inEnglish(notice), /All of it could be read/);
    database.close();
  });

  it('brings no decision along that nobody could read, and knows the files of its messages without their rows', () => {
    const { home, file, requests } = fill(20);
    const raw = new DatabaseSync(file);
    const attachment = { id: 'a0000000001', name: 'shot.png', mimeType: 'image/png', size: 7 };
    raw.prepare('UPDATE messages SET attachments = ? WHERE id = (SELECT max(id) FROM messages)').run(JSON.stringify([attachment]));
    const add = raw.prepare('INSERT INTO decisions (id, workspaceId, entry, words) VALUES (?, ?, ?, ?)');
    add.run('d0000000001', filledWorkspaceId, JSON.stringify({ request: requests[0] }), 'sound');
    add.run('d0000000002', filledWorkspaceId, '{"request":', 'torn');
    add.run('d0000000003', filledWorkspaceId, '{"request":{}}', 'another thing');
    const kept = raw.prepare('SELECT taskId, createdAt FROM messages WHERE attachments IS NOT NULL').get();
    raw.close();
    damagePages(file, pagesOf(file, 'tasksByStatus', 'leaf'));
    suspect(filled);
    const { database, notice } = open(home);
    const store = createStore(database);
    assert.deepEqual(store.decisions.get('d0000000001')?.request, requests[0]);
    assert.deepEqual([store.decisions.get('d0000000002'), store.decisions.get('d0000000003')], [undefined, undefined]);
    assert.match(notice === undefined ? '' : inEnglish(notice), /at least 2 entries are lost/);
    assert.deepEqual(store.attachments.get(attachment.id), { ...attachment, workspaceId: filledWorkspaceId, ...kept });
    database.close();
  });

  it('does not bring back what was deleted', () => {
    const { home, file } = fill(60);
    const { database } = open(home);
    const store = createStore(database);
    database.exec(`PRAGMA foreign_keys = ON; DELETE FROM tasks WHERE id = 't0000000007'`);
    database.exec(
      `INSERT INTO events (workspaceId, at, type, payload) VALUES ('${filledWorkspaceId}', '2026', 'task.deleted', '{"id":"t0000000007","workspaceId":"${filledWorkspaceId}"}')`,
    );
    assert.equal(store.tasks.all().length, 59);
    database.close();
    damagePages(file, pagesOf(file, 'messages', 'leaf').slice(2, 4));
    suspect(filled);
    const again = open(home);
    const found = contentsOf(createStore(again.database));
    assert.equal(found.tasks.length, 59);
    assert.equal(found.messages.length, 236);
    assert.equal(found.requests.length, 59);
    again.database.close();
  });

  it('says how much is lost when the events are gone too, and makes up what the rest belongs to', () => {
    const { home, file, messages } = fill(60);
    damagePages(file, [...pagesOf(file, 'events', 'internal'), ...pagesOf(file, 'events', 'leaf')]);
    damagePages(file, [...pagesOf(file, 'workspaces', 'leaf'), ...pagesOf(file, 'tasks', 'leaf').slice(1, 2)]);
    suspect(filled);
    const { database, notice } = open(home);
    assert.match(notice === undefined ? '' : inEnglish(notice), /at least [1-9]\d* entries are lost/);
    const store = createStore(database);
    const found = contentsOf(store);
    assert.deepEqual(found.messages, messages);
    assert.equal(found.tasks.length, 60);
    const madeUp = found.tasks.filter(({ title }) => title === 'Salvaged task');
    assert.ok(madeUp.length > 0 && madeUp.length < 30, `${madeUp.length} were made up`);
    assert.equal(store.workspaces.get(filledWorkspaceId)?.name, `Salvaged ${filledWorkspaceId}`);
    assertSound(database);
    database.close();
  });

  it('reads on behind a hole that is larger than the steps it looks for its end with', () => {
    const { home, file, messages } = fill(1_500);
    const [first] = pagesOf(file, 'messages', 'internal').slice(1);
    assert.ok(first !== undefined, 'the table has more than one level');
    damagePages(file, [first, ...pagesOf(file, 'events', 'internal')]);
    suspect(filled);
    const { database } = open(home);
    const found = contentsOf(createStore(database)).messages;
    assert.ok(found.length < messages.length && found.length > messages.length / 3, `${found.length} of ${messages.length}`);
    assert.equal(found.at(-1)?.id, messages.at(-1)?.id);
    assert.equal(naivelyRead(file, 'messages'), found.length, 'and the new one is whole');
    database.close();
  });

  it('gives sound data and invents nothing, wherever it is damaged', () => {
    const { home, file, tasks, messages, requests } = fill(40);
    const sound = `${file}.sound`;
    copyFileSync(file, sound);
    const pages = statSync(file).size / 4_096;
    const known = new Set([...messages, ...requests].map((item) => JSON.stringify(item)));
    const titles = new Set([...tasks.map(({ title }) => title), 'Salvaged task']);
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: pages }), { minLength: 1, maxLength: 8 }), (damaged) => {
        for (const name of readdirSync(home)) if (!name.endsWith('.sound')) rmSync(join(home, name));
        copyFileSync(sound, file);
        damagePages(file, damaged);
        suspect(filled);
        const { database } = open(home);
        const found = contentsOf(createStore(database));
        for (const item of [...found.messages, ...found.requests]) assert.ok(known.has(JSON.stringify(item)), JSON.stringify(item));
        for (const { title } of found.tasks) assert.ok(titles.has(title), title);
        assertSound(database);
        database.close();
      }),
      { numRuns: runs(8) },
    );
  });

  it('is replaced by an empty one when nothing of it can be read, or when it is no database at all', () => {
    const { home, file } = fill(10);
    damagePages(file, [1]);
    const first = open(home);
    assert.match(
      first.notice === undefined ? '' : inEnglish(first.notice),
      /nothing in it could be read, so the hub starts empty: connect your agents again/,
    );
    assert.deepEqual(createStore(first.database).tasks.all(), []);
    first.database.close();

    rmSync(file);
    writeFileSync(file, 'this is no database, but long enough to be taken for one'.repeat(100), { mode: 0o600 });
    const second = open(home);
    assert.match(second.notice === undefined ? '' : inEnglish(second.notice), /starts empty.*hub\.db\.damaged-20260102T030405Z-2/);
    assert.match(readFileSync(`${file}.damaged-20260102T030405Z-2`, 'utf8'), /^this is no database/);
    second.database.close();

    const other = makeHome();
    homes.push(other);
    const foreign = new DatabaseSync(join(other, 'hub.db'));
    foreign.exec('CREATE TABLE recipes (name TEXT)');
    foreign.close();
    chmodSync(join(other, 'hub.db'), 0o600);
    const third = open(other);
    assert.match(third.notice === undefined ? '' : inEnglish(third.notice), /was not a database of the hub\. It is kept as .*damaged-/);
    third.database.close();
  });

  it('is looked at before it is used when it was not closed, and only then', () => {
    const { home, file, messages } = fill(60);
    const leaves = pagesOf(file, 'messages', 'leaf');
    damagePages(file, leaves.slice(3, 4));
    const closed = open(home);
    assert.equal(closed.notice, undefined, 'a database that was closed in order is believed at first');
    // What a hub that dies leaves behind: a write-ahead log.
    closed.database.exec(`INSERT INTO meta (key, value) VALUES ('a', 'b')`);
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, join(home, `copy${suffix}`));
    closed.database.close();
    for (const suffix of ['', '-wal']) copyFileSync(join(home, `copy${suffix}`), file + suffix);
    const { database, notice } = open(home);
    assert.match(notice === undefined ? '' : inEnglish(notice), /was damaged/);
    assert.deepEqual(contentsOf(createStore(database)).messages, messages);
    assert.equal(createStore(database).meta.get('a'), 'b', 'what stood in the write-ahead log is there, too');
    assert.ok(existsSync(`${file}.damaged-20260102T030405Z-wal`), 'the write-ahead log is set aside with it');
    database.close();
  });

  it('is replaced in the end, when the hub dies between any two steps of it', () => {
    const { home, file, messages } = fill(20);
    damagePages(file, pagesOf(file, 'messages', 'leaf').slice(1, 2));
    suspect(filled);
    writeFileSync(`${file}.salvaging`, 'a copy that was not completed', { mode: 0o600 });
    const first = open(home);
    assert.deepEqual(contentsOf(createStore(first.database)).messages, messages);
    first.database.close();

    // It died when the copy was complete, and again when the old one was out of the way.
    const complete = readFileSync(file);
    for (const step of ['before it was set aside', 'after it was set aside']) {
      writeFileSync(`${file}.salvaged`, complete, { mode: 0o600 });
      writeFileSync(`${file}.suspect`, '', { mode: 0o600 });
      if (step.startsWith('after')) rmSync(file);
      const next = open(home);
      assert.match(next.notice === undefined ? '' : inEnglish(next.notice), /What could be read is back/, step);
      assert.deepEqual(contentsOf(createStore(next.database)).messages, messages, step);
      next.database.close();
      assert.equal(open(home).notice, undefined, step);
    }
  });
});
