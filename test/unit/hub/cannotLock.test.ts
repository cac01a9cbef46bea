import assert from 'node:assert/strict';
import { chmodSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as sqlite from 'node:sqlite';
import { lockHome } from '../../../src/hub/lifecycle/lockHome.ts';
import type { SqliteLoader } from '../../../src/hub/storage/connect.ts';
import { openDatabase } from '../../../src/hub/storage/database.ts';
import { nullLog } from '../../../src/util/log.ts';
import { makeHome } from '../../support/testHub.ts';

/** SQLite on a file system that answers a lock with this. */
function failing(errcode: number, when: RegExp): SqliteLoader {
  class DatabaseSync extends sqlite.DatabaseSync {
    override exec(sql: string): void {
      if (when.test(sql)) throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode });
      super.exec(sql);
    }
  }
  return () => ({ ...sqlite, DatabaseSync });
}

describe('a home folder on a file system that can’t lock', () => {
  let home: string;
  beforeEach(() => {
    home = makeHome();
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const sentence = { code: 'home-cannot-lock', message: /can’t lock files.*agentrq\.hub\.home.*on a disk of this machine/ };

  for (const errcode of [15, 22, 2058, 2314, 3594, 3850, 5130, 5386]) {
    it(`is named as the trouble, and nothing is to be deleted: SQLite's error ${errcode}`, async () => {
      await assert.rejects(lockHome({ home, load: failing(errcode, /BEGIN EXCLUSIVE/) }), sentence);
      const open = { home, durability: 'process', now: 0, log: nullLog } as const;
      openDatabase(open).database.close();
      assert.throws(() => openDatabase({ ...open, load: failing(errcode, /journal_mode/) }), sentence);
    });
  }

  // What SQLite makes of a system that says ENOLCK.
  it('is named as the trouble where every lock is said to be taken', async () => {
    await assert.rejects(lockHome({ home, load: failing(5, /BEGIN EXCLUSIVE/) }), sentence);
    assert.deepEqual(
      readdirSync(home).filter((name) => name.startsWith('.lock')),
      [],
    );
  });

  it('is not what a hub says of another one, nor of a file that it won’t use', async () => {
    const other = new sqlite.DatabaseSync(join(home, 'hub.lock'));
    chmodSync(join(home, 'hub.lock'), 0o600);
    other.exec('BEGIN EXCLUSIVE');
    await assert.rejects(lockHome({ home }), { code: 'home-taken' });
    other.close();
    await assert.rejects(lockHome({ home, load: failing(26, /BEGIN EXCLUSIVE/) }), { code: 'home-not-writable', message: /Delete it/ });
  });
});
