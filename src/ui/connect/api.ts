import type { BoardStore } from '../../client/boardStore.ts';
import type { HubAddress } from '../../client/hubAddress.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';

/** What connecting agents works with. */
export interface ConnectDeps {
  board: BoardStore;
  api: HubApi;
  prompts: Prompts;
  editor: ConnectEditor;
  clock: Clock;
  log: Logger;
  l10n: L10n;
  /** Where the hub is; waits while one is being started. */
  address(): Promise<HubAddress>;
  /** The hub's workspaces of this window's folders. */
  workspaceIds(): readonly string[];
  /** AgentRQ's folder, if it isn't the usual one. */
  home(): string | undefined;
  /** The folder with the scripts that agents start, as they come with the extension. */
  scripts: string;
  /** An RFC 3339 time as the person reads it. */
  formatTime(time: string): string;
}

/** Agents are connected, tried and disconnected, and their tokens replaced. Each asks the person what it needs to know. */
export interface Connect extends Disposable {
  connectAgent(): Promise<void>;
  checkConnection(): Promise<void>;
  disconnectAgent(): Promise<void>;
  /** Asks about entries of this window’s workspaces that are gone, each once. */
  lookAgain(): Promise<void>;
  /** Says which agents have to be connected again now that the hub is at this address; nothing if there are none. */
  tellMoved(url: string): Promise<void>;
  /** Gives the agents of a workspace another token; asks which one if it isn't given. */
  replaceToken(workspaceId: string | undefined): Promise<void>;
}

/** What connecting agents shows in the editor, besides prompts. */
export interface ConnectEditor {
  /** The editor takes MCP servers from extensions. */
  readonly hasMcp: boolean;
  /** The person trusts the folders of this window. */
  isTrusted(): boolean;
  /** The path of a folder on this machine, by its URI; `undefined` if it is somewhere else. */
  pathOf(uri: string): string | undefined;
  /** Opens the editor's view of each difference, the first one in front. The keyboard stays where it is. Disposed, they are closed. */
  showDiffs(diffs: readonly Diff[]): Promise<OpenDiffs>;
  /** Opens a read-only page, or brings it to the front. */
  openPage(title: string, text: string): Promise<OpenPage>;
  openFile(path: string): Promise<void>;
  copy(text: string): Promise<void>;
  /** Runs what takes a while; the person sees what `say` says, and can end it, which aborts the signal. */
  progress(title: string, run: (say: (text: string) => void, signal: AbortSignal) => Promise<void>): Promise<void>;
}

/** A text before and after; an empty one stands for no file. */
export interface Diff {
  title: string;
  /** The name of the file, which tells the editor its language. */
  name: string;
  before: string;
  after: string;
}

export interface OpenDiffs extends Disposable {
  /** Brings one of them to the front. */
  show(index: number): Promise<void>;
}

export interface OpenPage {
  update(text: string): void;
}
