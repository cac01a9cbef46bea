import { taskPolls } from '../../protocol/limits.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { isSession } from './caller.ts';

/**
 * Tracks which clients poll for a result. A result that a client polls for isn't delivered in any other way, because it would be delivered
 * twice. The state is in memory: after a restart the hub assumes that every client goes on polling.
 */
export interface TaskPolls {
  /** A call continues as a task; its client is about to poll for the first time. */
  begun(id: string, connectionId: string): void;
  /**
   * The client on this connection has polled, and polls again after `intervalMs`.
   * @param begin called when waiting starts; the function that it returns is called when waiting ends. Absent: nothing is left to wait for.
   */
  noted(id: string, connectionId: string, intervalMs: number, begin?: () => () => void): void;
  /** This client is polling for it already. Always false where two sessions can't be told apart. */
  isAwaitedBy(id: string, connectionId: string): boolean;
  /** Its client has polled recently, or may poll soon. */
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

/** A client that missed one poll may still poll again. */
function patienceMs(intervalMs: number): number {
  return 2 * intervalMs + 10_000;
}

/** The poll interval for a task that hasn't changed for so long. Both in milliseconds. */
export function pollIntervalMs(unchangedMs: number): number {
  return Math.round(Math.min(Math.max(unchangedMs / 15, taskPolls.leastMs), taskPolls.mostMs));
}
