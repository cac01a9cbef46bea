import { type AttentionEvent, urgencyOf } from './event.ts';
import { levelOf, scopeOf } from './policy.ts';
import type { AttentionItem, AttentionState } from './state.ts';
import { timing } from './timing.ts';

/** Nothing may be announced now, however urgent. */
export function isHushed({ live, quietUntil }: AttentionState, now: number): boolean {
  return !live || now < quietUntil;
}

/** Until when this one is held back while the person types or debugs; a time that is over when it isn't. */
export function heldUntil(state: AttentionState, { event, arrivedAt }: AttentionItem): number {
  if (urgencyOf(event.kind) === 'high') return 0;
  const longest = arrivedAt + timing.longestHold;
  return state.debugging ? longest : Math.min(longest, state.typedAt + timing.typingPause);
}

type Subject = Pick<AttentionEvent, 'kind' | 'agent' | 'workspaceId'>;

/** The settings of this window want it announced. */
export function isWanted(state: AttentionState, event: Subject): boolean {
  return levelOf(state.policy, event) === 'toast' && isInScope(state, event);
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
 * first. Never in a window that nobody looks at, if it isn't urgent: the one with the focus waits for a break.
 */
export function claimFrom({ own, focused }: AttentionState, { event, arrivedAt, claimAt }: AttentionItem): number {
  const settled = Math.max(arrivedAt + timing.settle, claimAt);
  if (own.includes(event.workspaceId)) return settled;
  if (focused) return settled + timing.otherFocused;
  return urgencyOf(event.kind) === 'high' ? settled + timing.otherUnfocused : Infinity;
}
