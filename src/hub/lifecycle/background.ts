import type { Clock } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import { type Disposable, toDisposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import { sqliteTrouble } from '../storage/sqliteTrouble.ts';

/** Runs work of the hub that no caller waits for. A failure is logged and counted, and the hub goes on. */
export interface Background extends Disposable {
  /** The hub's clock. A callback that throws is logged; a repeating timer goes on. */
  clock: Clock;
  /** Calls `work` in a later turn of the event loop, unless the handle is disposed before. */
  soon(what: string, work: () => void): Disposable;
  /** Calls `work` at once. */
  attempt(what: string, work: () => void): void;
  /** Handles the rejection of a promise that no caller awaits. */
  run(what: string, work: Promise<unknown>): void;
  /** Logs and counts a failure. One that shows damage of the database is reported as damage. */
  failed(what: string, error: unknown): void;
  /** How many failures were noted. */
  readonly failures: number;
  /** Ends all timers and turns that are still to come. */
  dispose(): void;
}

/** Failures that are told apart; beyond that, each is written to the log. */
const toldApart = 200;

export function createBackground(deps: { clock: Clock; log: Logger; onDamage?: (what: string) => void }): Background {
  const { clock, log } = deps;
  /** How often each was noted: a timer may fail every few seconds for a day. */
  const counts = new Map<string, number>();
  const owned = new Set<Disposable>();
  let failures = 0;

  function failed(what: string, error: unknown): void {
    failures += 1;
    const line = `${what}: ${describeError(error)}`;
    const count = (counts.get(line) ?? 0) + 1;
    if (counts.size < toldApart || counts.has(line)) counts.set(line, count);
    // The first one whole, and then ever more seldom: 2, 4, 8, 16, …
    if (count === 1) log.error(error instanceof Error && error.stack !== undefined ? `${what}: ${error.stack}` : line);
    else if (Number.isInteger(Math.log2(count))) log.error(`${line} (${count} times)`);
    if (isDamage(error)) deps.onDamage?.(describeError(error));
  }

  function attempt(what: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      failed(what, error);
    }
  }

  /** Keeps a handle until it is disposed, or until it has no more to end. */
  function keep(begin: (done: () => void) => Disposable): Disposable {
    const handle = toDisposable(() => {
      owned.delete(handle);
      begun.dispose();
    });
    const begun = begin(() => owned.delete(handle));
    owned.add(handle);
    return handle;
  }

  return {
    clock: {
      now: () => clock.now(),
      after: (ms, fn) =>
        keep((done) =>
          clock.after(ms, () => {
            done();
            attempt('what was due failed', fn);
          }),
        ),
      every: (ms, fn) => keep(() => clock.every(ms, () => attempt('what is done again and again failed', fn))),
    },
    soon: (what, work) =>
      keep((done) => {
        const turn = setImmediate(() => {
          done();
          attempt(what, work);
        });
        return toDisposable(() => clearImmediate(turn));
      }),
    attempt,
    run(what, work) {
      work.catch((error: unknown) => failed(what, error));
    },
    failed,
    get failures() {
      return failures;
    },
    dispose() {
      for (const handle of owned) handle.dispose();
    },
  };
}

/** A refusal of the writer has the reason as its cause; the writer itself has told of it by then. */
function isDamage(error: unknown): boolean {
  return sqliteTrouble(error) === 'damaged';
}
