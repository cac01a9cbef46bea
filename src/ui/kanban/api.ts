import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { PageKeyboard } from '../shell/pageKeyboard.ts';
import type { Tasks } from '../tasks/api.ts';

export interface KanbanDeps {
  board: BoardStore;
  clock: Clock;
  log: Logger;
  keyboard: PageKeyboard;
  /** Called once a tab was opened to which the keyboard goes. */
  keepInEditor(): void;
  /** The folder with the page's script and style. */
  dist: string;
  /** Loads the Tasks feature, which changes tasks. */
  tasks(): Promise<Tasks>;
  openTask(taskId: string): void;
  /** Asks the user about the request of a task that is open longest. */
  answer(taskId: string): void;
  report(error: unknown): void;
}

/** The Kanban board, in a tab of the editor. */
export interface Kanban extends Disposable {
  /** Reveals the board, or opens it. */
  open(): void;
  /** Restores a panel after a reload. */
  restore(panel: vscode.WebviewPanel): void;
}
