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
export interface InboxDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  clock: Clock;
  log: Logger;
  keyboard: PageKeyboard;
  /** The folder with the page's script and style. */
  dist: string;
  /** The name of the editor's own MCP client, which is no agent of the user's. */
  editor: string;
  /** That there is no hub, or no connection to it. */
  trouble: Pick<Trouble, 'state' | 'onDidChange'>;
  /** Loads what cards open. */
  loadOpeners(): Promise<CardOpeners>;
  /** Called for each request that was answered in the inbox, with the answer. */
  answered(request: Request, draft: AnswerDraft): void;
  report(error: unknown): void;
}

/** *Needs You*. */
export interface InboxView extends Disposable {
  /** Fills the view. */
  show(view: vscode.WebviewView): void;
}
