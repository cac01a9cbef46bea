import * as vscode from 'vscode';
import type { BoardStore } from '../../client/boardStore.ts';
import type { Request } from '../../protocol/model.ts';
import type { Clock } from '../../util/clock.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import { cardOf } from '../card/cardOf.ts';
import { showPage } from '../frame/showPage.ts';
import { requestType } from '../ids.ts';
import { formatTime } from '../shell/formatTime.ts';
import { requestTitle } from '../text/requestTitle.ts';
import { truncate } from '../text/truncate.ts';
import type { RequestPages } from './api.ts';
import type { CardsPlace, CardsSource } from './cardsPage.ts';
import { clearState } from './clearState.ts';
import { onlyContent } from './inboxItems.ts';
import { readSavedRequest } from './savedRequest.ts';

const titleLength = 60;

/** The pages of single requests: the card, open, in a tab. A request stays on its page when it has left the board. */
export function createRequestPages(deps: {
  board: BoardStore;
  clock: Clock;
  editor: string;
  /** The folder with the page's script and style. */
  folder: vscode.Uri;
  /** Keeps a page up to date. */
  follow(place: CardsPlace, source: CardsSource): void;
  keepInEditor(): void;
}): RequestPages & Disposable & { restore(panel: vscode.WebviewPanel, state: unknown): void } {
  const { board, clock } = deps;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const panels = new Map<string, vscode.WebviewPanel>();
  /** The requests on the pages, as they were last seen. */
  const known = new Map<string, Request>();

  const requestOf = (id: string): Request | undefined => {
    const request = board.board.requests.get(id) ?? known.get(id);
    if (request !== undefined) known.set(id, request);
    return request;
  };
  store.add(
    board.onDidChange(({ event }) => {
      if (event.type === 'request.updated' && known.has(event.payload.id)) known.set(event.payload.id, event.payload);
    }),
  );

  function sourceOf(id: string, beside: boolean): CardsSource {
    return {
      only: id,
      beside,
      content: () => onlyContent(board.board, requestOf(id), clock.now(), l10n),
      clear: () =>
        board.board.cursor === undefined || board.link.kind === 'failed'
          ? clearState(board.board, board.link, deps.editor, l10n)
          : { text: l10n.t('This request is no longer on the board.'), buttons: [] },
      card() {
        const request = requestOf(id);
        return request === undefined ? undefined : cardOf(request, { board: board.board, formatTime, now: clock.now(), l10n });
      },
      requestOf,
    };
  }

  function fill(panel: vscode.WebviewPanel, id: string, beside = false): void {
    panels.set(id, panel);
    panel.onDidDispose(() => {
      panels.delete(id);
      known.delete(id);
    });
    const { webview, onDidChangeViewState, onDidDispose } = panel;
    const visible = (): boolean => panel.visible;
    deps.follow(
      {
        webview,
        get visible() {
          return visible();
        },
        onDidChangeVisibility: onDidChangeViewState,
        onDidDispose,
      },
      sourceOf(id, beside),
    );
    showPage(panel, deps.folder, { name: 'inboxPage', pictures: false });
  }

  function open(request: Request, beside: boolean): void {
    known.set(request.id, request);
    const title = truncate(requestTitle(request, l10n), titleLength);
    const viewColumn = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    fill(vscode.window.createWebviewPanel(requestType, title, { viewColumn, preserveFocus: beside }, {}), request.id, beside);
  }

  return {
    async open(request) {
      const panel = panels.get(request.id);
      if (panel === undefined) open(request, false);
      else panel.reveal();
      deps.keepInEditor();
    },
    async review(request) {
      const panel = panels.get(request.id);
      if (panel !== undefined) {
        panel.reveal(undefined, true);
        return { dispose() {} };
      }
      open(request, true);
      return { dispose: () => panels.get(request.id)?.dispose() };
    },
    inFront: () => [...panels].find(([, { active }]) => active)?.[0],
    restore(panel, state) {
      const id = readSavedRequest(state);
      // A panel without a request, or whose request is shown already, is closed.
      if (id === undefined || panels.has(id)) panel.dispose();
      else fill(panel, id);
    },
    dispose: () => store.dispose(),
  };
}
