import { isSamePermission } from '../../../client/samePermission.ts';
import { assertNever } from '../../../util/errors.ts';
import type { AttentionEvent } from './event.ts';
import type { AttentionInput, AttentionItem, AttentionState } from './state.ts';
import { timing } from './timing.ts';

const remembered = 1_000;
const foldedAtMost = 20;

/** The state after an input, before anything is done about it. */
export function receive(before: AttentionState, input: AttentionInput, now: number): AttentionState {
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
        // What the person looks at needs no command.
        ...(input.on && { command: { ...state.command, next: [] } }),
        ...(isBack && { back: { since: input.since, at: now + timing.afterReturn } }),
      };
    }
    case 'reading':
      return { ...state, reading: input.id };
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
      return input.at === state.shownAt ? { ...state, toast: undefined } : state;
    case 'ran':
      return { ...state, command: { ...state.command, running: false } };
    default:
      return assertNever(input);
  }
}

function arrive(state: AttentionState, event: AttentionEvent, late: boolean, now: number): AttentionState {
  if (state.items.has(event.id) || state.done.has(event.id)) return state;
  const items = new Map(state.items);
  const older = [...items.values()].filter((item) => isFolded(item, event));
  for (const item of older) items.delete(item.event.id);
  const folded = older.flatMap((item) => [...item.folded, { ...item, folded: [] }]);
  const arrivedAt = Math.min(now, ...older.map((item) => item.arrivedAt));
  items.set(event.id, { event, arrivedAt, phase: 'new', claimAt: 0, late, folded: folded.slice(-foldedAtMost) });
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
 * What an agent has to say of one task comes together: its messages, and then that it is finished or blocked. So do permissions of one
 * agent, or of one of its subagents, for exactly the same.
 */
function isFolded({ event: older }: AttentionItem, event: AttentionEvent): boolean {
  if (event.source.kind === 'request' && older.source.kind === 'request') {
    const [one, other] = [older.source.request, event.source.request];
    // Each of its subagents is named.
    const isSameWorker = older.agentId === event.agentId && one.permission?.subagent?.id === other.permission?.subagent?.id;
    return isSameWorker && isSamePermission(one, other);
  }
  if (event.source.kind !== 'message' && event.source.kind !== 'status') return false;
  if (older.source.kind !== 'message' && older.source.kind !== 'status') return false;
  return older.taskId === event.taskId && older.agentId === event.agentId && (older.kind === 'message' || event.kind !== 'message');
}

function resolve(state: AttentionState, ids: readonly string[]): AttentionState {
  const isOpen = ({ id }: AttentionEvent): boolean => !ids.includes(id);
  let after: AttentionState = { ...state, done: withDone(state.done, ids) };
  for (const [id, item] of state.items) {
    const folded = item.folded.filter(({ event }) => isOpen(event));
    // A task that goes on after all takes nothing back of what was said in it.
    if (!isOpen(item.event)) after = unfold(after, id, folded);
    else if (folded.length < item.folded.length) after = { ...after, items: new Map([...after.items, [id, { ...item, folded }]]) };
  }
  const events = new Map([...(state.toast?.events ?? [])].filter(([, event]) => isOpen(event)));
  const toast = state.toast === undefined || events.size === 0 ? undefined : { ...state.toast, events };
  return { ...after, toast, command: { ...state.command, next: state.command.next.filter(isOpen) } };
}

function takeVerdict(state: AttentionState, { id, verdict }: Extract<AttentionInput, { kind: 'claimed' }>, now: number): AttentionState {
  const item = state.items.get(id);
  if (item?.phase !== 'asked') return state;
  if (verdict === 'refused') {
    // Whoever announces it doesn't announce what this window had claimed before.
    const claimed = item.folded.findLastIndex(({ phase }) => phase !== 'new');
    return unfold({ ...state, done: withDone(state.done, [id]) }, id, item.folded.slice(0, claimed + 1));
  }
  const items = new Map(state.items);
  if (verdict === 'granted') items.set(id, { ...item, phase: 'ours' });
  else items.set(id, { ...item, phase: 'new', claimAt: now + timing.claimRetry, late: true });
  return { ...state, items };
}

/** Without the item, and with the last of these in its place. */
function unfold(state: AttentionState, id: string, folded: readonly AttentionItem[]): AttentionState {
  const items = new Map(state.items);
  items.delete(id);
  const last = folded.at(-1);
  if (last === undefined) return { ...state, items };
  const done = new Set(state.done);
  done.delete(last.event.id);
  // The verdict on its claim may have come meanwhile: it is claimed once more.
  items.set(last.event.id, { ...last, phase: last.phase === 'ours' ? 'ours' : 'new', folded: folded.slice(0, -1) });
  return { ...state, items, done };
}

function endQuiet(state: AttentionState): AttentionState {
  return { ...allLate(state), quietUntil: 0 };
}

function allLate(state: AttentionState): AttentionState {
  return { ...state, items: new Map([...state.items].map(([id, item]) => [id, { ...item, late: true }])) };
}

/** `done` with these as its newest; it keeps within its bound. */
export function withDone(done: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  return ids.length === 0 ? done : new Set([...done, ...ids].slice(-remembered));
}
