import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Clock } from '../../util/clock.ts';
import type { Listen } from '../../util/emitter.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { AnswerFlow } from '../answer/api.ts';
import type { Pages } from '../panel/api.ts';
import type { ReplyFlow } from '../send/api.ts';
import type { SettingsSource } from '../settings.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import type { NotificationInput } from './core/state.ts';

/** What the user does in this window, by which it is decided whether they may be interrupted. */
export interface UserActivity {
  readonly focused: boolean;
  readonly debugging: boolean;
  readonly onDidAct: Listen<
    Extract<NotificationInput, { kind: 'typed' | 'saved' } | { kind: 'debugging' }> | { kind: 'focus'; on: boolean }
  >;
}

/** Without an end: the latest possible time, in milliseconds since 1970. */
export const untilTurnedOff = 8_640_000_000_000_000;

/** Do Not Disturb, the same in every window of the editor. */
export interface DoNotDisturb extends Disposable {
  /** When it ends, in milliseconds since 1970; 0: it is off. */
  readonly until: number;
  /** It was turned on or off, or its end changed. */
  readonly onDidChange: Listen<void>;
  set(until: number): Promise<void>;
  /** Checks whether another window has changed it. */
  refresh(): void;
}

/** The dependencies of this feature. */
export interface NotificationsDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  answers: AnswerFlow;
  replies: ReplyFlow;
  pages: Pages;
  clock: Clock;
  settings: Pick<SettingsSource, 'value' | 'onDidChange'>;
  activity: UserActivity;
  doNotDisturb: DoNotDisturb;
  /** Storage that all windows share. */
  memory: Memory;
  workspaceIds(): readonly string[];
  onDidChangeWorkspaces: Listen<void>;
  /** An id of this window, valid until it is closed. */
  windowId: string;
  /** Runs a program without a shell and waits for its end. Rejects if it fails. */
  runCommand(argv: readonly string[]): Promise<void>;
  /** The `process.platform` where programs run. */
  platform: string;
  /** Focuses *Needs You*. Only after a click of the user. */
  showNeeds(): Promise<void>;
  log: Logger;
  /** Shows a failure to the user. */
  report(error: unknown): void;
  l10n: L10n;
}

/** Notifies the user of events until disposed. */
export interface Notifications extends Disposable {
  /** Asks for how long notifications are muted. */
  snooze(): Promise<void>;
}
