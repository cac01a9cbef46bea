import type { LinkState } from '../../client/linkState.ts';
import type { L10n } from '../text/l10n.ts';
import { linkSentence } from '../text/linkText.ts';

/** The messages about the link above the rows of the views; empty for none. */
export interface LinkMessages {
  needsYou: string;
  tasks: string;
}

/**
 * The messages for a link state. `lost`: a connection was lost and is not back. `empty`: *Needs You* has no rows. A message hides the
 * welcome content of its view with its buttons, so a failure is shown in *Tasks* while *Needs You* is empty.
 */
export function linkMessages(state: { link: LinkState; lost: boolean; empty: boolean }, l10n: L10n): LinkMessages {
  const { link, lost, empty } = state;
  if (link.kind === 'failed') {
    const reason = linkSentence(link, l10n);
    return empty ? { needsYou: '', tasks: reason } : { needsYou: reason, tasks: '' };
  }
  return { needsYou: lost ? l10n.t('Connection to the hub lost. Reconnecting…') : '', tasks: '' };
}
