import { l10n } from 'vscode';
import type { BoardStore } from '../client/boardStore.ts';
import type { Clock } from '../util/clock.ts';
import { agentRows } from './agentRows.ts';
import { followBoard } from './followBoard.ts';
import { viewIds } from './ids.ts';
import { RowTreeView } from './rowTreeView.ts';

/** The view of the agents and their presence. */
export function createAgentsTree({ board, clock }: { board: BoardStore; clock: Clock }): RowTreeView {
  const tree = new RowTreeView({ id: viewIds.agents, rows: () => agentRows(board.board, clock.now(), l10n), clock, ticking: true });
  tree.own(followBoard(board, () => tree.refresh()));
  return tree;
}
