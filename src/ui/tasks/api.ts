import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { TaskStatus } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { commandIds } from '../ids.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { Undoable } from '../shell/undoable.ts';
import type { L10n } from '../text/l10n.ts';
import type { Row } from '../tree/row.ts';
import type { RowNode } from '../tree/rowTree.ts';

export interface TasksDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  clock: Clock;
  memory: Memory;
  /** The selected rows of the view. */
  selected(): Promise<readonly RowNode[]>;
  /** Called once a tab was opened to which the keyboard goes. */
  keepInEditor(): void;
  /** The view settings or rows have changed. `filtered`: not all tasks are shown. */
  changed(view: { filtered: boolean }): void;
  report(error: unknown): void;
  l10n: L10n;
}

/** An action on tasks, called with a row and the selected rows, or without to use the selection. */
export type RunTaskCommand = (argument: unknown, selected?: readonly unknown[]) => Promise<void>;

/** The commands of this feature. */
export const taskCommands = [
  'changeTaskStatus',
  'moveTaskUp',
  'moveTaskDown',
  'moveTaskTo',
  'archiveTask',
  'restoreTask',
  'deleteTask',
  'stopTask',
  'assignTask',
  'editTask',
  'undo',
  'showMoreTasks',
  'groupTasks',
  'sortTasks',
  'filterTasks',
  'clearTaskFilter',
  'showAgentTasks',
] as const satisfies readonly (keyof typeof commandIds)[];

export type TaskCommandId = (typeof commandIds)[(typeof taskCommands)[number]];

/** The content of the *Tasks* view, and its actions. */
export interface Tasks extends Disposable {
  rows(): readonly Row[];
  /** The message about the active filter; empty if all tasks are shown. */
  message(): string;
  /** The tooltip of a row: a summary that brings the user back into the task. */
  tooltipOf(row: Row): Promise<vscode.MarkdownString | undefined>;
  drag(rows: readonly RowNode[], data: vscode.DataTransfer): void;
  drop(row: RowNode | undefined, data: vscode.DataTransfer): Promise<void>;
  /** Moves a task before another one of this status, or to the end. */
  place(taskId: string, status: TaskStatus, before: string | undefined): Promise<void>;
  /** Makes what the user did elsewhere undoable, and offers that. */
  undoable(done: Undoable): void;
  actions: { readonly [K in (typeof taskCommands)[number]]: RunTaskCommand };
}
