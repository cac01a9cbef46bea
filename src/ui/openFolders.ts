import * as vscode from 'vscode';
import type { HubApi } from '../client/hubApi.ts';
import type { Workspace } from '../protocol/model.ts';
import { Emitter, type Listen } from '../util/emitter.ts';
import { describeError } from '../util/errors.ts';
import { type Disposable, DisposableStore } from '../util/lifecycle.ts';
import type { Logger } from '../util/log.ts';

/** The hub's workspaces that stand for the folders of this window. */
export interface OpenFolders extends Disposable {
  /** In the order of the folders; the workspace `default` when no folder is open; empty until the hub has said. */
  readonly workspaces: readonly Workspace[];
  readonly onDidChange: Listen<void>;
  /** Tells the hub which folders are open. */
  open(): Promise<void>;
}

export function openFolders(api: HubApi, log: Logger): OpenFolders {
  const store = new DisposableStore();
  const changed = store.add(new Emitter<void>((error) => log.error(describeError(error))));
  let workspaces: readonly Workspace[] = [];

  async function open(): Promise<void> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const wanted = folders.length === 0 ? [{ name: 'default' }] : folders.map(({ name, uri }) => ({ name, folder: uri.toString() }));
    try {
      const opened = await Promise.all(wanted.map((body) => api.call('openWorkspace', body)));
      workspaces = opened.map(({ workspace }) => workspace);
      changed.fire();
    } catch (error) {
      log.error(`the folders of this window could not be opened: ${describeError(error)}`);
    }
  }

  store.add(vscode.workspace.onDidChangeWorkspaceFolders(() => void open()));
  return {
    get workspaces() {
      return workspaces;
    },
    onDidChange: changed.event,
    open,
    dispose: () => store.dispose(),
  };
}
