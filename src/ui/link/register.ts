import type { Board } from '../../client/board.ts';
import { answersUnderWay, needCount } from '../../client/needs.ts';
import type { UserActivity } from '../notifications/api.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { RowTreeView } from '../tree/rowTreeView.ts';
import { linkMessages } from './linkMessages.ts';
import { offerPort } from './offerPort.ts';

/** Shows in the views when the link is not live, and offers another port when the hub can't get its own. */
export function registerLink(context: UiContext, others: { needsYou: RowTreeView; tasks: RowTreeView; activity: UserActivity }): void {
  const { board, l10n } = context;
  let lost = false;
  context.own(
    followBoard(board, () => {
      const { link } = board;
      // Each attempt sets `connecting`; the message stays until one has succeeded.
      lost = link.kind === 'waiting' || (lost && link.kind === 'connecting');
      const messages = linkMessages({ link, lost, empty: isEmpty(board.board) }, l10n);
      others.needsYou.setMessage(messages.needsYou);
      others.tasks.setMessage(messages.tasks);
    }),
  );
  context.own(offerPort({ ...context, activity: others.activity }));
}

/** Whether *Needs You* has no rows. */
function isEmpty(board: Board): boolean {
  return needCount(board) === 0 && answersUnderWay(board).length === 0;
}
