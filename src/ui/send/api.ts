import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Clock } from '../../util/clock.ts';
import type { Platform } from '../../util/paths.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** The dependencies of this feature. */
export interface SendDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  /** Where drafts are stored. */
  memory: Memory;
  clock: Clock;
  workspaceIds(): readonly string[];
  /** Begins to connect an agent. */
  connect(): void;
  /** Selects the row of a task, as soon as it is there and visible. */
  reveal(taskId: string): void;
  randomId(): string;
  platform: Platform;
  l10n: L10n;
}

/** Asks for a message and posts it in the thread of a task. */
export interface ReplyFlow {
  /** Escape sends nothing. Fails like `HubApi.call`; what was typed is restored next time, also after a reload. */
  ask(taskId: string): Promise<void>;
}

/** Creating tasks and sending messages to agents. Each function asks for what it needs. */
export interface Send {
  /** Asks for a message and posts it in the thread of a task (see `ReplyFlow`). */
  reply: ReplyFlow['ask'];
  /** `agentId`: the agent that it is for. */
  newTask(agentId?: string): Promise<void>;
  /** Creates a task about the arguments of an editor menu or action; without arguments, about the selection. */
  send(args: readonly unknown[]): Promise<void>;
}
