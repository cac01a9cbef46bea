import * as vscode from 'vscode';
import type { BoardStore } from '../client/boardStore.ts';
import type { HubApi } from '../client/hubApi.ts';
import type { Request } from '../protocol/model.ts';
import type { Clock } from '../util/clock.ts';
import type { Disposable } from '../util/lifecycle.ts';
import { DisposableStore } from '../util/lifecycle.ts';
import { isAffected } from './affectedPages.ts';
import type { Coalesced } from './coalesce.ts';
import { coalesce } from './coalesce.ts';
import { explainFailure } from './explainFailure.ts';
import { formatTime } from './formatTime.ts';
import { pageScheme } from './ids.ts';
import type { PageKey } from './pagePath.ts';
import { pagePath, parsePagePath } from './pagePath.ts';
import type { Pages } from './pages.ts';
import type { PageContext } from './renderTask.ts';
import { renderLoneRequest, renderNotice, renderTask } from './renderTask.ts';
import { requestLine } from './requestLine.ts';

const settleMs = 50;

/** The pages as virtual documents of the editor: read when they are opened, and again when something on them has changed. */
export class TaskDocuments implements Pages, vscode.TextDocumentContentProvider, Disposable {
  readonly #board: BoardStore;
  readonly #api: HubApi;
  readonly #refreshDue: Coalesced;
  readonly #store = new DisposableStore();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #due = new Map<string, vscode.Uri>();
  /** Requests leave the board when they are done; pages of their own still show them. */
  readonly #lone = new Map<string, Request>();
  readonly onDidChange = this.#changed.event;

  constructor(deps: { board: BoardStore; api: HubApi; clock: Clock }) {
    this.#board = deps.board;
    this.#api = deps.api;
    this.#refreshDue = this.#store.add(coalesce(deps.clock, settleMs, () => this.#fire()));
    this.#store.add(this.#changed);
    this.#store.add(vscode.workspace.registerTextDocumentContentProvider(pageScheme, this));
    this.#store.add(
      deps.board.onDidChange(({ event }) => {
        if (event.type === 'request.updated' && this.#lone.has(event.payload.id)) this.#lone.set(event.payload.id, event.payload);
        for (const { uri, key } of openPages()) if (isAffected(key, event)) this.#refresh(uri);
      }),
    );
    this.#store.add(deps.board.onDidReplace(() => openPages().forEach(({ uri }) => this.#refresh(uri))));
  }

  async openTask(task: { id: string; workspaceId: string; title: string }): Promise<void> {
    await show({ kind: 'task', workspaceId: task.workspaceId, id: task.id }, task.title, { preview: true });
  }

  async openRequest(request: Request): Promise<void> {
    const task = request.taskId === undefined ? undefined : this.#board.board.tasks.get(request.taskId);
    if (task !== undefined) return this.openTask(task);
    await this.#openLone(request, { preview: true });
  }

  async review(request: Request): Promise<Disposable> {
    const [open] = tabsOf(request.id);
    await this.#openLone(request, { preview: true, preserveFocus: true, viewColumn: open?.group.viewColumn ?? vscode.ViewColumn.Beside });
    if (open !== undefined) return { dispose() {} };
    return {
      dispose: () => {
        this.#lone.delete(request.id);
        void vscode.window.tabGroups.close(tabsOf(request.id));
      },
    };
  }

  async #openLone(request: Request, options: vscode.TextDocumentShowOptions): Promise<void> {
    this.#lone.set(request.id, request);
    const title = requestLine(request, vscode.l10n).replace(': ', ' – ');
    await show({ kind: 'request', workspaceId: request.workspaceId, id: request.id }, title, options);
  }

  isReading(taskId: string): boolean {
    const uri = vscode.window.activeTextEditor?.document.uri;
    return uri?.scheme === pageScheme && parsePagePath(uri.path)?.id === taskId;
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const key = parsePagePath(uri.path);
    const { l10n } = vscode;
    if (key === undefined) return renderNotice(l10n.t('There is nothing to show under this address.'));
    const context: PageContext = { board: this.#board.board, formatTime, l10n };
    if (key.kind === 'request') {
      const request = this.#board.board.requests.get(key.id) ?? this.#lone.get(key.id);
      if (request === undefined) return renderNotice(l10n.t('This request is no longer on the board.'));
      this.#lone.set(key.id, request);
      return renderLoneRequest(request, context);
    }
    try {
      return renderTask(await this.#api.call('getTask', { workspaceId: key.workspaceId, taskId: key.id }), context);
    } catch (error) {
      return renderNotice(explainFailure(error, l10n).text);
    }
  }

  #refresh(uri: vscode.Uri): void {
    this.#due.set(uri.toString(), uri);
    this.#refreshDue.request();
  }

  #fire(): void {
    const uris = [...this.#due.values()];
    this.#due.clear();
    for (const uri of uris) this.#changed.fire(uri);
  }

  dispose(): void {
    this.#store.dispose();
  }
}

async function show(key: PageKey, title: string, options: vscode.TextDocumentShowOptions): Promise<void> {
  // One page for each thing: a new title doesn't open a second one.
  const open = openPages().find((page) => page.key.kind === key.kind && page.key.id === key.id);
  const uri = open?.uri ?? vscode.Uri.from({ scheme: pageScheme, path: pagePath(key, title) });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), options);
}

/** Where the page of a request by itself is open. */
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
