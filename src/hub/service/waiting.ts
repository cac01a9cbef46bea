import type { Request } from '../../protocol/model.ts';
import { type Disposable, DisposableStore, toDisposable } from '../../util/lifecycle.ts';
import type { StoredWait } from '../storage/tables/waits.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { type Inbox, unread } from './deliveries.ts';
import { findRequest, findTask } from './lookup.ts';

/** What a call waits for: the answer to one request, news in one task, or anything that the user has for this agent. */
export type WaitTarget = StoredWait['target'];

/** What is available right now. Reading it doesn't mark anything as delivered; the caller does that. */
export function readReplies(context: ServiceContext, caller: Caller, target: WaitTarget): Inbox {
  if (target.kind === 'request') {
    const request = findRequest(context.store, caller.agent.workspaceId, target.requestId);
    return { answers: isSettled(request) ? [request] : [], messages: [] };
  }
  // Nothing comes any more in a task that was deleted.
  if (target.kind === 'task') findTask(context.store, caller.agent.workspaceId, target.taskId);
  const inbox = unread(context, caller);
  if (target.kind === 'anything') return inbox;
  const { answers, messages } = inbox;
  return {
    answers: answers.filter(({ taskId }) => taskId === target.taskId),
    messages: messages.filter(({ taskId }) => taskId === target.taskId),
  };
}

/**
 * Waits until there is something for the caller, for at most `waitMs`, or until `signal` aborts. Resolves with what there is then,
 * which may be nothing. `onProgress` is called every `progressMs` meanwhile. The request is kept whatever happens.
 */
export function waitForReplies(
  context: ServiceContext,
  caller: Caller,
  target: WaitTarget,
  options: { waitMs: number; signal: AbortSignal; progressMs: number; onProgress: (waitedMs: number) => void },
): Promise<Inbox> {
  const now = readReplies(context, caller, target);
  takeAnswers(context, now);
  if (!isEmpty(now) || options.waitMs <= 0 || options.signal.aborted || context.closing.aborted) return Promise.resolve(now);

  const { log, clock } = context;
  const started = clock.now();
  return new Promise((resolve, reject) => {
    const waiting = new DisposableStore();
    const end = (settle: () => void): void => {
      waiting.dispose();
      settle();
    };
    const check = (last: boolean): void => {
      try {
        const replies = readReplies(context, caller, target);
        if (!last && isEmpty(replies)) return;
        takeAnswers(context, replies);
        end(() => resolve(replies));
      } catch (error) {
        // The request or its task was deleted meanwhile.
        end(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const onAbort = (): void => end(() => resolve({ answers: [], messages: [] }));
    const onClosing = (): void => check(true);
    waiting.add(
      log.onDidPublish((events) => {
        const mayMatter = events.some(
          ({ workspaceId, event }) =>
            workspaceId === caller.agent.workspaceId &&
            (event.type === 'request.updated' || event.type === 'message.created' || event.type === 'task.deleted'),
        );
        if (mayMatter) check(false);
      }),
    );
    waiting.add(clock.after(options.waitMs, () => check(true)));
    waiting.add(clock.every(options.progressMs, () => options.onProgress(clock.now() - started)));
    waiting.add(onAborted(options.signal, onAbort));
    waiting.add(onAborted(context.closing, onClosing));
  });
}

/** Marks the answers as taken by a waiting call: from now on they can't be retracted, although nothing has been written yet. */
function takeAnswers({ store, transact }: ServiceContext, { answers }: Inbox): void {
  const given = answers.filter(({ answer, status }) => answer !== undefined && status === 'answered');
  if (given.length === 0) return;
  transact(() => {
    for (const { id } of given) store.requests.take(id);
  });
}

function onAborted(signal: AbortSignal, listener: () => void): Disposable {
  signal.addEventListener('abort', listener, { once: true });
  return toDisposable(() => signal.removeEventListener('abort', listener));
}

/** The request has an answer, or is closed without one. */
export function isSettled({ answer, status }: Request): boolean {
  return answer !== undefined || status === 'withdrawn' || status === 'superseded';
}

export function isEmpty({ answers, messages }: Inbox): boolean {
  return answers.length === 0 && messages.length === 0;
}
