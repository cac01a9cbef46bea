import { type NotificationEvent, urgencyOf } from './event.ts';
import { claimFrom, heldUntil, isInFront, isLoud, isMuted, isPressing, isWanted, readyAt } from './hold.ts';
import { withDone } from './receive.ts';
import type { NotificationAction, NotificationItem, NotificationState } from './state.ts';
import { digestThreshold, timing, toastsAtMost } from './timing.ts';

export interface Progress {
  state: NotificationState;
  actions: readonly NotificationAction[];
}

/** Claims the items that have settled, and drops those that the settings do not want. */
export function claimSettled(state: NotificationState, now: number): Progress {
  if (isMuted(state, now)) return { state, actions: [] };
  const items = new Map(state.items);
  const actions: NotificationAction[] = [];
  const unwanted: string[] = [];
  for (const [id, item] of state.items) {
    if (item.phase !== 'new' || now < claimFrom(state, item)) continue;
    if (isWanted(state, item.event)) {
      items.set(id, { ...item, phase: 'asked', claimAt: now });
      actions.push({ kind: 'claim', id });
    } else {
      items.delete(id);
      unwanted.push(id);
    }
  }
  return { state: { ...state, items, done: withDone(state.done, unwanted) }, actions };
}

/** Drops claimed items whose page is in front of the user. */
export function dropAlreadySeen(state: NotificationState): Progress {
  const seen = [...state.items.values()]
    .filter(({ phase, event }) => phase === 'ours' && isInFront(state, event))
    .map(({ event }) => event.id);
  if (seen.length === 0) return { state, actions: [] };
  const items = new Map([...state.items].filter(([id]) => !seen.includes(id)));
  return { state: { ...state, items, done: withDone(state.done, seen) }, actions: [] };
}

/** Shows what is due now: one toast, or one digest of everything that this window has claimed. */
export function showDue(before: NotificationState, now: number): Progress {
  const state: NotificationState = { ...before, toasts: before.toasts.filter(({ until }) => now < until) };
  if (isMuted(state, now) || now < state.shownAt + timing.betweenToasts) return { state, actions: [] };
  const items = [...state.items.values()];
  const ours = items.filter(({ phase }) => phase === 'ours');
  // Items that arrived together are shown together, so pending claims are waited for.
  const isAwaited = items.some(({ phase, claimAt }) => phase === 'asked' && now < claimAt + timing.claimAnswer);
  const isUp = state.toasts.length > 0;
  if (state.back !== undefined) {
    if (isUp || now < state.back.at || isAwaited) return { state, actions: [] };
    return show({ ...state, back: undefined }, ours, now, state.back.since);
  }
  if (state.toasts.length >= toastsAtMost) return { state, actions: [] };
  // An item waits for the toasts that were up when it was ready, unless an agent stands still for it.
  const isFree = (item: NotificationItem): boolean => isPressing(state, item) || state.toasts.every(({ at }) => at > readyAt(state, item));
  const due = ours.filter((item) => now >= heldUntil(state, item) && isFree(item));
  if (due.length === 0 || isAwaited || isOvertaken(state, due, now)) return { state, actions: [] };
  // Urgent items can be answered on their toasts, so others do not turn them into a digest.
  const urgent = due.filter(isUrgent);
  const first = urgent.length > 0 ? urgent : due;
  // One that had to wait for another toast does not wait for a second one.
  const hasWaited = first.some((item) => now > readyAt(state, item) + timing.claimAnswer);
  const isDigest =
    first.length > digestThreshold || (first.length > 1 && (isUp || hasWaited)) || first.filter(({ late }) => late).length > 1;
  return show(state, isDigest ? ours : [first.toSorted(byAge)[0] as NotificationItem], now);
}

/** Nothing in `due` is urgent, and an urgent item is about to settle: agents report what they did, and then ask how to continue. */
function isOvertaken(state: NotificationState, due: readonly NotificationItem[], now: number): boolean {
  const isNear = (item: NotificationItem): boolean => item.phase === 'new' && claimFrom(state, item) <= now + timing.settle;
  return !due.some(isUrgent) && [...state.items.values()].some((item) => isUrgent(item) && isNear(item) && isWanted(state, item.event));
}

/** Shows a toast, or with `since` or several items a digest. */
function show(before: NotificationState, shown: readonly NotificationItem[], now: number, since?: number): Progress {
  const events = shown.map(({ event }) => event);
  const ids = events.map(({ id }) => id);
  const items = new Map([...before.items].filter(([id]) => !ids.includes(id)));
  const isWarning = since === undefined && shown.length === 1 && (events[0]?.kind === 'permission' || events[0]?.kind === 'blocked');
  const until = now + (isWarning ? timing.warningToast : timing.infoToast);
  const state: NotificationState = {
    ...before,
    items,
    done: withDone(before.done, ids),
    shownAt: now,
    toasts: [...before.toasts, { at: now, until, events: new Map(events.map((event) => [event.id, event])) }],
  };
  // No sound for a user who has just returned.
  const sound = since === undefined && events.some((event) => isLoud(before, event));
  const [only] = shown;
  const action: NotificationAction =
    since === undefined && only !== undefined && shown.length === 1
      ? { kind: 'toast', at: now, event: only.event, merged: only.merged.map(({ event }) => event), sound }
      : { kind: 'digest', at: now, events: shown.flatMap(each), since, sound };
  const calls = !state.focused && state.command.set && events.length > 0;
  return {
    state: calls ? { ...state, command: { ...state.command, next: [...state.command.next, ...events] } } : state,
    actions: [action],
  };
}

/** The events of an item that a digest counts: each request, and of several messages the last. */
function each({ event, merged }: NotificationItem): NotificationEvent[] {
  return [...merged.map((older) => older.event).filter(({ source }) => source.kind === 'request'), event];
}

/** Runs the user's command, one at a time. Events meanwhile go to the next run. */
export function runCommand(state: NotificationState): Progress {
  const { running, next } = state.command;
  if (running || next.length === 0) return { state, actions: [] };
  return { state: { ...state, command: { ...state.command, running: true, next: [] } }, actions: [{ kind: 'run', events: next }] };
}

function isUrgent({ event }: NotificationItem): boolean {
  return urgencyOf(event.kind) === 'high';
}

function byAge(left: NotificationItem, right: NotificationItem): number {
  return left.arrivedAt - right.arrivedAt;
}
