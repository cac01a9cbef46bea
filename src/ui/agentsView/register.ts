import { viewIds } from '../ids.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import { agentRows } from './agentRows.ts';

/** Registers the *Agents* view. */
export function registerAgentsView({ board, clock, l10n, own }: UiContext): void {
  const tree = own(new RowTreeView({ id: viewIds.agents, rows: () => agentRows(board.board, clock.now(), l10n), clock, ticking: true }));
  tree.own(followBoard(board, () => tree.refresh()));
}
