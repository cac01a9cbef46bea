import * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Task } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { pageScheme } from '../ids.ts';
import { coalesce } from '../shell/coalesce.ts';
import { explainFailure } from '../shell/errors.ts';
import { formatTime } from '../shell/formatTime.ts';
import { type PageKey, pagePath, parsePagePath } from '../text/pagePath.ts';
import { isAffected } from './affectedPages.ts';
import { renderNotice, renderTask } from './renderTask.ts';

const settleMs = 50;

/** Tasks as virtual documents, read when they are opened and again when they have changed. */
export interface TextPages extends Disposable {
  openTask(task: Pick<Task, 'id' | 'workspaceId' | 'title'>): Promise<void>;
  /** The id of the task whose page is active. */
  inFront(): string | undefined;
  textOf(uri: vscode.Uri): Promise<string>;
}

export function createTextPages(deps: { board: BoardStore; api: HubApi; clock: Clock; changed: (uri: vscode.Uri) => void }): TextPages {
  const { board, api } = deps;
  const store = new DisposableStore();
  const due = new Map<string, vscode.Uri>();

  const refreshDue = store.add(
    coalesce(deps.clock, settleMs, () => {
      const uris = [...due.values()];
      due.clear();
      for (const uri of uris) deps.changed(uri);
    }),
  );
  const refresh = (uri: vscode.Uri): void => {
    due.set(uri.toString(), uri);
    refreshDue.request();
  };
  store.add(
    board.onDidChange(({ event }) => {
      for (const { uri, key } of openPages()) if (isAffected(key.id, event)) refresh(uri);
    }),
  );
  store.add(board.onDidReplace(() => openPages().forEach(({ uri }) => refresh(uri))));

  return {
    async openTask({ workspaceId, id, title }) {
      await show({ workspaceId, id }, title);
    },
    inFront() {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === pageScheme ? parsePagePath(uri.path)?.id : undefined;
    },
    async textOf(uri) {
      const key = parsePagePath(uri.path);
      const { l10n } = vscode;
      if (key === undefined) return renderNotice(l10n.t('There is nothing to show at this address.'));
      try {
        return renderTask(await api.call('getTask', { workspaceId: key.workspaceId, taskId: key.id }), {
          board: board.board,
          formatTime,
          l10n,
        });
      } catch (error) {
        return renderNotice(explainFailure(error, l10n).text);
      }
    },
    dispose: () => store.dispose(),
  };
}

async function show(key: PageKey, title: string): Promise<void> {
  // A page is reused when its title has changed.
  const open = openPages().find((page) => page.key.id === key.id);
  const uri = open?.uri ?? vscode.Uri.from({ scheme: pageScheme, path: pagePath(key, title) });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

function openPages(): { uri: vscode.Uri; key: PageKey }[] {
  return vscode.workspace.textDocuments.flatMap(({ uri }) => {
    const key = uri.scheme === pageScheme ? parsePagePath(uri.path) : undefined;
    return key === undefined ? [] : [{ uri, key }];
  });
}
