import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerDraft, Decision, Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { LoadDialogs } from '../dialogs/api.ts';
import type { Pages } from '../panel/api.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** The dependencies of this feature. */
export interface AnsweringDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  pages: Pages;
  loadDialogs: LoadDialogs;
  clock: Clock;
  /** The editor's storage: of the open folder, and of all folders. */
  memory: { workspace: Memory; global: Memory };
  workspaceIds(): readonly string[];
  isTrusted(): boolean;
  /** Returns the text on the clipboard. */
  paste(): Promise<string>;
  /** Lets the user pick a JSON file and returns its text; `undefined` if they pick none. */
  readFile(): Promise<string | undefined>;
  /** Formats an RFC 3339 time for display. */
  formatTime(time: string): string;
  l10n: L10n;
}

/** Asks the user for the answer to a request and sends it. Used by toasts, rows, the palette and the panel. */
export interface AnswerFlow {
  /** Asks about one request. Escape, or picking nothing, leaves it open. Fails like `HubApi.call`; what was typed is restored next time. */
  ask(requestId: string): Promise<void>;
  /** Sends this choice as the answer. */
  choose(requestId: string, choice: string): Promise<void>;
  /** Sends this decision on a permission that the user has seen in full, or that a task is done. */
  decide(requestId: string, decision: Decision | 'done'): Promise<void>;
  /** Sends this answer. If that fails, its text is restored when the user is asked next. */
  send(requestId: string, draft: AnswerDraft): Promise<void>;
  /** Offers to send an answer that was just given elsewhere to other requests that ask the same. */
  offerSame(request: Request, draft: AnswerDraft): Promise<void>;
  /** Whether the agent runs in a terminal of this window. `show` reveals that terminal. */
  terminal(agentId: string, show?: boolean): Promise<boolean>;
  /** Asks about all open requests in turn, the most urgent first. A call while this is in progress skips one request. */
  next(): Promise<void>;
}

/** Answering requests, and managing reusable answers and rules. */
export interface Answering extends AnswerFlow {
  /** Retracts the answer to this request, or without an id the last one. */
  retract(requestId?: string): Promise<void>;
  manageAnswers(): Promise<void>;
  manageRules(): Promise<void>;
}
