import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Answering } from '../answer/api.ts';
import type { Threads } from '../code/api.ts';
import type { Connect } from '../connect/api.ts';
import type { Decisions } from '../decisions/api.ts';
import type { Pages } from '../panel/pages.ts';
import type { Send } from '../send/api.ts';
import type { ReplyFlow } from '../send/replyFlow.ts';
import type { Tasks } from '../tasks/api.ts';
import type { L10n } from '../text/l10n.ts';
import type { Prompts } from './prompts.ts';

/** What commands work with. */
export interface CommandDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  answers: Answering;
  replies: ReplyFlow;
  workspaceIds(): readonly string[];
  randomId(): string;
  copy(text: string): Promise<void>;
  startPractice(workspaceId: string): void;
  /** Turns Do Not Disturb on or off. */
  toggleQuiet(): Promise<void>;
  /** Asks for how long nothing is to be announced. */
  snooze(): Promise<void>;
  /** Loads the log of decisions. */
  decisions(): Promise<Decisions>;
  /** Loads what connects agents. */
  connect(): Promise<Connect>;
  threads: Threads;
  /** Loads what makes tasks. */
  send(): Promise<Send>;
  /** Loads what changes and arranges tasks. */
  tasks(): Promise<Tasks>;
  openKanban(): Promise<void>;
  l10n: L10n;
}

/**
 * A command, given what it was called with: a row of a tree, or a target, or nothing; some menus hand over more than one thing. Its
 * failures are shown by who calls it.
 */
export type Command = (argument: unknown, ...more: readonly unknown[]) => Promise<void>;
