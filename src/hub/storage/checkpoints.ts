import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { EventLog } from '../log/eventLog.ts';
import { type Durability, waitsForDisk } from './connect.ts';
import type { CheckpointData, CheckpointResult, ToCheckpointThread } from './threads/checkpointThread.ts';
import { startThread } from './threads/startThread.ts';

// SQLite writes to its write-ahead log first. Moving that into the database waits for the disk twice, and where others keep the disk busy
// nobody would be answered meanwhile. So a thread of its own does it; in WAL mode it is in nobody's way.

/** Commits that are worth a checkpoint once nothing was written for `quietMs`. Each is about six pages. */
const worthwhile = 64;
const quietMs = 1_000;
/** Commits that are checkpointed without waiting for a quiet moment. */
const tooMany = 1_536;

/**
 * Checkpoints the write-ahead log of the database `file` in a thread: when the hub is idle, or when many commits have gathered. The thread
 * is started at the first checkpoint. If it falls behind, the writer checkpoints inline at the bound of the log (see `connectWriter`).
 */
export function startCheckpointWorker(deps: { file: string; durability: Durability; eventLog: EventLog; clock: Clock; log: Logger }): {
  /** To be called before the database is closed: the last connection to close empties the write-ahead log. */
  close(): Promise<void>;
} {
  const { file, durability, clock, log } = deps;
  let thread: Worker | undefined;
  let commits = 0;
  let waiting: Disposable | undefined;
  let underWay = false;
  let failing = false;

  function start(): Worker {
    const data: CheckpointData = { file, pragmas: waitsForDisk(durability) };
    const made = startThread('checkpoint', data);
    made.on('message', ({ failure }: CheckpointResult) => done(failure));
    // `underWay` stays true, so no further checkpoint is requested from a thread that has ended.
    made.on('error', (error) => log.warn(`the thread for checkpoints ended: ${describeError(error)}`));
    return made;
  }

  function done(failure: string | undefined): void {
    underWay = false;
    // Perhaps the disk is full. What was committed is where it was.
    if (failure !== undefined && !failing) log.warn(`the write-ahead log could not be moved: ${failure}`);
    failing = failure !== undefined;
  }

  function move(): void {
    if (underWay) return;
    commits = 0;
    thread ??= start();
    underWay = true;
    tell(thread, 'checkpoint');
  }

  function tell(to: Worker, wanted: ToCheckpointThread): void {
    to.postMessage(wanted);
  }

  function waitForQuiet(seen: number): void {
    waiting = clock.after(quietMs, () => {
      waiting = undefined;
      if (commits > seen) waitForQuiet(commits);
      else if (commits >= worthwhile) move();
    });
  }

  const listening = deps.eventLog.onDidPublish(() => {
    commits += 1;
    if (commits >= tooMany) move();
    else if (commits === worthwhile && waiting === undefined) waitForQuiet(commits);
  });

  return {
    async close() {
      listening.dispose();
      waiting?.dispose();
      if (thread === undefined || thread.threadId === -1) return;
      const ended = once(thread, 'exit');
      thread.ref();
      tell(thread, 'close');
      await ended;
    },
  };
}
