import { claimSettled, dropAlreadySeen, type Progress, runCommand, showDue } from './announce.ts';
import { claimFrom, heldUntil } from './hold.ts';
import { receive } from './receive.ts';
import type { NotificationAction, NotificationInput, NotificationState } from './state.ts';
import { timing } from './timing.ts';

// When and how the user is notified, as a pure function. Tests hold the laws: an event is announced at most once over all windows; one
// toast is up at a time, and a second one only if it could have come before that, or an agent stands still for it; what is resolved or in
// front of the user is not announced; urgent events are not held back longer than the editor shows a toast; and everything that remains is
// announced or counted in the end.

/** The next state and the actions for an input at `now` (milliseconds since 1970). `wake` is the last action. */
export function step(state: NotificationState, input: NotificationInput, now: number): Progress {
  let after = receive(state, input, now);
  const actions: NotificationAction[] = [];
  for (const part of [claimSettled, dropAlreadySeen, showDue, runCommand]) {
    const progress = part(after, now);
    after = progress.state;
    actions.push(...progress.actions);
  }
  const at = nextTime(after, now);
  return { state: after, actions: at === Infinity ? actions : [...actions, { kind: 'wake', at }] };
}

/** The next time at which something changes without an input; `Infinity`: never. */
function nextTime(state: NotificationState, now: number): number {
  const times = [...state.toasts.map(({ until }) => until), state.shownAt + timing.betweenToasts, state.back?.at, state.quietUntil];
  for (const item of state.items.values()) {
    if (item.phase === 'new') times.push(claimFrom(state, item));
    else times.push(item.phase === 'asked' ? item.claimAt + timing.claimAnswer : heldUntil(state, item));
  }
  return Math.min(...times.filter((time) => time !== undefined).filter((time) => time > now));
}
