import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describeError } from '../../util/errors.ts';
import type { Logger } from '../../util/log.ts';
import type { EventLog } from '../log/eventLog.ts';
import { type Durability, waitsForDisk } from './connect.ts';

// SQLite writes to its write-ahead log first. Moving that into the database waits for the disk twice, and where others keep the disk busy
// nobody would be answered meanwhile. So a thread of its own does it; in WAL mode it is in nobody's way.

/** How many commits are moved at a time. Each is about eight pages. */
const commitsAtOnce = 512;

// As text, because a bundle is one file: there is none that the thread could be started with.
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(workerData.file);
  database.exec('PRAGMA trusted_schema = OFF;' + workerData.pragmas);
  const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
  parentPort.on('message', (wanted) => {
    if (wanted === 'close') {
      database.close();
      parentPort.close();
      return;
    }
    try {
      checkpoint.get();
      parentPort.postMessage({});
    } catch (error) {
      parentPort.postMessage({ failure: error.message });
    }
  });
`;

/**
 * Moves what is committed into the database `file` while the hub goes on. The thread begins with the first commits. Until they are moved,
 * or if they can't be, the writer does it itself once the write-ahead log has grown to its bound (see `connectWriter`).
 */
export function checkpointBeside(deps: { file: string; durability: Durability; eventLog: EventLog; log: Logger }): {
  /** Before the database is closed: whoever closes it last tidies up. */
  close(): Promise<void>;
} {
  const { file, durability, log } = deps;
  let thread: Worker | undefined;
  let commits = 0;
  let underWay = false;
  let failing = false;

  function start(): Worker {
    const made = new Worker(program, { eval: true, workerData: { file, pragmas: waitsForDisk(durability) }, name: 'agentrq-checkpoints' });
    made.unref();
    made.on('message', ({ failure }: { failure?: string }) => done(failure));
    // It stays under way: nothing more is asked of a thread that has ended.
    made.on('error', (error) => log.warn(`the thread for checkpoints ended: ${describeError(error)}`));
    return made;
  }

  function done(failure: string | undefined): void {
    underWay = false;
    // Perhaps the disk is full. What was committed is where it was.
    if (failure !== undefined && !failing) log.warn(`the write-ahead log could not be moved: ${failure}`);
    failing = failure !== undefined;
  }

  const listening = deps.eventLog.onDidPublish(() => {
    commits += 1;
    if (commits < commitsAtOnce || underWay) return;
    commits = 0;
    underWay = true;
    thread ??= start();
    thread.postMessage('checkpoint');
  });

  return {
    async close() {
      listening.dispose();
      if (thread === undefined || thread.threadId === -1) return;
      const ended = once(thread, 'exit');
      thread.ref();
      thread.postMessage('close');
      await ended;
    },
  };
}
