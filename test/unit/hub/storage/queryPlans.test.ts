import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { createEventLog } from '../../../../src/hub/log/eventLog.ts';
import { migrate } from '../../../../src/hub/storage/migrations.ts';
import { createStore } from '../../../../src/hub/storage/store.ts';
import { unexpected } from '../../../support/unexpected.ts';

// No query of the hub may look at every row of a table that grows. Each statement that the hub prepares is asked how SQLite means to
// carry it out.

/** What may be read whole, and why. */
const wholeReads: readonly { sql: RegExp; scans: string; why: string }[] = [
  { sql: /^SELECT [\w, ]+ FROM workspaces ORDER BY id$/, scans: 'workspaces', why: 'the board shows all of them; one for each folder' },
  {
    sql: /^SELECT [\w, ]+ FROM agents ORDER BY id$/,
    scans: 'agents',
    why: 'the board shows all of them; one for each program and workspace',
  },
  { sql: /^SELECT [\w, ]+ FROM rules ORDER BY id$/, scans: 'rules', why: 'the board shows all of them; a person made each' },
  { sql: /^SELECT [\w, ]+ FROM sessions ORDER BY id$/, scans: 'sessions', why: 'old ones are swept out, and each workspace has few' },
  { sql: /FROM attachments$/, scans: 'attachments', why: 'at each upload; what they may take bounds how many there are' },
  { sql: /json_each\(\?\)/, scans: 'json_each', why: 'a list that is handed in' },
];
/** Prepared for every table alike, and asked by nobody of these. */
const neverRun = /^(SELECT [\w, ]+ FROM (tasks|messages|attachments|requests|waits) ORDER BY id|DELETE FROM workspaces WHERE id = \?)$/;

interface Finding {
  sql: string;
  scans: string;
}

function prepared(prepare: (database: DatabaseSync) => void): { database: DatabaseSync; statements: string[] } {
  const statements: string[] = [];
  class Listening extends DatabaseSync {
    override prepare(sql: string): ReturnType<DatabaseSync['prepare']> {
      statements.push(sql.replace(/\s+/g, ' ').trim());
      return super.prepare(sql);
    }
  }
  const database = new Listening(':memory:');
  migrate(database);
  statements.length = 0;
  prepare(database);
  return { database, statements: [...statements] };
}

function wholeScans(prepare: (database: DatabaseSync) => void): Finding[] {
  const { database, statements } = prepared(prepare);
  // An index that holds only some of the rows may be read whole: that is what it is for.
  const rows = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'index' AND sql LIKE '% WHERE %'`).all();
  const partial = new Set(rows.map(({ name }) => name));
  return statements.flatMap((sql) => {
    if (sql.startsWith('PRAGMA')) return [];
    const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    return plan.flatMap(({ detail }) => {
      const [, scans, index] = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(String(detail)) ?? [];
      return scans === undefined || partial.has(index ?? '') ? [] : [{ sql, scans }];
    });
  });
}

function prepareAll(database: DatabaseSync): void {
  createStore(database);
  createEventLog({ database, epoch: 'e', onError: unexpected });
}

describe('the queries of the hub', () => {
  it('use an index, or read a table that is small', () => {
    const { statements } = prepared(prepareAll);
    assert.ok(statements.length > 70, `only ${statements.length} statements were seen`);
    const findings = wholeScans(prepareAll).filter(({ sql }) => !neverRun.test(sql));
    const allowed = (finding: Finding): boolean => wholeReads.some(({ sql, scans }) => scans === finding.scans && sql.test(finding.sql));
    assert.deepEqual(
      findings.filter((finding) => !allowed(finding)),
      [],
    );
    for (const entry of wholeReads)
      assert.ok(
        findings.some(({ sql }) => entry.sql.test(sql)),
        `nothing needs to be allowed: ${entry.why}`,
      );
  });

  it('would be found if they read a table whole', () => {
    const planted = [
      `SELECT id FROM requests WHERE status = 'open'`,
      'SELECT id FROM messages WHERE requestId = ?',
      'DELETE FROM tasks WHERE title = ?',
      'UPDATE messages SET delivery = NULL WHERE agentId = ?',
      // What refers to a workspace is looked through when its id is set, if only to what it was.
      'UPDATE workspaces SET id = id WHERE id = ?',
      'SELECT t.id FROM tasks AS t JOIN messages AS m ON m.taskId = t.id WHERE t.status = ?',
    ];
    for (const sql of planted) {
      assert.ok(wholeScans((database) => database.prepare(sql)).length > 0, sql);
    }
  });
});
