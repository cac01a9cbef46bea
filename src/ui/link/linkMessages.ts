import type { LinkState } from '../../client/linkState.ts';
import type { L10n } from '../text/l10n.ts';
import { linkSentence } from '../text/linkText.ts';

/** What the views say about the link, above their rows. Empty: nothing. */
export interface LinkMessages {
  needsYou: string;
  tasks: string;
}

/**
 * `lost`: there was a connection, and it isn't back. `empty`: *Needs You* has no rows. A message hides the welcome text of its view
 * with the buttons, so the reason of a failure stands in *Tasks* as long as *Needs You* shows these.
 */
export function linkMessages(state: { link: LinkState; lost: boolean; empty: boolean }, l10n: L10n): LinkMessages {
  const { link, lost, empty } = state;
  if (link.kind === 'failed') {
    const reason = linkSentence(link, l10n);
    return empty ? { needsYou: '', tasks: reason } : { needsYou: reason, tasks: '' };
  }
  return { needsYou: lost ? l10n.t('The connection to the hub is gone; the next attempt comes by itself.') : '', tasks: '' };
}
