import * as vscode from 'vscode';
import { agentsWaitingElsewhere } from '../../client/needs.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { cardOf } from '../card/cardOf.ts';
import { fillPage } from '../frame/showPage.ts';
import { createRuleFlow } from '../rules/api.ts';
import { formatTime } from '../shell/formatTime.ts';
import type { NeedsYou, NeedsYouDeps } from './api.ts';
import { type CardsPlace, type CardsSource, followCards } from './cardsPage.ts';
import { clearState } from './clearState.ts';
import { elsewhereCard, inboxContent } from './inboxItems.ts';
import { lateOpeners } from './lateOpeners.ts';
import { createRequestPages } from './requestPages.ts';

/** *Needs You*, and the pages of single requests: cards, in the side bar and in tabs. */
export function createNeedsYou(deps: NeedsYouDeps): NeedsYou {
  const { board, clock } = deps;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const dist = vscode.Uri.file(deps.dist);
  const rules = createRuleFlow({ ...deps, isTrusted: () => vscode.workspace.isTrusted, formatTime, l10n });
  const open = lateOpeners(() => deps.loadOpeners());
  const follow = (place: CardsPlace, source: CardsSource): void => void store.add(followCards(place, source, { ...deps, rules, open }));

  const inbox: CardsSource = {
    content: () => inboxContent(board.board, clock.now(), l10n),
    clear: () => clearState(board.board, board.link, deps.editor, l10n),
    card(id) {
      const request = board.board.requests.get(id);
      if (request !== undefined) return cardOf(request, { board: board.board, formatTime, now: clock.now(), l10n });
      const agent = agentsWaitingElsewhere(board.board).find((each) => each.id === id);
      return agent === undefined ? undefined : elsewhereCard(board.board, agent, formatTime, l10n);
    },
    requestOf: (id) => board.board.requests.get(id),
  };

  const pages = store.add(createRequestPages({ ...deps, folder: dist, follow }));
  return {
    ...pages,
    show(view) {
      follow(view, inbox);
      fillPage(view.webview, dist, { name: 'inboxPage', pictures: false });
    },
    dispose: () => store.dispose(),
  };
}
