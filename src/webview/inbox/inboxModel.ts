import type { Card } from '../../protocol/card.ts';
import type { InboxItem, InboxState, ToInbox } from '../../protocol/toInboxPage.ts';

// What the page shows, as a pure function of what the inbox has said.

/** Never changed in place. */
export interface InboxModel {
  /** In the order in which the user is asked. */
  readonly open: readonly InboxItem[];
  readonly sent: readonly InboxItem[];
  readonly trouble: InboxState | undefined;
  /** What stands in place of cards; `undefined` as long as nothing is known. */
  readonly clear: InboxState | undefined;
  /** The card that was read last. */
  readonly card: Card | undefined;
}

export const emptyInbox: InboxModel = { open: [], sent: [], trouble: undefined, clear: undefined, card: undefined };

/** What the page shows after a message of the inbox. */
export function reduceInbox(model: InboxModel, message: Extract<ToInbox, { type: 'items' | 'card' }>): InboxModel {
  if (message.type === 'card') return { ...model, card: message.card };
  const known = new Map([...model.open, ...model.sent, ...message.items].map((item) => [item.id, item]));
  const find = (ids: readonly string[]): InboxItem[] => ids.flatMap((id) => known.get(id) ?? []);
  return { open: find(message.open), sent: find(message.sent), trouble: message.trouble, clear: message.clear, card: model.card };
}

/** What can be pressed has come or moved: what is pressed now may have been meant for what stood there before. */
export function hasMoved(before: InboxModel, after: InboxModel): boolean {
  const places = ({ open }: InboxModel): string =>
    open.map(({ id, title, choices }) => [id, title, ...choices.map(({ value }) => value)].join('\n')).join('\n\n');
  return places(before) !== places(after) || asks(before.card) !== asks(after.card);
}

function asks(card: Card | undefined): string {
  return card === undefined ? '' : JSON.stringify([card.requestId, card.open, card.content]);
}

/** The cards that weren't there before. */
export function newcomers(before: InboxModel, after: InboxModel): readonly InboxItem[] {
  const known = new Set(before.open.map(({ id }) => id));
  return after.open.filter(({ id }) => !known.has(id));
}
