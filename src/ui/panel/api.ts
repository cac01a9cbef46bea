import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerDraft, Request, Task } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { Prompts } from '../shell/prompts.ts';

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

/** By what a task's page is opened. */
export type TaskKey = Pick<Task, 'id' | 'workspaceId' | 'title'>;

/** The pages: a panel for each task, and texts for reading only. */
export interface Pages {
  /** The panel with the conversation; the one that is open already, if there is one. */
  openTask(task: TaskKey): Promise<void>;
  /** The panel, and lets the person choose files or a selection for their next message in it. */
  attach(task: TaskKey): Promise<void>;
  /** The task and its thread as text. */
  openAsText(task: TaskKey): Promise<void>;
  /** Where it stands in the panel of its task, or a page in text if it has none. */
  openRequest(request: Request): Promise<void>;
  /**
   * All of this request by itself, beside what is open. The keyboard stays where it is. Disposed, the page is closed,
   * unless it was open before.
   */
  review(request: Request): Promise<Disposable>;
  /** The task or request whose page is in front of the person: a panel, or a text. */
  inFront(): string | undefined;
  /** The task whose panel is in front of the person. */
  readingTask(): TaskKey | undefined;
}
