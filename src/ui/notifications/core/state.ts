import type { NotificationEvent } from './event.ts';
import type { NotificationPolicy } from './policy.ts';

// Times are milliseconds since 1970.

/** An event that has not been announced yet. */
export interface NotificationItem {
  readonly event: NotificationEvent;
  readonly arrivedAt: number;
  /** `new`: not claimed. `asked`: claim sent. `ours`: granted, so this window announces it. */
  readonly phase: 'new' | 'asked' | 'ours';
  /** When it was claimed; while `new`, the earliest time for the next claim; once `ours`, when the claim was granted. */
  readonly claimAt: number;
  /** It arrived while nothing could be announced. */
  readonly late: boolean;
  /** Earlier items that are announced together with it, oldest first. They contain no others. */
  readonly merged: readonly NotificationItem[];
}

/** A toast that was shown `at`, with those of its events that are not resolved. The editor shows it until `until`. */
export interface ShownToast {
  readonly at: number;
  readonly events: ReadonlyMap<string, NotificationEvent>;
  readonly until: number;
}

/** The state of the notifications of a window. Immutable. */
export interface NotificationState {
  readonly items: ReadonlyMap<string, NotificationItem>;
  /** Ids that need nothing more: announced here or elsewhere, resolved, or unwanted. Oldest first. */
  readonly done: ReadonlySet<string>;
  /** The toasts that are up, the oldest first. */
  readonly toasts: readonly ShownToast[];
  readonly shownAt: number;
  readonly policy: NotificationPolicy;
  /** The workspaces of this window's folders. */
  readonly own: readonly string[];
  /** Whether the link is live. */
  readonly live: boolean;
  readonly focused: boolean;
  /** The task or request whose page is in front. */
  readonly reading: string | undefined;
  /** The ids of the permissions for which an agent stands still. */
  readonly standing: ReadonlySet<string>;
  readonly typedAt: number;
  readonly debugging: boolean;
  /** The end of Do Not Disturb; 0 if it is off. */
  readonly quietUntil: number;
  /** The user returned: a digest of what happened since `since` is due at `at`. */
  readonly back: { readonly since: number; readonly at: number } | undefined;
  /** The user's command: whether it is set, whether it runs, and the events for the next run. */
  readonly command: { readonly set: boolean; readonly running: boolean; readonly next: readonly NotificationEvent[] };
}

/** The inputs. */
export type NotificationInput =
  /** `late`: it happened before this window was following. */
  | { kind: 'arrived'; event: NotificationEvent; late: boolean }
  /** Includes ids that were merged into others. */
  | { kind: 'resolved'; ids: readonly string[] }
  /** They were there before, and are not announced. */
  | { kind: 'known'; ids: readonly string[] }
  | { kind: 'tick' }
  | { kind: 'typed' }
  | { kind: 'saved' }
  | { kind: 'debugging'; on: boolean }
  /** `since`: when the user was last active in any window. */
  | { kind: 'focus'; on: boolean; since: number }
  /** The page of this task or request is in front now, or no page. */
  | { kind: 'reading'; id: string | undefined }
  /** For these permissions an agent stands still now. */
  | { kind: 'standing'; ids: ReadonlySet<string> }
  | { kind: 'link'; live: boolean }
  /** Do Not Disturb until this time; a time in the past ends it. */
  | { kind: 'quiet'; until: number }
  | { kind: 'settings'; policy: NotificationPolicy; command: boolean }
  | { kind: 'folders'; own: readonly string[] }
  | { kind: 'claimed'; id: string; verdict: 'granted' | 'refused' | 'failed' }
  /** The toast that was shown `at` is closed, and its action is done. */
  | { kind: 'closed'; at: number }
  | { kind: 'ran' };

/** The actions to perform. */
export type NotificationAction =
  | { kind: 'claim'; id: string }
  /** Sends `closed` with the same `at` afterwards. `sound`: plays a sound. */
  | { kind: 'toast'; at: number; event: NotificationEvent; merged: readonly NotificationEvent[]; sound: boolean }
  /** `since`: includes what was finished since then and everything that waits. */
  | { kind: 'digest'; at: number; events: readonly NotificationEvent[]; since: number | undefined; sound: boolean }
  | { kind: 'run'; events: readonly NotificationEvent[] }
  /** Sends a `tick` at this time. Replaces the previous one. */
  | { kind: 'wake'; at: number };

/** The state of a new window. */
export function initialState(policy: NotificationPolicy): NotificationState {
  return {
    items: new Map(),
    done: new Set(),
    toasts: [],
    shownAt: 0,
    policy,
    own: [],
    live: false,
    focused: false,
    reading: undefined,
    standing: new Set(),
    typedAt: 0,
    debugging: false,
    quietUntil: 0,
    back: undefined,
    command: { set: false, running: false, next: [] },
  };
}
