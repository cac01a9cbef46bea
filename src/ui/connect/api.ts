import type { BoardStore } from '../../client/boardStore.ts';
import type { HubAddress } from '../../client/hubAddress.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';
import type { Prompts } from '../shell/prompts.ts';
import type { L10n } from '../text/l10n.ts';
import type { ConnectEditor } from './connectEditor.ts';

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

/** A bundle of its own, loaded at the first call: nothing else may import `connect/door.ts`. */
export async function loadConnect(deps: Omit<ConnectDeps, 'editor'>): Promise<Connect> {
  const { createConnect, createConnectEditor } = await import('./bundle.ts');
  const editor = createConnectEditor();
  const connect = createConnect({ ...deps, editor });
  return {
    ...connect,
    dispose() {
      connect.dispose();
      editor.dispose();
    },
  };
}
