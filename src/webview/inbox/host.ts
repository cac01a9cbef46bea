import type { FromInbox } from '../../protocol/fromInboxPage.ts';
import type { ToInbox } from '../../protocol/toInboxPage.ts';
import { createCardHost, type KeptCards } from '../card/cardHost.ts';

interface SavedInbox extends KeptCards {
  /** The card that has the keyboard, or had it last. */
  focused?: string | undefined;
  /** The card that is open. */
  reading?: string | undefined;
  showsSent: boolean;
  /** The only card of this page. */
  only?: string | undefined;
}

/** The inbox behind the page. */
export const host = createCardHost<{ out: FromInbox; in: ToInbox; state: SavedInbox }>({ drafts: {}, ticks: {}, showsSent: false });
