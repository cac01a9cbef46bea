import { type AttentionEvent, urgencyOf } from './event.ts';
import { claimFrom, heldUntil, isHushed, isInFront, isLoud, isWanted } from './hold.ts';
import { withDone } from './receive.ts';
import type { AttentionAction, AttentionItem, AttentionState } from './state.ts';
import { mostSingly, timing } from './timing.ts';

export interface Progress {
  state: AttentionState;
  actions: readonly AttentionAction[];
}

/** Claims what has settled, and lets go of what the settings don't want. */
export function claimSettled(state: AttentionState, now: number): Progress {
  if (isHushed(state, now)) return { state, actions: [] };
  const items = new Map(state.items);
  const actions: AttentionAction[] = [];
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

/** What this window has claimed and the person has in front of them needs no announcement. */
export function passOverSeen(state: AttentionState): Progress {
  const seen = [...state.items.values()]
    .filter(({ phase, event }) => phase === 'ours' && isInFront(state, event))
    .map(({ event }) => event.id);
  if (seen.length === 0) return { state, actions: [] };
  const items = new Map([...state.items].filter(([id]) => !seen.includes(id)));
  return { state: { ...state, items, done: withDone(state.done, seen) }, actions: [] };
}

/** Shows what is due and may be shown now: one toast, or one digest of all that this window has claimed. */
export function showDue(before: AttentionState, now: number): Progress {
  const state = before.toast !== undefined && now >= before.toast.until ? { ...before, toast: undefined } : before;
  if (isHushed(state, now) || state.toast !== undefined || now < state.shownAt + timing.betweenToasts) return { state, actions: [] };
  const items = [...state.items.values()];
  const ours = items.filter(({ phase }) => phase === 'ours');
  // Several that came together are told together, so the verdict on all of them is waited for.
  const isAwaited = items.some(({ phase, claimAt }) => phase === 'asked' && now < claimAt + timing.claimAnswer);
  if (state.back !== undefined) {
    return now < state.back.at || isAwaited ? { state, actions: [] } : show({ ...state, back: undefined }, ours, now, state.back.since);
  }
  const due = ours.filter((item) => now >= heldUntil(state, item));
  if (due.length === 0 || isAwaited || isOvertaken(state, due, now)) return { state, actions: [] };
  // What is urgent can be answered on its toast: what isn't makes no digest of it.
  const urgent = due.filter(isUrgent);
  const first = urgent.length > 0 ? urgent : due;
  const isDigest = first.length > mostSingly || first.filter(({ late }) => late).length > 1;
  return show(state, isDigest ? ours : [first.toSorted(byAge)[0] as AttentionItem], now);
}

/** Nothing of this is urgent, and something that is has all but settled: an agent tells what it did, and asks how to go on. */
function isOvertaken(state: AttentionState, due: readonly AttentionItem[], now: number): boolean {
  const isNear = (item: AttentionItem): boolean => item.phase === 'new' && claimFrom(state, item) <= now + timing.settle;
  return !due.some(isUrgent) && [...state.items.values()].some((item) => isUrgent(item) && isNear(item) && isWanted(state, item.event));
}

/** With `since`, or more than one of them, it is a digest. */
function show(before: AttentionState, shown: readonly AttentionItem[], now: number, since?: number): Progress {
  const events = shown.map(({ event }) => event);
  const ids = events.map(({ id }) => id);
  const items = new Map([...before.items].filter(([id]) => !ids.includes(id)));
  const isLong = since !== undefined || shown.some(isUrgent);
  const state: AttentionState = {
    ...before,
    items,
    done: withDone(before.done, ids),
    shownAt: now,
    toast: {
      events: new Map(events.map((event) => [event.id, event])),
      until: now + (isLong ? timing.urgentToast : timing.quietToast),
    },
  };
  // Who has just come back needs no call.
  const sound = since === undefined && events.some((event) => isLoud(before, event));
  const [only] = shown;
  const action: AttentionAction =
    since === undefined && only !== undefined && shown.length === 1
      ? { kind: 'toast', at: now, event: only.event, folded: only.folded.map(({ event }) => event), sound }
      : { kind: 'digest', at: now, events: shown.flatMap(each), since, sound };
  const calls = !state.focused && state.command.set && events.length > 0;
  return {
    state: calls ? { ...state, command: { ...state.command, next: [...state.command.next, ...events] } } : state,
    actions: [action],
  };
}

/** What a digest counts of an item: each request needs an answer, of messages the last one stands for all. */
function each({ event, folded }: AttentionItem): AttentionEvent[] {
  return [...folded.map((older) => older.event).filter(({ source }) => source.kind === 'request'), event];
}

/** Runs the person's command, one at a time; what comes meanwhile is told by the next run. */
export function runCommand(state: AttentionState): Progress {
  const { running, next } = state.command;
  if (running || next.length === 0) return { state, actions: [] };
  return { state: { ...state, command: { ...state.command, running: true, next: [] } }, actions: [{ kind: 'run', events: next }] };
}

function isUrgent({ event }: AttentionItem): boolean {
  return urgencyOf(event.kind) === 'high';
}

function byAge(left: AttentionItem, right: AttentionItem): number {
  return left.arrivedAt - right.arrivedAt;
}
