import { l10n } from 'vscode';
import type { BoardStore } from '../client/boardStore.ts';
import type { Clock } from '../util/clock.ts';
import { followBoard } from './followBoard.ts';
import { viewIds } from './ids.ts';
import { RowTreeView } from './rowTreeView.ts';
import { taskRows } from './taskRows.ts';

/** The view of all tasks. */
export function createTasksTree({ board, clock }: { board: BoardStore; clock: Clock }): RowTreeView {
  const tree = new RowTreeView({ id: viewIds.tasks, rows: () => taskRows(board.board, l10n), clock, ticking: false });
  tree.own(followBoard(board, () => tree.refresh()));
  return tree;
}
