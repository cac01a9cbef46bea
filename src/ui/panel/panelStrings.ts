import type { PanelStrings } from '../../protocol/toPanelPage.ts';
import type { L10n } from '../l10n.ts';

/** Every word that the page itself says, in the person's language. */
export function panelStrings(l10n: L10n): PanelStrings {
  return {
    agent: l10n.t('Agent'),
    thread: l10n.t('Thread'),
    timeline: l10n.t('Timeline'),
    search: l10n.t('Search questions, permissions and moves'),
    nothingFound: l10n.t('Nothing fits.'),
    empty: l10n.t('Nothing has been said yet.'),
    loading: l10n.t('The thread is being read…'),
    jumpToOpen: l10n.t('Go to What Waits'),
    jumpToEnd: l10n.t('Go to the Newest'),
    reply: l10n.t('Your message'),
    replyPlaceholder: l10n.t('The agent gets this with its next call, or at once if it waits.'),
    send: l10n.t('Send'),
    sendHint: l10n.t('Ctrl+Enter or Cmd+Enter sends; Enter begins a new line.'),
    ownWords: l10n.t('Or in your own words'),
    sendAnswer: l10n.t('Send Answer'),
    chooseSeveral: l10n.t('Choices, one or more of them'),
    deny: l10n.t('Deny'),
    approve: l10n.t('Approve'),
    sendBack: l10n.t('Send Back'),
    allowOnce: l10n.t('Allow Once'),
    alwaysAllow: l10n.t('Always Allow…'),
    takeBack: l10n.t('Take the Answer Back'),
    note: l10n.t('A note for the agent, if you like'),
    answered: l10n.t('Sending…'),
    tooLong: l10n.t('That text is too long for the hub. Make it shorter and try again.'),
    whole: l10n.t('This text is long, so it is shown as it is.'),
    openDiff: l10n.t('Open in Diff Editor'),
    openLink: l10n.t('Open this address: {0}'),
    openPlace: l10n.t('Open this place: {0}'),
    image: l10n.t('Image, not loaded: {0}'),
    code: l10n.t('Code'),
  };
}
