import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { HubAddress } from '../../client/linkState.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { CommandId } from '../ids.ts';
import type { ButtonId, PickItem, PromptButton, Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** The dependencies of this feature. */
export interface ConnectDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  editor: ConnectEditor;
  clock: Clock;
  log: Logger;
  /** Shows a failure to the user. */
  report(error: unknown): void;
  l10n: L10n;
  /** The address of the hub. Waits while a hub is being started. */
  address(): Promise<HubAddress>;
  /** The ids of the workspaces of this window's folders. */
  workspaceIds(): readonly string[];
  /** AgentRQ's home folder, if it is not the default one. */
  home(): string | undefined;
  /** The extension's folder with the scripts that agents start. */
  scripts: string;
  /** Formats an RFC 3339 time for display. */
  formatTime(time: string): string;
}

/** Connects, checks and disconnects agents, and replaces their tokens. */
export interface Connect extends Disposable {
  connectAgent(): Promise<void>;
  /** @param agentId the agent whose connection it is, if the user has said so */
  checkConnection(agentId?: string): Promise<void>;
  disconnectAgent(): Promise<void>;
  /** Asks the user about entries of this window's workspaces that are missing, once for each. */
  checkEntries(): Promise<void>;
  /** Tells the user which agents have to be connected again because the hub is at this address; nothing if there are none. */
  tellMoved(url: string): Promise<void>;
  /** Replaces the token of a workspace's agents; asks for the workspace if it is not given. */
  replaceToken(workspaceId: string | undefined): Promise<void>;
  /** Decides on the changes that the user looks at, if there are any. */
  decide(verdict: ChangesVerdict): void;
}

/** The editor's UI for connecting agents, apart from prompts. */
export interface ConnectEditor {
  /** Whether the editor takes MCP servers from extensions. */
  readonly hasMcp: boolean;
  /** Whether the user trusts the folders of this window. */
  isTrusted(): boolean;
  /** The path of a folder URI; `undefined` if it is not on this machine. */
  pathOf(uri: string): string | undefined;
  /** Opens a diff editor for each file, the first in front. Does not take the focus. Disposing the result closes them. */
  showDiffs(diffs: readonly Diff[]): Promise<OpenDiffs>;
  /** Decides on the diffs that are open, if there are any. */
  decide(verdict: ChangesVerdict): void;
  /** Opens a list whose rows change while it is shown. Only the user, another prompt or the caller closes it. */
  openList(options: ListOptions): OpenList;
  openFile(path: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** Starts a program in a new terminal, in this folder, and shows it. @param program its path; started by its name, which is on the PATH */
  startInTerminal(title: string, program: string, folder: string | undefined): void;
  /** Opens an address in the browser. */
  openExternal(url: string): Promise<void>;
  /** Runs a command of ours. */
  run(command: CommandId, argument?: object): Promise<void>;
}

/** The text before and after a change; empty if there is no file. */
export interface Diff {
  title: string;
  /** The file name, from which the editor derives the language. */
  name: string;
  before: string;
  after: string;
}

/** What the user says to what would be written. */
export type ChangesVerdict = 'write' | 'cancel';

export interface OpenDiffs extends Disposable {
  /** Reveals one of them, and gives it the focus. */
  show(index: number): Promise<void>;
  /** Resolves when the user decides by the buttons in the title of a diff editor, or closes all of them, which is to cancel. */
  readonly decided: Promise<ChangesVerdict>;
}

/** A list whose rows change while it is shown; the value of a row is its id. Disposing it closes it. */
export interface OpenList extends Disposable {
  update(content: ListContent): void;
}

export interface ListContent {
  title: string;
  placeholder: string;
  items: readonly PickItem<string>[];
  /** The id of the row that the user should look at: it becomes the active one when it changes. */
  active?: string | undefined;
  isBusy: boolean;
}

/** The listeners of an open list. `hidden`: the user or another prompt has closed it. */
export interface ListOptions {
  buttons: readonly PromptButton[];
  picked(id: string): void;
  pressed(button: ButtonId): void;
  hidden(): void;
}
