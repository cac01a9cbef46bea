import { isSamePermission } from '../../../client/needs.ts';
import { assertNever } from '../../../util/errors.ts';
import type { NotificationEvent } from './event.ts';
import type { NotificationInput, NotificationItem, NotificationState } from './state.ts';
import { timing } from './timing.ts';

const remembered = 1_000;
const mergedAtMost = 20;

/** The state after an input, before actions are derived. */
export function receive(before: NotificationState, input: NotificationInput, now: number): NotificationState {
  const state = before.quietUntil > 0 && now >= before.quietUntil ? endQuiet(before) : before;
  switch (input.kind) {
    case 'arrived':
      return arrive(state, input.event, input.late, now);
    case 'resolved':
      return resolve(state, input.ids);
    case 'known':
      return { ...state, done: withDone(state.done, input.ids) };
    case 'tick':
      return state;
    case 'typed':
      return { ...state, typedAt: now };
    case 'saved':
      return { ...state, typedAt: 0 };
    case 'debugging':
      return { ...state, debugging: input.on };
    case 'focus': {
      const isBack = input.on && now - input.since >= timing.away;
      return {
        ...state,
        focused: input.on,
        ...(input.on && !state.focused && { typedAt: 0 }),
        // The command is only for a window that nobody looks at.
        ...(input.on && { command: { ...state.command, next: [] } }),
        ...(isBack && { back: { since: input.since, at: now + timing.afterReturn } }),
      };
    }
    case 'reading':
      return { ...state, reading: input.id };
    case 'standing':
      return { ...state, standing: input.ids };
    case 'link':
      return input.live && !state.live ? { ...allLate(state), live: true } : { ...state, live: input.live };
    case 'quiet':
      if (input.until > now) return { ...state, quietUntil: input.until };
      return state.quietUntil > 0 ? endQuiet(state) : state;
    case 'settings':
      return { ...state, policy: input.policy, command: { ...state.command, set: input.command, ...(!input.command && { next: [] }) } };
    case 'folders':
      return { ...state, own: input.own };
    case 'claimed':
      return takeVerdict(state, input, now);
    case 'closed':
      return { ...state, toasts: state.toasts.filter(({ at }) => at !== input.at) };
    case 'ran':
      return { ...state, command: { ...state.command, running: false } };
    default:
      return assertNever(input);
  }
}

function arrive(state: NotificationState, event: NotificationEvent, late: boolean, now: number): NotificationState {
  if (state.items.has(event.id) || state.done.has(event.id)) return state;
  const items = new Map(state.items);
  const older = [...items.values()].filter((item) => isMerged(item, event));
  for (const item of older) items.delete(item.event.id);
  const merged = older.flatMap((item) => [...item.merged, { ...item, merged: [] }]);
  const arrivedAt = Math.min(now, ...older.map((item) => item.arrivedAt));
  items.set(event.id, { event, arrivedAt, phase: 'new', claimAt: 0, late, merged: merged.slice(-mergedAtMost) });
  return {
    ...state,
    items,
    done: withDone(
      state.done,
      older.map((item) => item.event.id),
    ),
  };
}

/**
 * Whether an event replaces an older item and includes it: messages of an agent about one task, then that it is finished or blocked; and
 * identical permission requests of one agent or subagent.
 */
function isMerged({ event: older }: NotificationItem, event: NotificationEvent): boolean {
  if (event.source.kind === 'request' && older.source.kind === 'request') {
    const [one, other] = [older.source.request, event.source.request];
    // Subagents are told apart, because each is named.
    const isSameWorker = older.agentId === event.agentId && one.permission?.subagent?.id === other.permission?.subagent?.id;
    return isSameWorker && isSamePermission(one, other);
  }
  if (event.source.kind !== 'message' && event.source.kind !== 'status') return false;
  if (older.source.kind !== 'message' && older.source.kind !== 'status') return false;
  return older.taskId === event.taskId && older.agentId === event.agentId && (older.kind === 'message' || event.kind !== 'message');
}

function resolve(state: NotificationState, ids: readonly string[]): NotificationState {
  const isOpen = ({ id }: NotificationEvent): boolean => !ids.includes(id);
  let after: NotificationState = { ...state, done: withDone(state.done, ids) };
  for (const [id, item] of state.items) {
    const merged = item.merged.filter(({ event }) => isOpen(event));
    // When a status event is resolved, the messages merged into it remain.
    if (!isOpen(item.event)) after = split(after, id, merged);
    else if (merged.length < item.merged.length) after = { ...after, items: new Map([...after.items, [id, { ...item, merged }]]) };
  }
  const toasts = state.toasts
    .map((toast) => ({ ...toast, events: new Map([...toast.events].filter(([, event]) => isOpen(event))) }))
    .filter(({ events }) => events.size > 0);
  return { ...after, toasts, command: { ...state.command, next: state.command.next.filter(isOpen) } };
}

function takeVerdict(
  state: NotificationState,
  { id, verdict }: Extract<NotificationInput, { kind: 'claimed' }>,
  now: number,
): NotificationState {
  const item = state.items.get(id);
  if (item?.phase !== 'asked') return state;
  if (verdict === 'refused') {
    // The window that announces it does not announce events that this window had claimed before.
    const claimed = item.merged.findLastIndex(({ phase }) => phase !== 'new');
    return split({ ...state, done: withDone(state.done, [id]) }, id, item.merged.slice(0, claimed + 1));
  }
  const items = new Map(state.items);
  if (verdict === 'granted') items.set(id, { ...item, phase: 'ours', claimAt: now });
  else items.set(id, { ...item, phase: 'new', claimAt: now + timing.claimRetry, late: true });
  return { ...state, items };
}

/** Removes the item and puts the last merged one in its place. */
function split(state: NotificationState, id: string, merged: readonly NotificationItem[]): NotificationState {
  const items = new Map(state.items);
  items.delete(id);
  const last = merged.at(-1);
  if (last === undefined) return { ...state, items };
  const done = new Set(state.done);
  done.delete(last.event.id);
  // Its claim may have been answered meanwhile, so it is claimed again.
  items.set(last.event.id, { ...last, phase: last.phase === 'ours' ? 'ours' : 'new', merged: merged.slice(0, -1) });
  return { ...state, items, done };
}

function endQuiet(state: NotificationState): NotificationState {
  return { ...allLate(state), quietUntil: 0 };
}

function allLate(state: NotificationState): NotificationState {
  return { ...state, items: new Map([...state.items].map(([id, item]) => [id, { ...item, late: true }])) };
}

/** Adds ids to `done` as the newest; the oldest are dropped beyond the limit. */
export function withDone(done: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  return ids.length === 0 ? done : new Set([...done, ...ids].slice(-remembered));
}
