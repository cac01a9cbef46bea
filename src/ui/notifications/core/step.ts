import { claimSettled, type Progress, passOverSeen, runCommand, showDue } from './announce.ts';
import { claimFrom, heldUntil } from './hold.ts';
import { receive } from './receive.ts';
import type { AttentionAction, AttentionInput, AttentionState } from './state.ts';
import { timing } from './timing.ts';

// When and how the person is told of what happens, as a pure function. The laws, held by a test: an event is announced at most once,
// whatever the windows; there is one toast at a time; what is resolved, or in front of the person, is not announced; what is urgent is not held longer
// than two toasts; and whatever is still there is announced or counted in the end.

/** What an input at `now` (milliseconds since 1970) leads to. Of its actions, `wake` comes last. */
export function step(state: AttentionState, input: AttentionInput, now: number): Progress {
  let after = receive(state, input, now);
  const actions: AttentionAction[] = [];
  for (const part of [claimSettled, passOverSeen, showDue, runCommand]) {
    const progress = part(after, now);
    after = progress.state;
    actions.push(...progress.actions);
  }
  const at = nextTime(after, now);
  return { state: after, actions: at === Infinity ? actions : [...actions, { kind: 'wake', at }] };
}

/** When time alone changes something next; `Infinity`: never. */
function nextTime(state: AttentionState, now: number): number {
  const times = [state.toast?.until, state.shownAt + timing.betweenToasts, state.back?.at, state.quietUntil];
  for (const item of state.items.values()) {
    if (item.phase === 'new') times.push(claimFrom(state, item));
    else times.push(item.phase === 'asked' ? item.claimAt + timing.claimAnswer : heldUntil(state, item));
  }
  return Math.min(...times.filter((time) => time !== undefined).filter((time) => time > now));
}
