import { l10n } from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Clock } from '../../util/clock.ts';
import { lazy } from '../../util/lazy.ts';
import { taskMime, viewIds } from '../ids.ts';
import type { ContextKeyHolder } from '../shell/contextKeys.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { Memory } from '../shell/memory.ts';
import type { Prompts } from '../shell/prompts.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import { loadTasks, type Tasks } from './api.ts';

/** The view of all tasks, and what fills it, which is loaded when the view is first seen or a command needs it. */
export function createTasksTree(deps: {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  clock: Clock;
  keys: ContextKeyHolder;
  memory: Memory;
  report(error: unknown): void;
}): { tree: RowTreeView; load(): Promise<Tasks> } {
  let tasks: Tasks | undefined;
  const load = lazy(async () => {
    tasks = await loadTasks({
      ...deps,
      l10n,
      selected: () => tree.selected(),
      changed({ filtered }) {
        deps.keys.set('agentrq.tasksFiltered', filtered);
        tree.refresh();
      },
    });
    tree.own(tasks);
    return tasks;
  });
  const tree = new RowTreeView({
    id: viewIds.tasks,
    rows: () => tasks?.rows() ?? [],
    clock: deps.clock,
    ticking: false,
    load,
    note: () => tasks?.note() ?? '',
    explain: async (row) => (await load()).explain(row),
    options: {
      canSelectMany: true,
      showCollapseAll: true,
      dragAndDropController: {
        dragMimeTypes: [],
        dropMimeTypes: [taskMime],
        handleDrag: (rows, data) => tasks?.drag(rows, data),
        handleDrop: async (row, data) => tasks?.drop(row, data).catch((error: unknown) => deps.report(error)),
      },
    },
  });
  tree.own(followBoard(deps.board, () => tree.refresh()));
  return { tree, load };
}
