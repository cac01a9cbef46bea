import type { FromPage } from '../../protocol/fromPanelPage.ts';
import type { Chip, SavedPanel, ToPage } from '../../protocol/toPanelPage.ts';
import { createCardHost, type KeptCards } from '../card/cardHost.ts';

interface SavedPage extends KeptCards {
  saved?: SavedPanel;
  /** Files that are to go with the next message. */
  files: readonly Chip[];
  /** The row at the top and how far it is scrolled out; without it, the page stands at its end. */
  top?: { id: string; offset: number };
  timeline: boolean;
}

/** The panel's end of the page. */
export const host = createCardHost<{ out: FromPage; in: ToPage; state: SavedPage }>({ drafts: {}, ticks: {}, files: [], timeline: false });
