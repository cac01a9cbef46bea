import { l10n } from 'vscode';
import type { Board } from '../../client/board.ts';
import type { BoardStore } from '../../client/boardStore.ts';
import { answersUnderWay, needCount } from '../../client/needs.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { RowTreeView } from '../tree/rowTreeView.ts';
import { linkMessages } from './linkMessages.ts';

/** Lets the views say how the link is when it isn't well. */
export function followLink(board: BoardStore, views: { needsYou: RowTreeView; tasks: RowTreeView }): Disposable {
  let lost = false;
  return followBoard(board, () => {
    const { link } = board;
    // Each new attempt says `connecting`; the words stay until one has succeeded.
    lost = link.kind === 'waiting' || (lost && link.kind === 'connecting');
    const messages = linkMessages({ link, lost, empty: isEmpty(board.board) }, l10n);
    views.needsYou.setMessage(messages.needsYou);
    views.tasks.setMessage(messages.tasks);
  });
}

/** *Needs You* has no rows. */
function isEmpty(board: Board): boolean {
  return needCount(board) === 0 && answersUnderWay(board).length === 0;
}
