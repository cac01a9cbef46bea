import type { AnswerDraft, OwnDialog } from '../protocol/model.ts';
import type { Asked, Asking } from './asking.ts';
import type { Drafts } from './drafts.ts';
import type { L10n } from './l10n.ts';
import type { Pages } from './pages.ts';
import type { Prompts } from './prompts.ts';

/** What asking about the agents' own dialogs works with. */
export interface DialogsDeps {
  prompts: Prompts;
  pages: Pages;
  drafts: Drafts;
  /** Sends an answer that the user gives later than when they were asked. */
  send(requestId: string, draft: AnswerDraft): Promise<void>;
  l10n: L10n;
}

/** Asks the user what an agent asks in a dialog of its own. */
export type AskDialog = (asking: Asking, dialog: OwnDialog) => Promise<Asked>;

/** A bundle of its own, loaded with the first such dialog: nothing else may import `dialogs/dialogs.ts`. */
export const loadDialogs = async (deps: DialogsDeps): Promise<AskDialog> => (await import('./dialogs/dialogs.ts')).createDialogs(deps);
