import { l10n } from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { Clock } from '../../util/clock.ts';
import { viewIds } from '../ids.ts';
import { followBoard } from '../shell/followBoard.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import { agentRows } from './agentRows.ts';

/** The view of the agents and their presence. */
export function createAgentsTree({ board, clock }: { board: BoardStore; clock: Clock }): RowTreeView {
  const tree = new RowTreeView({ id: viewIds.agents, rows: () => agentRows(board.board, clock.now(), l10n), clock, ticking: true });
  tree.own(followBoard(board, () => tree.refresh()));
  return tree;
}
