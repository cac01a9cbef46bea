import { needCount } from '../../client/needs.ts';
import type { Threads } from '../code/api.ts';
import { commandIds, viewIds } from '../ids.ts';
import type { Pages } from '../panel/api.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import { needText } from '../text/needText.ts';
import { RowTreeView } from '../tree/rowTreeView.ts';
import { dismissRequest, openRequest } from './commands.ts';
import { needsYouRows } from './needsYouRows.ts';

/** Registers the *Needs You* view, with the badge of the container. */
export function registerNeedsYou(context: UiContext, others: { pages: Pages; threads: Pick<Threads, 'open'> }) {
  const { board, clock, l10n } = context;
  const tree = context.own(
    new RowTreeView({ id: viewIds.needsYou, rows: () => needsYouRows(board.board, clock.now(), l10n), clock, ticking: true }),
  );
  let shown: number | undefined;
  tree.own(
    followBoard(board, () => {
      tree.refresh();
      const waiting = needCount(board.board);
      if (waiting === shown) return;
      shown = waiting;
      tree.view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: needText(board.board, l10n) };
    }),
  );
  const commands = {
    [commandIds.openRequest]: openRequest({ ...context, ...others }),
    [commandIds.dismissRequest]: dismissRequest(context),
  };
  return { tree, commands };
}
