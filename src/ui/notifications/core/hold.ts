import { type NotificationEvent, urgencyOf } from './event.ts';
import { levelOf, scopeOf } from './policy.ts';
import type { NotificationItem, NotificationState } from './state.ts';
import { timing } from './timing.ts';

/** Whether nothing may be announced now, however urgent. */
export function isMuted({ live, quietUntil }: NotificationState, now: number): boolean {
  return !live || now < quietUntil;
}

/** How long after its arrival an event settles. */
function settleOf({ kind, source }: NotificationEvent): number {
  const isAsked = source.kind === 'request' && kind !== 'permission' && source.request.dialog === undefined;
  return isAsked ? timing.settleAsked : timing.settle;
}

/** Whether an agent stands still for this permission. It is announced beside a toast that is up. */
export function isPressing({ standing }: NotificationState, { event }: NotificationItem): boolean {
  return event.kind === 'permission' && standing.has(event.id);
}

/** Until when an item is held back: until it settles, and if it is not urgent, while the user types or debugs. */
export function heldUntil(state: NotificationState, { event, arrivedAt }: NotificationItem): number {
  if (urgencyOf(event.kind) === 'high') return arrivedAt + settleOf(event);
  const longest = arrivedAt + timing.longestHold;
  return state.debugging ? longest : Math.min(longest, state.typedAt + timing.typingPause);
}

/** Since when this window could announce an item that it has claimed. */
export function readyAt(state: NotificationState, item: NotificationItem): number {
  return Math.max(heldUntil(state, item), item.claimAt);
}

type Subject = Pick<NotificationEvent, 'kind' | 'agent' | 'workspaceId'>;

/** Whether the settings want a toast for it. */
export function isWanted(state: NotificationState, event: Subject): boolean {
  const level = levelOf(state.policy, event);
  return (level === 'toast' || level === 'toastAndSound') && isInScope(state, event);
}

/** Whether the settings want a sound for it. */
export function isLoud({ policy }: NotificationState, event: Subject): boolean {
  return levelOf(policy, event) === 'toastAndSound';
}

/** Whether the user is looking at its page. */
export function isInFront({ focused, reading }: NotificationState, { taskId, source }: NotificationEvent): boolean {
  if (!focused || reading === undefined) return false;
  return taskId === reading || (source.kind === 'request' && source.request.id === reading);
}

/** Whether the settings let a digest count it. */
export function isCounted(state: NotificationState, event: Subject): boolean {
  return levelOf(state.policy, event) !== 'silent' && isInScope(state, event);
}

/** While the workspaces of this window are unknown, any may belong to it. */
function isInScope({ policy, own }: NotificationState, event: Subject): boolean {
  return scopeOf(policy, event) !== 'ownFolders' || own.length === 0 || own.includes(event.workspaceId);
}

/**
 * When this window may claim an item. The window of its folder comes first, then the focused one, then others. A window where its page is
 * in front claims before all. Items that are not urgent are never claimed by an unfocused window of another folder, because the focused one
 * waits for a break.
 */
export function claimFrom(state: NotificationState, { event, arrivedAt, claimAt }: NotificationItem): number {
  const { own, focused } = state;
  const settledAt = arrivedAt + settleOf(event);
  const settled = Math.max(settledAt, claimAt);
  if (isInFront(state, event)) return Math.max(settledAt - timing.inFront, claimAt);
  if (own.includes(event.workspaceId)) return settled;
  if (focused) return settled + timing.otherFocused;
  return urgencyOf(event.kind) === 'high' ? settled + timing.otherUnfocused : Infinity;
}
