import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerDraft, Decision, Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { LoadDialogs } from '../dialogs/api.ts';
import type { Pages } from '../panel/api.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** What answering works with. */
export interface AnsweringDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  loadDialogs: LoadDialogs;
  clock: Clock;
  /** What the editor keeps over a reload: for the folder that is open, and for all of them. */
  memory: { workspace: Memory; global: Memory };
  workspaceIds(): readonly string[];
  isTrusted(): boolean;
  /** What is on the clipboard. */
  paste(): Promise<string>;
  /** The text of a file that the person picks; `undefined` if they pick none. */
  readFile(): Promise<string | undefined>;
  /** An RFC 3339 time as the person reads it. */
  formatTime(time: string): string;
  l10n: L10n;
}

/** Asks the person for the answer to a request and sends it. The same from a toast, a row, the palette and the panel. */
export interface AnswerFlow {
  /** Escape, or nothing picked, leaves the request open. Fails as `HubApi.call` does; what was typed is there again next time. */
  ask(requestId: string): Promise<void>;
  /** Sends this choice as it is. */
  choose(requestId: string, choice: string): Promise<void>;
  /** Sends this verdict on a permission, which the person has seen whole, or that a task is done. */
  decide(requestId: string, decision: Decision | 'done'): Promise<void>;
  /** Sends this answer as it is; words that can't be sent are there when it is asked about next. */
  send(requestId: string, draft: AnswerDraft): Promise<void>;
  /** Offers to give the answer that was just given elsewhere to the others that ask the same. */
  offerSame(request: Request, draft: AnswerDraft): Promise<void>;
  /** Whether the agent runs in a terminal of this window; `show` brings that to the front. */
  terminal(agentId: string, show?: boolean): Promise<boolean>;
  /** Asks about one request after the other, in the order of need, until all is clear. Called once more meanwhile, it skips one. */
  next(): Promise<void>;
}

/** All that answers, and what belongs to it. */
export interface Answering extends AnswerFlow {
  /** Takes back the answer to this request, or else to the last one. */
  takeBack(requestId?: string): Promise<void>;
  manageAnswers(): Promise<void>;
  manageRules(): Promise<void>;
}
