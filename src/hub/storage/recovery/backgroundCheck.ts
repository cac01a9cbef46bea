import type { Clock } from '../../../util/clock.ts';
import { describeError } from '../../../util/errors.ts';
import { type Disposable, DisposableStore, toDisposable } from '../../../util/lifecycle.ts';
import type { Logger } from '../../../util/log.ts';
import type { CheckResult } from '../threads/checkThread.ts';
import { startThread } from '../threads/startThread.ts';

// Checks the integrity of the whole database while the hub runs, which takes a second for each 300 MB. It runs in a thread with a read-only
// connection; in WAL mode that blocks no writer.

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
      const thread = startThread('check', file);
      owned.add(toDisposable(() => void thread.terminate()));
      thread.once('error', (error) => log.warn(`the database could not be checked: ${describeError(error)}`));
      thread.once('message', ({ damage, failure }: CheckResult) => {
        if (owned.disposed) return;
        if (failure !== undefined) log.warn(`the database could not be checked: ${failure}`);
        else if (damage === undefined) log.info('the database is whole');
        else deps.onDamage(damage);
      });
    }),
  );
  return owned;
}
