import { Worker } from 'node:worker_threads';
import { type Clock } from '../../../util/clock.ts';
import { describeError } from '../../../util/errors.ts';
import { type Disposable, DisposableStore, toDisposable } from '../../../util/lifecycle.ts';
import type { Logger } from '../../../util/log.ts';

// The whole database is looked through while the hub is at work, which takes a second for every 300 MB. So it happens in a thread of
// its own, over a connection that only reads; in WAL mode it is in nobody's way.

// As text, because a bundle is one file: there is none that the thread could be started with.
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  let found;
  try {
    const database = new DatabaseSync(workerData, { readOnly: true });
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA busy_timeout = 2000;');
    const [said] = Object.values(database.prepare('PRAGMA integrity_check(1)').get());
    if (said !== 'ok') found = { damage: said };
    database.close();
  } catch (error) {
    found = [11, 26].includes(error.errcode & 255) ? { damage: error.message } : { failure: error.message };
  }
  parentPort.postMessage(found ?? {});
`;

/** Looks through the database `file` once, `afterMs` from now, unless it is disposed before. */
export function checkInBackground(deps: {
  file: string;
  afterMs: number;
  clock: Clock;
  log: Logger;
  /** `what` is the first problem that was found. */
  onDamage: (what: string) => void;
}): Disposable {
  const { file, log } = deps;
  const owned = new DisposableStore();
  owned.add(
    deps.clock.after(deps.afterMs, () => {
      const thread = new Worker(program, { eval: true, workerData: file, name: 'agentrq-check' });
      thread.unref();
      owned.add(toDisposable(() => void thread.terminate()));
      thread.once('error', (error) => log.warn(`the database could not be checked: ${describeError(error)}`));
      thread.once('message', ({ damage, failure }: { damage?: string; failure?: string }) => {
        if (owned.disposed) return;
        if (failure !== undefined) log.warn(`the database could not be checked: ${failure}`);
        else if (damage === undefined) log.info('the database is whole');
        else deps.onDamage(damage);
      });
    }),
  );
  return owned;
}
