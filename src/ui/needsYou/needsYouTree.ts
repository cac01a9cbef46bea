import { l10n } from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import { needCount } from '../../client/needs.ts';
import type { Clock } from '../../util/clock.ts';
import { viewIds } from '../ids.ts';
import { followBoard } from '../shell/followBoard.ts';
import { needWords } from '../text/needText.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import { needsYouRows } from './needsYouRows.ts';

/** The view of what waits for the person, with the badge of the container. */
export function createNeedsYouTree({ board, clock }: { board: BoardStore; clock: Clock }): RowTreeView {
  const tree = new RowTreeView({ id: viewIds.needsYou, rows: () => needsYouRows(board.board, clock.now(), l10n), clock, ticking: true });
  let shown: number | undefined;
  tree.own(
    followBoard(board, () => {
      tree.refresh();
      const waiting = needCount(board.board);
      if (waiting === shown) return;
      shown = waiting;
      tree.view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: needWords(board.board, l10n) };
    }),
  );
  return tree;
}
