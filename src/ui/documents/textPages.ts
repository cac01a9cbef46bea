import * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { HubApi } from '../../client/hubApi.ts';
import type { Request, Task } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import type { Disposable } from '../../util/lifecycle.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { pageScheme } from '../ids.ts';
import { coalesce } from '../shell/coalesce.ts';
import { explainFailure } from '../shell/errors.ts';
import { formatTime } from '../shell/formatTime.ts';
import type { PageKey } from '../text/pagePath.ts';
import { pagePath, parsePagePath } from '../text/pagePath.ts';
import { requestTitle } from '../text/requestTitle.ts';
import { isAffected } from './affectedPages.ts';
import type { PageContext } from './renderTask.ts';
import { renderLoneRequest, renderNotice, renderTask } from './renderTask.ts';

const settleMs = 50;

/** Pages as virtual documents, read when they are opened and again when they have changed. */
export interface TextPages extends Disposable {
  openTask(task: Pick<Task, 'id' | 'workspaceId' | 'title'>): Promise<void>;
  /** Opens the page of a single request. */
  openRequest(request: Request): Promise<void>;
  /**
   * Opens the page of a request beside the active editor without taking the focus. Disposing the result closes it unless it was open
   * before.
   */
  review(request: Request): Promise<Disposable>;
  /** The id of the task or request whose page is active. */
  inFront(): string | undefined;
  textOf(uri: vscode.Uri): Promise<string>;
}

export function createTextPages(deps: { board: BoardStore; api: HubApi; clock: Clock; changed: (uri: vscode.Uri) => void }): TextPages {
  const { board, api } = deps;
  const store = new DisposableStore();
  const due = new Map<string, vscode.Uri>();
  /** Requests that are shown on pages of their own, because they leave the board when they are done. */
  const lone = new Map<string, Request>();

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
      if (event.type === 'request.updated' && lone.has(event.payload.id)) lone.set(event.payload.id, event.payload);
      for (const { uri, key } of openPages()) if (isAffected(key, event)) refresh(uri);
    }),
  );
  store.add(board.onDidReplace(() => openPages().forEach(({ uri }) => refresh(uri))));

  async function openLone(request: Request, options: vscode.TextDocumentShowOptions): Promise<void> {
    lone.set(request.id, request);
    const title = requestTitle(request, vscode.l10n).replace(': ', ' – ');
    await show({ kind: 'request', workspaceId: request.workspaceId, id: request.id }, title, options);
  }

  return {
    async openTask({ workspaceId, id, title }) {
      await show({ kind: 'task', workspaceId, id }, title, { preview: true });
    },
    openRequest: (request) => openLone(request, { preview: true }),
    async review(request) {
      const [open] = tabsOf(request.id);
      await openLone(request, { preview: true, preserveFocus: true, viewColumn: open?.group.viewColumn ?? vscode.ViewColumn.Beside });
      if (open !== undefined) return { dispose() {} };
      return {
        dispose: () => {
          lone.delete(request.id);
          void vscode.window.tabGroups.close(tabsOf(request.id), true);
        },
      };
    },
    inFront() {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === pageScheme ? parsePagePath(uri.path)?.id : undefined;
    },
    async textOf(uri) {
      const key = parsePagePath(uri.path);
      const { l10n } = vscode;
      if (key === undefined) return renderNotice(l10n.t('There is nothing to show at this address.'));
      const context: PageContext = { board: board.board, formatTime, l10n };
      if (key.kind === 'request') {
        const request = board.board.requests.get(key.id) ?? lone.get(key.id);
        if (request === undefined) return renderNotice(l10n.t('This request is no longer on the board.'));
        lone.set(key.id, request);
        return renderLoneRequest(request, context);
      }
      try {
        return renderTask(await api.call('getTask', { workspaceId: key.workspaceId, taskId: key.id }), context);
      } catch (error) {
        return renderNotice(explainFailure(error, l10n).text);
      }
    },
    dispose: () => store.dispose(),
  };
}

async function show(key: PageKey, title: string, options: vscode.TextDocumentShowOptions): Promise<void> {
  // A page is reused when its title has changed.
  const open = openPages().find((page) => page.key.kind === key.kind && page.key.id === key.id);
  const uri = open?.uri ?? vscode.Uri.from({ scheme: pageScheme, path: pagePath(key, title) });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
}

/** The tabs with the page of a request. */
function tabsOf(requestId: string): vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => {
      const key = input instanceof vscode.TabInputText && input.uri.scheme === pageScheme ? parsePagePath(input.uri.path) : undefined;
      return key?.kind === 'request' && key.id === requestId;
    });
}

function openPages(): { uri: vscode.Uri; key: PageKey }[] {
  return vscode.workspace.textDocuments.flatMap(({ uri }) => {
    const key = uri.scheme === pageScheme ? parsePagePath(uri.path) : undefined;
    return key === undefined ? [] : [{ uri, key }];
  });
}
