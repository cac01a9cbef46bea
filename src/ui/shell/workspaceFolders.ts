import * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import { createRetry } from '../../client/retry.ts';
import type { Workspace } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import { Emitter, type Listen } from '../../util/emitter.ts';
import { describeError } from '../../util/errors.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { Logger } from '../../util/log.ts';

/** The workspaces of the folders of this window. */
export interface OpenFolders extends Disposable {
  /** In the order of the folders; the workspace `default` if no folder is open; empty until the hub has reported them. */
  readonly workspaces: readonly Workspace[];
  readonly onDidChange: Listen<void>;
  /** Reports the open folders to the hub and retries until that succeeds. Called by itself when the folders or the hub's data change. */
  open(): Promise<void>;
}

export function openFolders(deps: {
  api: HubApi;
  board: Pick<BoardStore, 'onDidChange' | 'onDidReplace'>;
  clock: Clock;
  random: () => number;
  log: Logger;
}): OpenFolders {
  const { api, log } = deps;
  const store = new DisposableStore();
  const changed = store.add(new Emitter<void>((error) => log.error(describeError(error))));
  const retry = createRetry(deps, () => void open());
  store.add({ dispose: () => retry.cancel() });
  let workspaces: readonly Workspace[] = [];
  /** The number of the newest attempt. Results of earlier ones are ignored. */
  let newest = 0;

  async function open(): Promise<void> {
    newest += 1;
    const own = newest;
    retry.cancel();
    const folders = vscode.workspace.workspaceFolders ?? [];
    const wanted = folders.length === 0 ? [{ name: 'default' }] : folders.map(({ name, uri }) => ({ name, folder: uri.toString() }));
    try {
      const opened = await Promise.all(wanted.map((body) => api.call('openWorkspace', body)));
      if (store.disposed || own !== newest) return;
      retry.succeeded();
      workspaces = opened.map(({ workspace }) => workspace);
      changed.fire();
    } catch (error) {
      if (store.disposed || own !== newest) return;
      log.error(`the folders of this window could not be opened: ${describeError(error)}`);
      retry.later();
    }
  }

  store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void open()));
  // The hub came back with other data at the same address, so the ids are invalid.
  store.add(
    deps.board.onDidReplace((board) => {
      if (workspaces.some(({ id, folder }) => !board.workspaces.has(id) || board.workspaces.get(id)?.folder !== folder)) void open();
    }),
  );
  // The user has moved a workspace of this window to another folder.
  store.add(
    deps.board.onDidChange(({ event: { type, payload } }) => {
      if (type === 'workspace.updated' && workspaces.some(({ id, folder }) => id === payload.id && folder !== payload.folder)) void open();
    }),
  );
  return {
    get workspaces() {
      return workspaces;
    },
    onDidChange: changed.event,
    open,
    dispose: () => store.dispose(),
  };
}
