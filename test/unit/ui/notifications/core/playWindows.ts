import { type NotificationEvent, type NotificationKind, urgencyOf } from '../../../../../src/ui/notifications/core/event.ts';
import { isInFront } from '../../../../../src/ui/notifications/core/hold.ts';
import type { NotificationPolicy } from '../../../../../src/ui/notifications/core/policy.ts';
import { initialState, type NotificationInput, type NotificationState } from '../../../../../src/ui/notifications/core/state.ts';
import { step } from '../../../../../src/ui/notifications/core/step.ts';
import type { Disposable } from '../../../../../src/util/lifecycle.ts';
import { createFakeClock, type FakeClock } from '../../../../support/fakeClock.ts';
import { message, request } from '../../../client/samples.ts';

// Windows that act on what `step` says, over one clock and one hub that gives away each id once.

export const everything: NotificationPolicy = { questions: 'all', messages: 'all', kinds: { message: 'toast' }, agents: {} };

/** What the hub says to claims. It is there unless a test says otherwise. */
export interface Claims {
  readonly owners: Map<string, string>;
  fails: boolean;
  delayMs: number;
}

/** Something that a window has told the user. */
export interface Telling {
  /** Since the start, in ms. */
  at: number;
  what: string;
  /** With what was merged into it. */
  ids: readonly string[];
  urgent: boolean;
  /** An agent stood still for one of them. */
  pressing: boolean;
  /** When the toasts were told that are up with it, itself among them. */
  up: readonly number[];
}

/** What a window has told the user: `toast q1`, `digest q1 q2`, `back q1`, `run q1`; with `, heard` if there was a sound. */
export interface PlayedWindow {
  readonly told: string[];
  /** The same with the time since the start, in ms. */
  readonly toldAt: Telling[];
  /** By id, when the hub let this window announce it, in ms since the start. */
  readonly grantedAt: ReadonlyMap<string, number>;
  /** What was in front of the user instead, with what was merged into it. */
  readonly seen: readonly string[];
  readonly state: NotificationState;
  send(input: NotificationInput): void;
  arrive(...events: NotificationEvent[]): void;
  /** Closes the toast that is up. */
  close(): void;
}

export interface Play {
  readonly clock: FakeClock;
  readonly claims: Claims;
  window(name?: string, over?: { own?: string[]; focused?: boolean; policy?: NotificationPolicy; command?: boolean }): PlayedWindow;
  pass(ms: number): void;
}

export function play(): Play {
  const clock = createFakeClock();
  const start = clock.now();
  const claims: Claims = { owners: new Map(), fails: false, delayMs: 0 };
  return {
    clock,
    claims,
    pass: (ms) => clock.advance(ms),
    window(name = 'a window', { own = ['own'], focused = true, policy = everything, command = false } = {}) {
      let state = initialState(policy);
      let wake: Disposable | undefined;
      const told: string[] = [];
      const seen: string[] = [];
      const toldAt: PlayedWindow['toldAt'] = [];
      const grantedAt = new Map<string, number>();
      /** What each one carries along, by its id. */
      const carried = new Map<string, readonly NotificationEvent[]>();
      const tell = (what: string, events: readonly NotificationEvent[], sound = false): void => {
        const ids = events.map(({ id }) => id);
        const merged = events.flatMap(({ id }) => carried.get(id) ?? []);
        const line = [what, ...ids].join(' ');
        told.push(sound ? `${line}, heard` : line);
        const urgent = events.some(({ kind }) => urgencyOf(kind) === 'high');
        const pressing = events.some(({ id, kind }) => kind === 'permission' && state.standing.has(id));
        const up = state.toasts.map(({ at }) => at - start);
        toldAt.push({ at: clock.now() - start, what: line, ids: [...ids, ...merged.map(({ id }) => id)], urgent, pressing, up });
      };
      const verdict = (id: string): 'granted' | 'refused' | 'failed' => {
        if (claims.fails) return 'failed';
        const owner = claims.owners.get(id) ?? name;
        claims.owners.set(id, owner);
        return owner === name ? 'granted' : 'refused';
      };
      const send = (input: NotificationInput): void => {
        const progress = step(state, input, clock.now());
        for (const item of state.items.values())
          carried.set(
            item.event.id,
            item.merged.map((each) => each.event),
          );
        const gone = [...state.items.values()].filter(({ event: { id } }) => !progress.state.items.has(id) && progress.state.done.has(id));
        const isElse = input.kind === 'resolved' || (input.kind === 'claimed' && input.verdict !== 'granted');
        if (input.kind === 'claimed' && input.verdict === 'granted') grantedAt.set(input.id, clock.now() - start);
        const before = told.length;
        state = progress.state;
        wake?.dispose();
        for (const action of progress.actions) {
          if (action.kind === 'claim') {
            clock.after(claims.delayMs, () => send({ kind: 'claimed', id: action.id, verdict: verdict(action.id) }));
          } else if (action.kind === 'toast') tell('toast', [action.event], action.sound);
          else if (action.kind === 'digest') tell(action.since === undefined ? 'digest' : 'back', action.events, action.sound);
          else if (action.kind === 'run') tell('run', action.events);
          else wake = clock.after(action.at - clock.now(), () => send({ kind: 'tick' }));
        }
        const now = told.slice(before).join(' ').split(/[ ,]/);
        for (const { event: one, merged } of isElse ? [] : gone) {
          if (isInFront(state, one) && !now.includes(one.id)) seen.push(one.id, ...merged.map((each) => each.event.id));
        }
      };
      send({ kind: 'settings', policy, command });
      send({ kind: 'folders', own });
      send({ kind: 'focus', on: focused, since: clock.now() });
      send({ kind: 'link', live: true });
      return {
        told,
        toldAt,
        grantedAt,
        seen,
        get state() {
          return state;
        },
        send,
        arrive: (...events) => events.forEach((each) => send({ kind: 'arrived', event: each, late: false })),
        close: () => send({ kind: 'closed', at: state.shownAt }),
      };
    },
  };
}

/** An event of this kind in the folder `own`, each of another task unless it says so. */
export function event(id: string, kind: NotificationKind, over: Partial<NotificationEvent> = {}): NotificationEvent {
  const common = { id, kind, workspaceId: 'own', taskId: `task of ${id}`, agentId: 'agent', agent: 'claude-code' };
  if (kind === 'message' || kind === 'finished' || kind === 'blocked') {
    return { ...common, source: { kind: kind === 'message' ? 'message' : 'status', message: message() }, ...over };
  }
  return { ...common, source: { kind: 'request', request: request({ kind }) }, ...over };
}

const ofKind =
  (kind: NotificationKind) =>
  (id: string, over: Partial<NotificationEvent> = {}): NotificationEvent =>
    event(id, kind, over);

export const question = ofKind('question');
export const permission = ofKind('permission');
export const review = ofKind('review');
export const finished = ofKind('finished');
export const blocked = ofKind('blocked');
export const said = ofKind('message');
