import { maxWaitSeconds, progressMs } from '../../protocol/limits.ts';
import type { Answer, Request } from '../../protocol/model.ts';
import type { Agents } from './agents.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { expireRequest, isAskedThere } from './permissions.ts';
import { waitForReplies } from './waiting.ts';

/**
 * Counts the waiters of each permission request, whatever its source. Identical calls share one request, which stays open while at least
 * one of them waits.
 */
export interface PermissionWaits {
  /**
   * Waits for the verdict until `waitMs` have passed (by default the maximum of any call), `signal` aborts, or the request is closed.
   * Returns `undefined` if there was no verdict; the agent then falls back to its own dialog.
   */
  wait(
    caller: Caller,
    request: Request,
    options: { signal: AbortSignal; waitMs?: number | undefined; onProgress?: ((waitedMs: number) => void) | undefined },
  ): Promise<Answer | undefined>;
  /** Adds a waiter that has no call: it waits until the returned function is called. */
  enter(agentId: string, requestId: string): () => void;
}

export function createPermissionWaits({ context, agents }: { context: ServiceContext; agents: Agents }): PermissionWaits {
  /** By request. */
  const waiters = new Map<string, { count: number; end: () => void }>();
  expireUnawaited(context);

  function enter(agentId: string, requestId: string): () => void {
    const waiter = waiters.get(requestId) ?? { count: 0, end: agents.waiting(agentId, requestId) };
    waiters.set(requestId, waiter);
    waiter.count += 1;
    if (waiter.count > 1) noteUses(context, requestId, waiter.count);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      waiter.count -= 1;
      if (waiter.count > 0) {
        noteUses(context, requestId, waiter.count);
        return;
      }
      waiters.delete(requestId);
      try {
        expireRequest(context, requestId);
      } finally {
        waiter.end();
      }
    };
  }

  return {
    async wait(caller, request, { signal, waitMs = maxWaitSeconds * 1_000, onProgress = () => {} }) {
      if (request.answer === undefined && request.status !== 'open') return undefined;
      const leave = request.answer === undefined ? enter(caller.agent.id, request.id) : () => {};
      try {
        const { answers } = await waitForReplies(
          context,
          caller,
          { kind: 'request', requestId: request.id },
          { waitMs, signal, progressMs, onProgress },
        );
        return answers[0]?.answer;
      } finally {
        leave();
      }
    },
    enter,
  };
}

/** Updates the number of uses that the verdict will be for. */
function noteUses({ store, transact }: ServiceContext, requestId: string, count: number): void {
  const request = store.requests.get(requestId);
  if (request?.permission === undefined || request.status !== 'open') return;
  const { uses: _uses, ...permission } = request.permission;
  transact((changes) => changes.updateRequest({ ...request, permission: { ...permission, ...(count > 1 && { uses: count }) } }));
}

/** After a restart no call waits any more: older requests have been decided in the agent's own dialog, or will be asked again. */
function expireUnawaited(context: ServiceContext): void {
  const { store } = context;
  for (const request of store.requests.live()) {
    const { id, status } = request;
    if (isAskedThere(request) && status === 'open' && store.requests.route(id)?.source !== 'channel') expireRequest(context, id);
  }
}
