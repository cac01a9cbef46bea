import type { AttentionEvent } from './event.ts';
import type { AttentionPolicy } from './policy.ts';

// Times are milliseconds since 1970.

/** An event that has not been announced. */
export interface AttentionItem {
  readonly event: AttentionEvent;
  readonly arrivedAt: number;
  /** `new`: nobody's yet. `asked`: claimed, no verdict yet. `ours`: this window announces it. */
  readonly phase: 'new' | 'asked' | 'ours';
  /** When it was claimed; while `new`, when it may be claimed again. */
  readonly claimAt: number;
  /** It came when nothing could be announced. */
  readonly late: boolean;
  /** Earlier ones that are told along with it, oldest first. They fold nothing themselves. */
  readonly folded: readonly AttentionItem[];
}

/** What attention goes by. Never changed in place. */
export interface AttentionState {
  readonly items: ReadonlyMap<string, AttentionItem>;
  /** Ids that are done with: announced here or elsewhere, resolved, or not wanted. Oldest first. */
  readonly done: ReadonlySet<string>;
  /** The toast on the screen: what it is about and not resolved, and until when it counts as unseen. */
  readonly toast: { readonly events: ReadonlyMap<string, AttentionEvent>; readonly until: number } | undefined;
  readonly shownAt: number;
  readonly policy: AttentionPolicy;
  /** The hub's workspaces of this window's folders. */
  readonly own: readonly string[];
  /** The hub is there. */
  readonly live: boolean;
  readonly focused: boolean;
  /** The task or request whose page is in front in this window. */
  readonly reading: string | undefined;
  readonly typedAt: number;
  readonly debugging: boolean;
  /** Do Not Disturb until then. */
  readonly quietUntil: number;
  /** The person came back: a digest of what was since `since` is due at `at`. */
  readonly back: { readonly since: number; readonly at: number } | undefined;
  /** The command of the person: is one set, does one run, and what waits for the next run. */
  readonly command: { readonly set: boolean; readonly running: boolean; readonly next: readonly AttentionEvent[] };
}

/** What happens. */
export type AttentionInput =
  /** `late`: it happened before this window watched. */
  | { kind: 'arrived'; event: AttentionEvent; late: boolean }
  /** Also of those that were folded into others. */
  | { kind: 'resolved'; ids: readonly string[] }
  /** They are known already, and not announced. */
  | { kind: 'known'; ids: readonly string[] }
  | { kind: 'tick' }
  | { kind: 'typed' }
  | { kind: 'saved' }
  | { kind: 'debugging'; on: boolean }
  /** `since`: when the person was last seen in any window. */
  | { kind: 'focus'; on: boolean; since: number }
  /** The page of this task or request is in front now, or none. */
  | { kind: 'reading'; id: string | undefined }
  | { kind: 'link'; live: boolean }
  /** Do Not Disturb until this time; a time that is over ends it. */
  | { kind: 'quiet'; until: number }
  | { kind: 'settings'; policy: AttentionPolicy; command: boolean }
  | { kind: 'folders'; own: readonly string[] }
  | { kind: 'claimed'; id: string; verdict: 'granted' | 'refused' | 'failed' }
  /** The toast that was shown `at` is gone, and what it led to is over. */
  | { kind: 'closed'; at: number }
  | { kind: 'ran' };

/** What is to be done. */
export type AttentionAction =
  | { kind: 'claim'; id: string }
  /** Whoever shows it says when it is closed, with the same `at`. `sound`: it is heard as well. */
  | { kind: 'toast'; at: number; event: AttentionEvent; folded: readonly AttentionEvent[]; sound: boolean }
  /** `since`: also what has been finished since then, and all that waits. */
  | { kind: 'digest'; at: number; events: readonly AttentionEvent[]; since: number | undefined; sound: boolean }
  | { kind: 'run'; events: readonly AttentionEvent[] }
  /** Send a `tick` then. It replaces the one before. */
  | { kind: 'wake'; at: number };

/** A window that knows nothing yet. */
export function initialState(policy: AttentionPolicy): AttentionState {
  return {
    items: new Map(),
    done: new Set(),
    toast: undefined,
    shownAt: 0,
    policy,
    own: [],
    live: false,
    focused: false,
    reading: undefined,
    typedAt: 0,
    debugging: false,
    quietUntil: 0,
    back: undefined,
    command: { set: false, running: false, next: [] },
  };
}
