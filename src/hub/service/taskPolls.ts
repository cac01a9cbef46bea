import { taskPolls } from '../../protocol/limits.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { isSession } from './caller.ts';

/**
 * Who polls for what it waits for. What somebody polls for is given to nobody else, as it would be told twice. In memory: a hub that has
 * just started takes it that everybody who polled comes back.
 */
export interface TaskPolls {
  /** A call goes on as a task, and its client is about to ask for the first time. */
  begun(id: string, connectionId: string): void;
  /**
   * The client at the end of `connectionId` has asked for the state of this, and asks again after `intervalMs`.
   * @param begin it waits from now on; the returned function says that it has ended. Without it, there is nothing to wait for any more.
   */
  noted(id: string, connectionId: string, intervalMs: number, begin?: () => () => void): void;
  /** This very client waits for it already. Never so where nothing tells two sessions apart. */
  isAwaitedBy(id: string, connectionId: string): boolean;
  /** Its client has asked not long ago, or may do so soon. */
  isFollowed(id: string): boolean;
}

export function createTaskPolls(clock: Clock): TaskPolls {
  const follows = new Map<string, { connectionId: string; end: (() => void) | undefined; timer: Disposable }>();
  const startedAt = clock.now();

  function keep(id: string, connectionId: string, intervalMs: number, end?: () => void): void {
    follows.get(id)?.timer.dispose();
    const timer = clock.after(patienceMs(intervalMs), () => {
      follows.delete(id);
      end?.();
    });
    follows.set(id, { connectionId, end, timer });
  }

  return {
    begun(id, connectionId) {
      if (!follows.has(id)) keep(id, connectionId, taskPolls.leastMs);
    },
    noted(id, connectionId, intervalMs, begin) {
      const known = follows.get(id)?.end;
      if (begin === undefined) known?.();
      keep(id, connectionId, intervalMs, begin && (known ?? begin()));
    },
    isAwaitedBy(id, connectionId) {
      const follow = follows.get(id);
      return isSession(connectionId) && follow?.connectionId === connectionId && follow.end !== undefined;
    },
    isFollowed: (id) => follows.has(id) || clock.now() - startedAt < patienceMs(taskPolls.mostMs),
  };
}

/** A client that has missed one poll may be on its way with the next one. */
function patienceMs(intervalMs: number): number {
  return 2 * intervalMs + 10_000;
}

/** After how long the client of a task may ask again, if nothing has changed for so long. Milliseconds. */
export function pollIntervalMs(unchangedMs: number): number {
  return Math.round(Math.min(Math.max(unchangedMs / 15, taskPolls.leastMs), taskPolls.mostMs));
}
