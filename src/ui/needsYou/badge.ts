import type * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import { needCount } from '../../client/needs.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { L10n } from '../text/l10n.ts';
import { needText } from '../text/needText.ts';

/**
 * Keeps the badge of the container. `view`: a tree of it that is there whatever is set, with a badge before the container is first opened.
 */
export function followBadge(board: BoardStore, view: Pick<vscode.TreeView<unknown>, 'badge'>, l10n: L10n): Disposable {
  let shown: number | undefined;
  return followBoard(board, () => {
    const waiting = needCount(board.board);
    if (waiting === shown) return;
    shown = waiting;
    view.badge = waiting === 0 ? undefined : { value: waiting, tooltip: needText(board.board, l10n) };
  });
}
