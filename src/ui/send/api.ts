import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Clock } from '../../util/clock.ts';
import type { Platform } from '../../util/paths.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** What making tasks and writing into their threads works with. */
export interface SendDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  /** Where drafts are kept. */
  memory: Memory;
  clock: Clock;
  workspaceIds(): readonly string[];
  randomId(): string;
  platform: Platform;
  l10n: L10n;
}

/** Asks for a message and writes it into the thread of a task. */
export interface ReplyFlow {
  /** Escape sends nothing. Fails as `HubApi.call` does; what was typed is there again next time, also after a reload. */
  ask(taskId: string): Promise<void>;
}

/** The person gives agents work, and writes to them about it. Each asks for what it needs to know. */
export interface Send {
  /** Asks for a message and writes it into the thread of a task (see `ReplyFlow`). */
  reply: ReplyFlow['ask'];
  newTask(): Promise<void>;
  /** A task about what a menu or an action of the editor was used on; without one, about where the caret is. */
  send(args: readonly unknown[]): Promise<void>;
}
