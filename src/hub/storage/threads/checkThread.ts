import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { describeError } from '../../../util/errors.ts';
import { findDamage } from '../recovery/checkDatabase.ts';
import { sqliteTrouble } from '../sqliteTrouble.ts';

// A thread that looks through the whole database over a connection that only reads, and says what it has found.

/** Absent: nothing. */
export interface CheckResult {
  damage?: string;
  /** It could not be looked through. */
  failure?: string;
}

function check(file: string): CheckResult {
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA busy_timeout = 2000;');
    const damage = findDamage(database, 'whole');
    database.close();
    return damage === undefined ? {} : { damage };
  } catch (error) {
    return sqliteTrouble(error) === 'damaged' ? { damage: describeError(error) } : { failure: describeError(error) };
  }
}

parentPort?.postMessage(check(workerData as string));
