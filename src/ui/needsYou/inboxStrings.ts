import type { InboxStrings } from '../../protocol/toInboxPage.ts';
import { cardStrings } from '../card/cardStrings.ts';
import type { L10n } from '../text/l10n.ts';

/** The texts of the page, translated. */
export function inboxStrings(l10n: L10n): InboxStrings {
  return {
    ...cardStrings(l10n),
    title: l10n.t('Needs You'),
    list: l10n.t('Open requests'),
    sent: l10n.t('Sent ({0})', '{0}'),
    keys: l10n.t(
      'J and K move, Enter opens. In an open card: 1 to 9 choose, A allows once, D denies, R writes, S snoozes notifications, U undoes the last answer.',
    ),
    open: l10n.t('Open'),
    dismiss: l10n.t('Dismiss…'),
    came: l10n.t('{0} requests have come.', '{0}'),
    connect: l10n.t('Connect an Agent'),
    practice: l10n.t('Start Practice Agent'),
    tour: l10n.t('Take the Tour'),
    port: l10n.t('Use Another Port'),
    restart: l10n.t('Try Again'),
    log: l10n.t('Show Log'),
  };
}
