import * as vscode from 'vscode';
import type { Card } from '../../protocol/card.ts';
import { parseFromInbox } from '../../protocol/fromInboxPage.ts';
import type { Request } from '../../protocol/model.ts';
import type { InboxItem, InboxState, ToInbox } from '../../protocol/toInboxPage.ts';
import { type Disposable, DisposableStore } from '../../util/lifecycle.ts';
import type { CardOpeners } from '../card/takeCardMessage.ts';
import type { RuleFlow } from '../rules/api.ts';
import { createAgeTicker } from '../shell/ageTicker.ts';
import { coalesce } from '../shell/coalesce.ts';
import { followBoard } from '../shell/followBoard.ts';
import { hearPage } from '../shell/hearPage.ts';
import { tellPage } from '../shell/tellPage.ts';
import type { NeedsYouDeps } from './api.ts';
import type { InboxContent } from './inboxItems.ts';
import { inboxStrings } from './inboxStrings.ts';
import { takeInboxMessage } from './takeInboxMessage.ts';

// Events within this time are sent to the page together.
const settleMs = 16;

/** Where a page with cards stands: in the side bar, or in a tab. */
export interface CardsPlace {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
  readonly onDidDispose: vscode.Event<void>;
}

/** What stands on a page with cards. */
export interface CardsSource {
  /** The one card of the page, which is always open; without it, the user opens one of them. */
  readonly only?: string;
  /** The page stands beside a prompt, which would cover the upper part of it. */
  readonly beside?: boolean;
  content(): InboxContent;
  /** What stands there when there is no open card. */
  clear(): InboxState;
  /** All of a card. */
  card(id: string): Card | undefined;
  /** The request with this id, if the page has a card of it. */
  requestOf(id: string): Request | undefined;
}

/** Tells a page with cards what stands on it and does what it asks for, as long as it is there. */
export function followCards(
  place: CardsPlace,
  source: CardsSource,
  deps: NeedsYouDeps & { rules: RuleFlow; open: CardOpeners },
): Disposable {
  const { board, clock, log } = deps;
  const { l10n } = vscode;
  const { webview } = place;
  const own = new DisposableStore();
  /** The cards that the page has, as JSON, by id. */
  const shown = new Map<string, string>();
  let shownFrame = '';
  let shownCard = '';
  /** The one that is open on the page. */
  let reading: string | undefined;
  let listening = false;

  function send(message: ToInbox): void {
    if (listening) tellPage(webview, message, log);
  }

  function update(): void {
    if (!listening) return;
    const content = source.content();
    const items = changedItems(content);
    const trouble = deps.trouble.state(clock.now());
    const frame = {
      open: content.open.map(({ id }) => id),
      sent: content.sent.map(({ id }) => id),
      ...(trouble !== undefined && { trouble }),
      clear: source.clear(),
    };
    const text = JSON.stringify(frame);
    if (items.length > 0 || text !== shownFrame) send({ type: 'items', items, ...frame });
    shownFrame = text;
    sendCard();
  }

  function changedItems({ open, sent }: InboxContent): InboxItem[] {
    const all = [...open, ...sent];
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
    const card = reading === undefined || !shown.has(reading) ? undefined : source.card(reading);
    const text = JSON.stringify(card) ?? '';
    if (card !== undefined && text !== shownCard) send({ type: 'card', card });
    shownCard = text;
  }

  const due = own.add(coalesce(clock, settleMs, update));
  const ticker = own.add(createAgeTicker(clock, () => due.request()));
  ticker.show(place.visible);
  own.add(
    hearPage(webview, parseFromInbox, { ...deps, place: source.only === undefined ? 'view' : 'tab' }, (message) => {
      if (message.type === 'ready') {
        listening = true;
        shown.clear();
        shownFrame = '';
        reading = undefined;
        const { only, beside } = source;
        const alone = only === undefined ? {} : { only, beside: beside === true };
        send({ type: 'begin', strings: inboxStrings(l10n), language: vscode.env.language, ...alone });
        return update();
      }
      if (message.type === 'read') {
        reading = message.id;
        shownCard = '';
        return sendCard();
      }
      const requestOf = (id: string) => (shown.has(id) ? source.requestOf(id) : undefined);
      void takeInboxMessage(message, { ...deps, requestOf, send, l10n, run });
    }),
  );
  own.add(
    place.onDidChangeVisibility(() => {
      // The editor discards a hidden page. When it is shown again it sends `ready`.
      ticker.show(place.visible);
      if (!place.visible) listening = false;
    }),
  );
  own.add(followBoard(board, () => due.request()));
  own.add(deps.trouble.onDidChange(() => due.request()));
  own.add(place.onDidDispose(() => own.dispose()));
  own.add({ dispose: () => (listening = false) });
  return own;
}

/** Runs a command of the editor, after a key or a button of the page. */
async function run(command: string, ...given: unknown[]): Promise<unknown> {
  return vscode.commands.executeCommand(command, ...given);
}
