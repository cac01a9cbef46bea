import type { UserActivity } from '../notifications/api.ts';
import type { UiContext } from '../shell/context.ts';
import { followBoard } from '../shell/followBoard.ts';
import type { RowTreeView } from '../tree/rowTreeView.ts';
import { offerPort } from './offerPort.ts';

/** Says above *Needs You* that the connection is lost, and offers another port when the hub can't get its own. */
export function registerLink(context: UiContext, others: { needsYou: RowTreeView; activity: UserActivity }): void {
  const { board, l10n } = context;
  let lost = false;
  context.own(
    followBoard(board, () => {
      const { link } = board;
      // Each attempt sets `connecting`; the message stays until one has succeeded.
      lost = link.kind === 'waiting' || (lost && link.kind === 'connecting');
      others.needsYou.setMessage(lost ? l10n.t('Connection to the hub lost. Reconnecting…') : '');
    }),
  );
  context.own(offerPort({ ...context, activity: others.activity }));
}
