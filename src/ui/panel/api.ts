import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { AnswerDraft, Request, Task } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { CardOpeners } from '../card/takeCardMessage.ts';
import type { PageKeyboard } from '../shell/pageKeyboard.ts';
import type { Prompts } from '../shell/prompts.ts';

/** The dependencies of this feature. */
export interface PanelDeps {
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
  /** Called for each request that was answered in a panel, with the answer. */
  answered(request: Request, draft: AnswerDraft): void;
  /** Reports that a text page has changed. */
  changed(uri: vscode.Uri): void;
}

/** The pages of tasks, with what the editor needs to restore them. */
export interface TaskPages extends Omit<Pages, 'openRequest' | 'review'>, Disposable {
  /** Reveals or opens the panel of a task, at this request. */
  openTask(task: TaskKey, requestId?: string): Promise<void>;
  /** What cards open, wherever they stand. */
  readonly openers: CardOpeners;
  /** The content of a text page. */
  textOf(uri: vscode.Uri): Promise<string>;
  /** Restores a panel after a reload from the state that its page saved. */
  restore(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
}

/** What is needed to open the page of a task. */
export type TaskKey = Pick<Task, 'id' | 'workspaceId' | 'title'>;

/** The pages: a panel for each task, tasks as text, and the card of a request alone. */
export interface Pages {
  /** Reveals or opens the panel of a task. */
  openTask(task: TaskKey): Promise<void>;
  /** Opens the panel and lets the user choose attachments for their next message. */
  attach(task: TaskKey): Promise<void>;
  /** Opens the task and its thread as text. */
  openAsText(task: TaskKey): Promise<void>;
  /** Reveals the request in the panel of its task, or opens its card in a tab of its own if there is no task. */
  openRequest(request: Request): Promise<void>;
  /**
   * Opens the whole request beside the active editor without taking the focus. Disposing the result closes the page unless it was open
   * before.
   */
  review(request: Request): Promise<Disposable>;
  /** The id of the task or request whose page is active. */
  inFront(): string | undefined;
  /** The task whose panel is active. */
  readingTask(): TaskKey | undefined;
}
