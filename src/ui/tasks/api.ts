import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { TaskStatus } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { commandIds } from '../ids.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import type { Row } from '../tree/row.ts';
import type { RowNode } from '../tree/rowTree.ts';

export interface TasksDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  clock: Clock;
  memory: Memory;
  /** The rows that are selected in the view. */
  selected(): Promise<readonly RowNode[]>;
  /** The person looks at the tasks differently. `filtered`: not at all of them. */
  changed(look: { filtered: boolean }): void;
  report(error: unknown): void;
  l10n: L10n;
}

/** What is done with tasks, called on a row, on several, or on those that are selected in the view. */
export type RunTaskCommand = (argument: unknown, selected?: readonly unknown[]) => Promise<void>;

/** The commands of the board. */
export const taskCommands = [
  'changeTaskStatus',
  'moveTaskUp',
  'moveTaskDown',
  'moveTaskTo',
  'archiveTask',
  'restoreTask',
  'deleteTask',
  'stopTask',
  'undo',
  'showMoreTasks',
  'groupTasks',
  'sortTasks',
  'filterTasks',
  'clearTaskFilter',
] as const satisfies readonly (keyof typeof commandIds)[];

export type TaskCommandId = (typeof commandIds)[(typeof taskCommands)[number]];

/** What the Tasks view is made of, and what is done in it. */
export interface Tasks extends Disposable {
  rows(): readonly Row[];
  /** Says what is shown and how all of it is; empty if all is shown. */
  note(): string;
  /** What the person reads to be back in the task of this row. */
  explain(row: Row): Promise<vscode.MarkdownString | undefined>;
  drag(rows: readonly RowNode[], data: vscode.DataTransfer): void;
  drop(row: RowNode | undefined, data: vscode.DataTransfer): Promise<void>;
  /** Puts a task before another one of this status, or at the end of those that have it. */
  place(taskId: string, status: TaskStatus, before: string | undefined): Promise<void>;
  actions: { readonly [K in (typeof taskCommands)[number]]: RunTaskCommand };
}
