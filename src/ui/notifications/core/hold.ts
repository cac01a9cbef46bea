import { type AttentionEvent, urgencyOf } from './event.ts';
import { levelOf, scopeOf } from './policy.ts';
import type { AttentionItem, AttentionState } from './state.ts';
import { timing } from './timing.ts';

/** Nothing may be announced now, however urgent. */
export function isHushed({ live, quietUntil }: AttentionState, now: number): boolean {
  return !live || now < quietUntil;
}

/** Until when this one is held back: it may have been claimed before it settled, and the person may type or debug. */
export function heldUntil(state: AttentionState, { event, arrivedAt }: AttentionItem): number {
  if (urgencyOf(event.kind) === 'high') return arrivedAt + timing.settle;
  const longest = arrivedAt + timing.longestHold;
  return state.debugging ? longest : Math.min(longest, state.typedAt + timing.typingPause);
}

type Subject = Pick<AttentionEvent, 'kind' | 'agent' | 'workspaceId'>;

/** The settings of this window want it announced. */
export function isWanted(state: AttentionState, event: Subject): boolean {
  const level = levelOf(state.policy, event);
  return (level === 'toast' || level === 'toastAndSound') && isInScope(state, event);
}

/** They want it heard as well. */
export function isLoud({ policy }: AttentionState, event: Subject): boolean {
  return levelOf(policy, event) === 'toastAndSound';
}

/** The person looks at the page that it stands on. */
export function isInFront({ focused, reading }: AttentionState, { taskId, source }: AttentionEvent): boolean {
  if (!focused || reading === undefined) return false;
  return taskId === reading || (source.kind === 'request' && source.request.id === reading);
}

/** The settings of this window let a digest count it. */
export function isCounted(state: AttentionState, event: Subject): boolean {
  return levelOf(state.policy, event) !== 'silent' && isInScope(state, event);
}

/** As long as this window's folders aren't known, any may be its own. */
function isInScope({ policy, own }: AttentionState, event: Subject): boolean {
  return scopeOf(policy, event) !== 'ownFolders' || own.length === 0 || own.includes(event.workspaceId);
}

/**
 * From when on this window claims it: at once in the window of its folder, later in others, so that the window of the folder comes
 * first. Before both in the one where the person has it in front of them. Never in a window that nobody looks at, if it isn't urgent:
 * the one with the focus waits for a break.
 */
export function claimFrom(state: AttentionState, { event, arrivedAt, claimAt }: AttentionItem): number {
  const { own, focused } = state;
  const settled = Math.max(arrivedAt + timing.settle, claimAt);
  if (isInFront(state, event)) return Math.max(arrivedAt + timing.settle - timing.inFront, claimAt);
  if (own.includes(event.workspaceId)) return settled;
  if (focused) return settled + timing.otherFocused;
  return urgencyOf(event.kind) === 'high' ? settled + timing.otherUnfocused : Infinity;
}
