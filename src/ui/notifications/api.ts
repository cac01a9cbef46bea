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
import type { AttentionInput } from './core/state.ts';

/** What the person does in this window, as far as it says whether they may be interrupted. */
export interface UserActivity {
  readonly focused: boolean;
  readonly debugging: boolean;
  readonly onDidAct: Listen<Extract<AttentionInput, { kind: 'typed' | 'saved' } | { kind: 'debugging' }> | { kind: 'focus'; on: boolean }>;
}

/** Until somebody ends it: the latest time that there is, in milliseconds since 1970. */
export const untilTurnedOff = 8_640_000_000_000_000;

/** Do Not Disturb, the same in every window of the editor. */
export interface Quiet extends Disposable {
  /** Until when, in milliseconds since 1970; 0: it is off. */
  readonly until: number;
  /** It began, ended, or was moved. */
  readonly onDidChange: Listen<void>;
  set(until: number): Promise<void>;
  /** Looks whether another window has changed it. */
  look(): void;
}

/** What telling the person of what happens works with. */
export interface AttentionDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  answers: AnswerFlow;
  replies: ReplyFlow;
  pages: Pages;
  clock: Clock;
  settings: Pick<SettingsSource, 'value' | 'onDidChange'>;
  person: UserActivity;
  quiet: Quiet;
  /** What every window of the editor knows. */
  memory: Memory;
  workspaceIds(): readonly string[];
  onDidChangeWorkspaces: Listen<void>;
  /** The id of this window, as long as it is open. */
  windowId: string;
  /** Runs a program with its arguments, without a shell, and waits for its end. Fails if it doesn't end well. */
  runCommand(argv: readonly string[]): Promise<void>;
  /** `process.platform` of where programs are run. */
  platform: string;
  /** Brings what waits into view. Only after a press of the person. */
  showNeeds(): Promise<void>;
  log: Logger;
  /** Shows the person a failure. */
  report(error: unknown): void;
  l10n: L10n;
}

/** Tells the person of what happens, until it is disposed. */
export interface Attention extends Disposable {
  /** Asks for how long nothing is to be announced. */
  snooze(): Promise<void>;
}
