import * as vscode from 'vscode';
import { lazy } from '../../util/lazy.ts';
import { commandIds, taskFileScheme, taskMime, viewIds } from '../ids.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Command } from '../shell/registerCommands.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import { type TaskCommandId, type Tasks, taskCommands } from './api.ts';

/** Registers the *Tasks* view. Its content is loaded when the view is first visible or a command needs it. */
export function registerTasks(context: UiContext) {
  const { board, clock, keys } = context;
  let tasks: Tasks | undefined;
  const load = lazy(async () => {
    const { createTasks } = await import('./tasks.ts');
    tasks = createTasks({
      ...context,
      memory: context.memory.workspace,
      selected: () => tree.selected(),
      changed({ filtered }) {
        keys.set('agentrq.tasksFiltered', filtered);
        tree.refresh();
      },
    });
    tree.own(tasks);
    return tasks;
  });
  const tree = context.own(
    new RowTreeView({
      id: viewIds.tasks,
      rows: () => tasks?.rows() ?? [],
      clock,
      ticking: false,
      load,
      message: () => tasks?.message() ?? '',
      tooltipOf: async (row) => (await load()).tooltipOf(row),
      options: {
        canSelectMany: true,
        showCollapseAll: true,
        dragAndDropController: {
          dragMimeTypes: [],
          dropMimeTypes: [taskMime],
          handleDrag: (rows, data) => tasks?.drag(rows, data),
          handleDrop: async (row, data) => tasks?.drop(row, data).catch((error: unknown) => context.report(error)),
        },
      },
    }),
  );
  tree.own(followBoard(board, () => tree.refresh()));
  // The words of a task that were open before a reload can be read only with this.
  if (hasTaskFiles()) load().catch((error: unknown) => context.report(error));
  const commands = Object.fromEntries(
    taskCommands.map((name): [string, Command] => [
      commandIds[name],
      async (argument, selected) => (await load()).actions[name](argument, Array.isArray(selected) ? selected : undefined),
    ]),
  ) as { readonly [K in TaskCommandId]: Command };
  return { tree, load, commands };
}

function hasTaskFiles(): boolean {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.some(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === taskFileScheme);
}
