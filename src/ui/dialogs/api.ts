import type { AnswerDraft, OwnDialog } from '../../protocol/model.ts';
import type { Pages } from '../panel/api.ts';
import type { Asked, Asking } from '../shell/asking.ts';
import type { Drafts } from '../shell/drafts.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** The dependencies of this feature. */
export interface DialogsDeps {
  prompts: Prompts;
  pages: Pages;
  drafts: Drafts;
  /** Sends an answer that the user gives after the prompt was closed. */
  send(requestId: string, draft: AnswerDraft): Promise<void>;
  l10n: L10n;
}

/** The properties of an agent by which its program is found. */
export interface AgentProgram {
  /** The name in `clientInfo`. */
  name: string;
  /** The URI of its workspace's folder. */
  folder: string | undefined;
}

/** Questions and plans that agents show in dialogs of their own. */
export interface Dialogs {
  /** Asks the user the same in this window. */
  ask(asking: Asking, dialog: OwnDialog): Promise<Asked>;
  /** Whether the agent certainly runs in a terminal of this window. `show` reveals the terminal, or tells the user that there is none. */
  terminal(agent: AgentProgram | undefined, show: boolean): Promise<boolean>;
}

/** Loads the bundle, with the first dialog. */
export type LoadDialogs = (deps: DialogsDeps) => Promise<Dialogs>;
