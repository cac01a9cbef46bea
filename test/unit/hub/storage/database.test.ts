import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { prepareHome } from '../../../../src/hub/identity/homeFolder.ts';
import { StartError, type StartErrorCode } from '../../../../src/hub/lifecycle/startError.ts';
import type { Durability } from '../../../../src/hub/storage/connect.ts';
import { openDatabase } from '../../../../src/hub/storage/database.ts';
import { migrate, newestVersion, versionOf } from '../../../../src/hub/storage/migrations.ts';
import type { OpenedDatabase } from '../../../../src/hub/storage/recovery/openRecovered.ts';
import { createStore } from '../../../../src/hub/storage/store.ts';
import { nullLog } from '../../../../src/util/log.ts';
import { formerSchema, formerVersion } from '../../../support/formerSchema.ts';
import { makeHome } from '../../../support/testHub.ts';

let home: string;
let file: string;

function open(durability: Durability = 'process'): OpenedDatabase {
  return openDatabase({ home, durability, now: 0, log: nullLog });
}

function refused(code: StartErrorCode, message: RegExp): void {
  assert.throws(open, (error) => {
    assert.ok(error instanceof StartError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

/** A database of the schema before this one with a workspace in it, as a hub of that version left it. */
function writeFormerVersion(change = ''): void {
  writeFileSync(file, '', { mode: 0o600 });
  const database = new DatabaseSync(file);
  formerSchema(database);
  database.exec(`INSERT INTO workspaces VALUES ('workspace01', 'first', '', NULL, '2026', '2026'); ${change}`);
  database.close();
}

/** Tables with their columns, indexes and triggers, in whatever order they were made. */
function schemaOf(database: DatabaseSync): unknown {
  const words = (text: unknown): string => String(text).replaceAll(/\s+/g, ' ').replaceAll('"', '');
  const things = database.prepare(`SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY name`).all();
  const columns = database.prepare('SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?) ORDER BY name');
  const foreign = database.prepare('SELECT "table", "from", "to", on_delete FROM pragma_foreign_key_list(?) ORDER BY "from"');
  return things.map(({ type, name, sql }) => {
    if (type !== 'table') return [name, words(sql)];
    return [name, words(sql).endsWith('STRICT'), columns.all(String(name)), foreign.all(String(name))];
  });
}

function setting(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
}

describe('the database', () => {
  beforeEach(() => {
    home = makeHome();
    file = join(home, 'hub.db');
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('waits for the disk with each commit where that is asked, and otherwise does not', () => {
    for (const [durability, synchronous, fullfsync] of [
      ['process', 1, 0],
      ['full', 2, 1],
    ] as const) {
      const { database } = open(durability);
      assert.equal(setting(database, 'journal_mode'), 'wal');
      assert.equal(setting(database, 'synchronous'), synchronous);
      assert.equal(setting(database, 'fullfsync'), fullfsync);
      database.close();
    }
  });

  it('trusts nothing that its file might bring along, and keeps to what was declared', () => {
    const { database } = open();
    assert.equal(setting(database, 'trusted_schema'), 0);
    assert.equal(setting(database, 'foreign_keys'), 1);
    // Defensive: the schema can't be written to.
    database.exec('PRAGMA writable_schema = ON');
    assert.throws(() => database.exec(`DELETE FROM sqlite_schema WHERE name = 'tasks'`), /may not be modified/);
    assert.throws(() => database.exec(`SELECT load_extension('x')`), /not authorized|no such function/);
    database.exec('CREATE VIEW planted AS SELECT rtreecheck(0)');
    assert.throws(() => database.prepare('SELECT * FROM planted').all(), /unsafe use of/);
    database.close();
    // The plant works where nobody guards against it.
    const plain = new DatabaseSync(file, { defensive: false });
    assert.throws(
      () => plain.prepare('SELECT * FROM planted').all(),
      (error) => !String(error).includes('unsafe use of'),
    );
    plain.close();
  });

  it('gives deleted pages back to the disk piece by piece', () => {
    const { database } = open();
    assert.equal(setting(database, 'auto_vacuum'), 2);
    database.close();
  });

  it('is readable for its user alone, with all that lies beside it', () => {
    const mask = process.umask(0);
    try {
      writeFormerVersion();
      const { database } = open();
      database.exec(`INSERT INTO meta VALUES ('a', 'b')`);
      const names = readdirSync(home);
      assert.deepEqual(names, ['hub.db', `hub.db-shm`, 'hub.db-wal', `hub.db.before-v${newestVersion}`]);
      for (const name of names) assert.equal(statSync(join(home, name)).mode & 0o777, 0o600, name);
      database.close();
    } finally {
      process.umask(mask);
    }
  });

  it('is refused when others could have got at it, or when it is a link', () => {
    open().database.close();
    for (const mode of [0o640, 0o604, 0o620, 0o666]) {
      chmodSync(file, mode);
      refused('home-not-writable', /won't use .*hub\.db: it must be a plain file that only you can read/);
    }
    chmodSync(file, 0o600);
    for (const name of ['hub.db', 'hub.db-wal', 'hub.db-shm']) {
      const [path, elsewhere] = [join(home, name), join(home, 'elsewhere')];
      if (existsSync(path)) renameSync(path, elsewhere);
      else writeFileSync(elsewhere, '', { mode: 0o600 });
      symlinkSync(elsewhere, path);
      refused('home-not-writable', new RegExp(`${name}: it must be a plain file`));
      rmSync(path);
      if (name === 'hub.db') renameSync(elsewhere, path);
    }
    open().database.close();
    rmSync(file);
    mkdirSync(file);
    refused('home-not-writable', /must be a plain file/);
  });

  it('lies in a folder that nobody else can write to', () => {
    const folder = join(home, 'folder');
    prepareHome(folder);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    for (const mode of [0o770, 0o707, 0o720]) {
      chmodSync(folder, mode);
      assert.throws(() => prepareHome(folder), /won't use its folder .*nobody else can write to/, mode.toString(8));
    }
    chmodSync(folder, 0o755);
    prepareHome(folder);
    const link = join(home, 'link');
    symlinkSync(folder, link);
    assert.throws(() => prepareHome(link), /won't use its folder .*no link/);
  });

  it('is copied before its schema is changed, and the two newest copies are kept', () => {
    for (const [age, version] of [99, 97, 98].entries()) {
      writeFileSync(`${file}.before-v${version}`, 'an older copy', { mode: 0o600 });
      utimesSync(`${file}.before-v${version}`, 1_000 - age, 1_000 - age);
    }
    writeFormerVersion();
    const { database, notice } = open();
    assert.equal(versionOf(database), newestVersion);
    assert.equal(notice, undefined);
    database.close();
    assert.deepEqual(
      readdirSync(home).filter((name) => name.includes('before')),
      [`hub.db.before-v${newestVersion}`, 'hub.db.before-v99'],
    );
    const copy = new DatabaseSync(`${file}.before-v${newestVersion}`, { readOnly: true });
    assert.equal(versionOf(copy), formerVersion);
    assert.equal(copy.prepare('SELECT name FROM workspaces').get()?.['name'], 'first');
    copy.close();
    // Nothing to change: no copy.
    rmSync(`${file}.before-v${newestVersion}`);
    open().database.close();
    assert.ok(!existsSync(`${file}.before-v${newestVersion}`));
  });

  it('is left as it was when its schema can not be changed', () => {
    writeFormerVersion('CREATE TABLE deliveries (in_the_way TEXT)');
    refused('migration-failed', /could not be changed .* left as it was; there is a copy/);
    const database = new DatabaseSync(file, { readOnly: true });
    assert.equal(versionOf(database), formerVersion);
    const columns = database.prepare(`SELECT name FROM pragma_table_info('tasks')`).all();
    assert.ok(!columns.some(({ name }) => name === 'connectionId'), 'not even a part of the change is left');
    assert.equal(database.prepare('SELECT name FROM workspaces').get()?.['name'], 'first');
    database.close();
    assert.ok(existsSync(`${file}.before-v${newestVersion}`));
  });

  it('of the hubs of before is brought to the schema that a new one has, with all that is in it', () => {
    writeFormerVersion(`
      INSERT INTO agents (id, workspaceId, name, connected, lastHeardAt) VALUES ('agent000001', 'workspace01', 'codex', 0, '2026');
      INSERT INTO tasks (id, workspaceId, createdAt, updatedAt, createdBy, assignee, status, title, body, sortOrder, via, claimedVia, claimedUntil)
        VALUES ('task0000001', 'workspace01', '2026', '2026', 'human', 'agent', 'notstarted', 'T', '', 1, 'session:1', 'session:2', 7);
      INSERT INTO messages (id, workspaceId, taskId, createdAt, sender, kind, text, delivery, toAgentId, toVia)
        VALUES ('message0001', 'workspace01', 'task0000001', '2026', 'human', 'text', 'Hi', 'offered', 'agent000001', 'session:3');
      INSERT INTO requests (id, workspaceId, taskId, agentId, kind, status, question, choices, multiple, createdAt, updatedAt, via, door, externalId)
        VALUES ('request0001', 'workspace01', 'task0000001', 'agent000001', 'question', 'open', 'Q', '[]', 0, '2026', '2026', 'hook:4', 'hook', 'x');
      INSERT INTO offers VALUES ('message0001', 'message', 'workspace01', 'agent000001', 'session:5', 'sent');
      INSERT INTO waits VALUES ('wait0000001', 'workspace01', 'agent000001', 'session:6', '{}', 'open', '2026', '2026', NULL);`);
    const { database } = open();
    const store = createStore(database);
    assert.equal(store.tasks.connectionOf('task0000001'), 'session:1');
    const next = (connectionId: string) => store.tasks.next({ workspaceId: 'workspace01', connectionId, agentIds: [], now: 6 });
    assert.equal(next('session:9'), undefined, 'it is kept for another session');
    assert.equal(next('session:2')?.id, 'task0000001');
    assert.deepEqual(store.messages.recipient('message0001'), { agentId: 'agent000001', connectionId: 'session:3' });
    assert.deepEqual(store.requests.route('request0001'), { connectionId: 'hook:4', source: 'hook', externalId: 'x' });
    assert.deepEqual(
      store.deliveries.ofItem('message0001').map(({ connectionId, state }) => [connectionId, state]),
      [['session:5', 'sent']],
    );
    assert.equal(store.waits.get('wait0000001')?.connectionId, 'session:6');
    const fresh = new DatabaseSync(':memory:');
    migrate(fresh);
    assert.deepEqual(schemaOf(database), schemaOf(fresh));
    database.exec(`DELETE FROM messages`);
    assert.deepEqual(store.deliveries.ofItem('message0001'), [], 'a message takes its deliveries with it');
    fresh.close();
    database.close();
  });

  it('of a version that was never released is left as it was, with what to do', () => {
    for (const version of [1, formerVersion - 1]) {
      rmSync(home, { recursive: true });
      mkdirSync(home, { mode: 0o700 });
      writeFileSync(file, '', { mode: 0o600 });
      const database = new DatabaseSync(file);
      formerSchema(database, version);
      database.close();
      refused('migration-failed', /could not be changed .* left as it was; there is a copy .* Go back to the version/);
      const left = new DatabaseSync(file, { readOnly: true });
      assert.equal(versionOf(left), version);
      left.close();
    }
  });

  it('is refused when it can not be copied before that', () => {
    writeFormerVersion();
    mkdirSync(`${file}.before-v${newestVersion}`);
    writeFileSync(join(`${file}.before-v${newestVersion}`, 'in the way'), '');
    refused('database-failed', /can’t use its database/);
    const database = new DatabaseSync(file, { readOnly: true });
    assert.equal(versionOf(database), formerVersion);
    database.close();
  });

  it('of a newer version is refused, and left alone', () => {
    open().database.close();
    const database = new DatabaseSync(file);
    database.exec(`PRAGMA journal_mode = DELETE; PRAGMA user_version = ${newestVersion + 1}`);
    database.close();
    const before = readFileSync(file);
    refused('database-newer', /A newer version of AgentRQ wrote .*Update AgentRQ/);
    assert.deepEqual(readFileSync(file), before);
  });

  it('that another program holds is refused with what to do', () => {
    open().database.close();
    const other = new DatabaseSync(file);
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    refused('database-failed', /Another program holds it.*restart the hub/);
    other.close();
    open().database.close();
  });
});
