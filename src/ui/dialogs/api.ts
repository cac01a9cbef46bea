import type { AnswerDraft, OwnDialog } from '../../protocol/model.ts';
import type { Pages } from '../panel/api.ts';
import type { Asked, Asking } from '../shell/asking.ts';
import type { Drafts } from '../shell/drafts.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** What asking about the agents' own dialogs works with. */
export interface DialogsDeps {
  prompts: Prompts;
  pages: Pages;
  drafts: Drafts;
  /** Sends an answer that the user gives later than when they were asked. */
  send(requestId: string, draft: AnswerDraft): Promise<void>;
  l10n: L10n;
}

/** Who an agent is, as far as its program can be found by it. */
export interface AgentProgram {
  /** From its introduction. */
  name: string;
  /** The URI of its workspace's folder. */
  folder: string | undefined;
}

/** What agents ask in dialogs of their own. */
export interface Dialogs {
  /** Asks the user the same here. */
  ask(asking: Asking, dialog: OwnDialog): Promise<Asked>;
  /** Whether the agent certainly runs in a terminal of this window; `show` brings that to the front, or says that there is none. */
  terminal(agent: AgentProgram | undefined, show: boolean): Promise<boolean>;
}

/** Loads the bundle, with the first dialog. */
export type LoadDialogs = (deps: DialogsDeps) => Promise<Dialogs>;
