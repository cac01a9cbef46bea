import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { CardOpeners } from '../card/takeCardMessage.ts';
import type { Trouble } from '../link/api.ts';
import type { PageKeyboard } from '../shell/pageKeyboard.ts';
import type { Prompts } from '../shell/prompts.ts';

/** The dependencies of this feature. */
export interface NeedsYouDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  clock: Clock;
  log: Logger;
  keyboard: PageKeyboard;
  /** Called once a tab was opened to which the keyboard goes. */
  keepInEditor(): void;
  /** The folder with the page's script and style. */
  dist: string;
  /** The name of the editor's own MCP client, which is no agent of the user's. */
  editor: string;
  /** That there is no hub, or no connection to it. */
  trouble: Pick<Trouble, 'state' | 'onDidChange'>;
  /** Loads what cards open. */
  loadOpeners(): Promise<CardOpeners>;
  /** Called for each request that was answered on a card, with the answer. */
  answered(request: Request, draft: AnswerDraft): void;
  report(error: unknown): void;
}

/** The pages of single requests. */
export interface RequestPages {
  /** Reveals or opens the page of a request. */
  open(request: Request): Promise<void>;
  /**
   * Opens the page beside the active editor without taking the focus. Disposing the result closes the page unless it was open before.
   */
  review(request: Request): Promise<Disposable>;
  /** The id of the request whose page is active. */
  inFront(): string | undefined;
}

/** *Needs You*, and the pages of single requests. */
export interface NeedsYou extends RequestPages, Disposable {
  /** Fills the view. */
  show(view: vscode.WebviewView): void;
  /** Restores a page after a reload from the state that it saved. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
}
