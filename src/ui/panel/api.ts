import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerDraft, Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { Pages } from './pages.ts';

/** What pages work with. */
export interface PanelDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  clock: Clock;
  log: Logger;
  /** The folder with the page's script and style. */
  dist: string;
  /** Hears of each request that was answered in a panel, and with what. */
  answered(request: Request, draft: AnswerDraft): void;
  /** Says that a page in text reads otherwise now. */
  changed(uri: vscode.Uri): void;
}

/** The pages, and what the editor asks for when it brings back those that were open. */
export interface TaskPages extends Pages, Disposable {
  /** The text of a page in text. */
  textOf(uri: vscode.Uri): Promise<string>;
  /** Fills a panel again after a reload, by the state that its page left. */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** A bundle of its own, loaded at the first call: nothing else may import `panel/panel.ts`. */
export const loadPanel = async (deps: PanelDeps): Promise<TaskPages> => (await import('./panel.ts')).createTaskPages(deps);
