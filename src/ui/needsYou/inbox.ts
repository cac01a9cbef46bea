import * as vscode from 'vscode';
import { agentsWaitingElsewhere } from '../../client/needs.ts';
import type { Card } from '../../protocol/card.ts';
import { parseFromInbox } from '../../protocol/fromInboxPage.ts';
import type { InboxItem, ToInbox } from '../../protocol/toInboxPage.ts';
import { describeError } from '../../util/errors.ts';
import { DisposableStore } from '../../util/lifecycle.ts';
import { cardOf } from '../card/cardOf.ts';
import { fillPage } from '../frame/showPage.ts';
import { createRuleFlow } from '../rules/api.ts';
import { createAgeTicker } from '../shell/ageTicker.ts';
import { coalesce } from '../shell/coalesce.ts';
import { followBoard } from '../shell/followBoard.ts';
import { formatTime } from '../shell/formatTime.ts';
import { hearPage } from '../shell/hearPage.ts';
import type { InboxDeps, InboxView } from './api.ts';
import { clearState } from './clearState.ts';
import { elsewhereCard, type InboxContent, inboxContent } from './inboxItems.ts';
import { inboxStrings } from './inboxStrings.ts';
import { lateOpeners } from './lateOpeners.ts';
import { takeInboxMessage } from './takeInboxMessage.ts';

// Events within this time are sent to the page together.
const settleMs = 16;

/** The inbox: one view whose page shows what needs the user. */
export function createInbox(deps: InboxDeps): InboxView {
  const { board, clock, log } = deps;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const dist = vscode.Uri.file(deps.dist);
  const rules = createRuleFlow({ ...deps, isTrusted: () => vscode.workspace.isTrusted, formatTime, l10n });
  const open = lateOpeners(() => deps.loadOpeners());

  function show(view: vscode.WebviewView): void {
    const { webview } = view;
    const own = store.add(new DisposableStore());
    /** The cards that the page has, as JSON, by id. */
    const shown = new Map<string, string>();
    let shownFrame = '';
    let shownCard = '';
    /** The one that is open on the page. */
    let reading: string | undefined;
    let listening = false;

    function send(message: ToInbox): void {
      if (!listening) return;
      webview.postMessage(message).then(undefined, (error: unknown) => log.warn(`the inbox could not be told: ${describeError(error)}`));
    }

    function update(): void {
      if (!listening) return;
      const content = inboxContent(board.board, clock.now(), l10n);
      const items = changedItems(content);
      const trouble = deps.trouble.state(clock.now());
      const frame = {
        open: content.open.map(({ id }) => id),
        sent: content.sent.map(({ id }) => id),
        ...(trouble !== undefined && { trouble }),
        clear: clearState(board.board, board.link, deps.editor, l10n),
      };
      const text = JSON.stringify(frame);
      if (items.length > 0 || text !== shownFrame) send({ type: 'items', items, ...frame });
      shownFrame = text;
      sendCard();
    }

    function changedItems({ open: opened, sent }: InboxContent): InboxItem[] {
      const all = [...opened, ...sent];
      const ids = new Set(all.map(({ id }) => id));
      for (const id of shown.keys()) if (!ids.has(id)) shown.delete(id);
      return all.filter((item) => {
        const text = JSON.stringify(item);
        const isKnown = shown.get(item.id) === text;
        shown.set(item.id, text);
        return !isKnown;
      });
    }

    function sendCard(): void {
      const card = reading === undefined || !shown.has(reading) ? undefined : readCard(reading);
      const text = JSON.stringify(card) ?? '';
      if (card !== undefined && text !== shownCard) send({ type: 'card', card });
      shownCard = text;
    }

    function readCard(id: string): Card | undefined {
      const request = board.board.requests.get(id);
      if (request !== undefined) return cardOf(request, { board: board.board, formatTime, now: clock.now(), l10n });
      const agent = agentsWaitingElsewhere(board.board).find((each) => each.id === id);
      return agent === undefined ? undefined : elsewhereCard(board.board, agent, formatTime, l10n);
    }

    const due = own.add(coalesce(clock, settleMs, update));
    const ticker = own.add(createAgeTicker(clock, () => due.request()));
    ticker.show(view.visible);
    own.add(
      hearPage(webview, parseFromInbox, deps, (message) => {
        if (message.type === 'ready') {
          listening = true;
          shown.clear();
          shownFrame = '';
          reading = undefined;
          send({ type: 'begin', strings: inboxStrings(l10n), language: vscode.env.language });
          return update();
        }
        if (message.type === 'read') {
          reading = message.id;
          shownCard = '';
          return sendCard();
        }
        const requestOf = (id: string) => (shown.has(id) ? board.board.requests.get(id) : undefined);
        void takeInboxMessage(message, { ...deps, requestOf, rules, open, send, l10n, run });
      }),
    );
    own.add(
      view.onDidChangeVisibility(() => {
        // The editor discards a hidden page. When it is shown again it sends `ready`.
        ticker.show(view.visible);
        if (!view.visible) listening = false;
      }),
    );
    own.add(followBoard(board, () => due.request()));
    own.add(deps.trouble.onDidChange(() => due.request()));
    own.add(view.onDidDispose(() => own.dispose()));
    own.add({ dispose: () => (listening = false) });
    fillPage(webview, dist, { name: 'inboxPage', pictures: false });
  }

  return { show, dispose: () => store.dispose() };
}

/** Runs a command of the editor, after a key or a button of the page. */
async function run(command: string, ...given: unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(command, ...given);
}
