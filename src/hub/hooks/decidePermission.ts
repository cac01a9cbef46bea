import { HubError } from '../../protocol/hubErrors.ts';
import { maxWaitSeconds, progressMs } from '../../protocol/limits.ts';
import type { Answer, Request } from '../../protocol/model.ts';
import type { ServiceContext } from '../service/context.ts';
import { askPermission, expireRequest } from '../service/permissions.ts';
import { waitForReplies } from '../service/waiting.ts';
import { type HookCall, type HookDeps, nothing } from './hookCall.ts';
import type { HookAnswer } from './hookEvent.ts';

/** Puts a permission before the person, and waits for the verdict as long as the agent does. */
export function createPermissionDecider(deps: HookDeps): (call: HookCall<'permission'>) => Promise<HookAnswer> {
  const { context, agents } = deps;
  /** By request: the hooks that wait for it. Two uses that are the same in everything are one request. */
  const waiters = new Map<string, { count: number; end: () => void }>();

  /** Another hook waits. The returned function says that it no longer does, and tells whether it was the last. */
  function enter(agentId: string, requestId: string): () => boolean {
    const waiter = waiters.get(requestId) ?? { count: 0, end: agents.waiting(agentId, requestId) };
    waiters.set(requestId, waiter);
    waiter.count += 1;
    if (waiter.count > 1) noteUses(context, requestId, waiter.count);
    return () => {
      waiter.count -= 1;
      if (waiter.count > 0) {
        noteUses(context, requestId, waiter.count);
        return false;
      }
      waiters.delete(requestId);
      waiter.end();
      return true;
    };
  }

  return async (call) => {
    const request = ask(deps, call);
    if (request === undefined) return nothing;
    if (request.answer !== undefined) return handOver(context, call, request, request.answer);
    const { caller, signal } = call.exchange;
    const leave = enter(caller.agent.id, request.id);
    let answer: Answer | undefined;
    let wasLast: boolean;
    try {
      const { answers } = await waitForReplies(
        context,
        caller,
        { kind: 'request', requestId: request.id },
        { waitMs: maxWaitSeconds * 1000, signal, progressMs, onProgress: () => {} },
      );
      answer = answers[0]?.answer;
    } finally {
      wasLast = leave();
    }
    if (answer !== undefined) return handOver(context, call, request, answer);
    // Its own dialog decides now. As long as another hook waits, so does the request.
    if (wasLast) expireRequest(context, request.id);
    return nothing;
  };
}

/** The person is told for how many uses they decide. */
function noteUses({ store, transact }: ServiceContext, requestId: string, count: number): void {
  const request = store.requests.get(requestId);
  if (request?.permission === undefined || request.status !== 'open') return;
  const { uses: _uses, ...permission } = request.permission;
  transact((changes) => changes.updateRequest({ ...request, permission: { ...permission, ...(count > 1 && { uses: count }) } }));
}

function ask({ context, agents }: HookDeps, { event, exchange }: HookCall<'permission'>): Request | undefined {
  const { permission, externalId } = event;
  try {
    return askPermission(context, exchange.caller, { door: 'hook', permission, externalId });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    agents.waitsElsewhere(exchange.caller.agent.id, `It wants to use ${permission.tool}, which has to be decided there.`);
    return undefined;
  }
}

function handOver(
  context: ServiceContext,
  { dialect, event, exchange }: HookCall<'permission'>,
  request: Request,
  answer: Answer,
): HookAnswer {
  const { decision, note } = answer;
  const { allow, deny } = dialect.write;
  if (decision === 'allow' && note !== undefined) {
    // No agent takes a note with an allow. The answer has not arrived before the note has; but it allows no more than this one use.
    context.transact(() => {
      context.store.requests.take(request.id);
      context.store.requests.setAskKey(request.id, '');
    });
    return allow?.(event) ?? nothing;
  }
  exchange.load({ requestIds: [request.id], messageIds: [] });
  return (decision === 'allow' ? allow?.(event) : deny?.(note ?? 'The person has denied this.', event)) ?? nothing;
}
