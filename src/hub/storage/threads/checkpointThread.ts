import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { describeError } from '../../../util/errors.ts';

// A thread that moves the write-ahead log into the database whenever it is told to.

/** What it is started with. */
export interface CheckpointData {
  file: string;
  /** For what its connection waits (see `waitsForDisk`). */
  pragmas: string;
}

/** What it is told. */
export type ToCheckpointThread = 'checkpoint' | 'close';

/** What it says after each checkpoint. */
export interface CheckpointResult {
  failure?: string;
}

const { file, pragmas } = workerData as CheckpointData;
const database = new DatabaseSync(file);
database.exec(`PRAGMA trusted_schema = OFF;${pragmas}`);
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');

function move(): CheckpointResult {
  try {
    checkpoint.get();
    return {};
  } catch (error) {
    return { failure: describeError(error) };
  }
}

parentPort?.on('message', (wanted: ToCheckpointThread) => {
  if (wanted === 'checkpoint') {
    parentPort?.postMessage(move());
    return;
  }
  database.close();
  parentPort?.close();
});
