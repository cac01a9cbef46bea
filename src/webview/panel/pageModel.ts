import type { PanelHeader, Row, ToPage } from '../../protocol/toPanelPage.ts';
import { assertNever } from '../../util/errors.ts';
import type { OpenQuestion } from './replyBox.ts';

// What the page shows, as a pure function of what the panel has said.

/** Never changed in place. */
export interface PageModel {
  readonly header: PanelHeader | undefined;
  /** In the order of time. */
  readonly rows: readonly Row[];
  /** Why there is no thread. */
  readonly failure: string | undefined;
}

export const emptyModel: PageModel = { header: undefined, rows: [], failure: undefined };

/** What the page shows after a message of the panel. */
export function reducePage(model: PageModel, message: Extract<ToPage, { type: 'thread' | 'change' | 'failed' }>): PageModel {
  switch (message.type) {
    case 'failed':
      return { ...model, failure: message.text };
    case 'thread':
      return { header: message.header, rows: message.rows, failure: undefined };
    case 'change': {
      const header = message.header;
      if (message.rows.length === 0 && message.removed.length === 0) return { ...model, header };
      const rows = new Map(model.rows.map((row) => [row.id, row]));
      for (const id of message.removed) rows.delete(id);
      for (const row of message.rows) rows.set(row.id, row);
      return { header, rows: [...rows.values()].toSorted(inOrder), failure: undefined };
    }
    default:
      return assertNever(message);
  }
}

/** The message puts a request on the page that wasn't there, or one that asks for something else: what could be pressed may have moved. */
export function bringsRequest(model: PageModel, message: Extract<ToPage, { type: 'thread' | 'change' | 'failed' }>): boolean {
  if (message.type === 'failed') return false;
  const known = new Map(model.rows.map((row) => [row.id, row.card]));
  return message.rows.some(({ id, card }) => {
    const before = known.get(id);
    return card?.open === true && (before?.open !== true || JSON.stringify(card.content) !== JSON.stringify(before.content));
  });
}

/** The questions that can be answered in words, in the order in which the user is asked; those that have expired come last. */
export function questionsOf({ header, rows }: Pick<PageModel, 'header' | 'rows'>): OpenQuestion[] {
  const { open = [] } = header ?? {};
  const questions = rows.flatMap(({ id, card }) => {
    if (card?.open !== true || card.content.kind !== 'question') return [];
    const { multiple, choices } = card.content;
    return [{ requestId: card.requestId, title: card.title, multiple: multiple && choices.length > 0, due: open.includes(id) }];
  });
  const rank = ({ due, requestId }: OpenQuestion): number => (due ? open.indexOf(requestId) : open.length);
  return questions.toSorted((left, right) => rank(left) - rank(right));
}

/** What agents did and what was decided, without what was said; those that fit each word of the query. */
export function timelineOf(rows: readonly Row[], query: string): readonly Row[] {
  const words = query.toLowerCase().split(/\s+/);
  return rows.filter((row) => {
    if (row.kind !== 'request' && row.kind !== 'status') return false;
    const text = [row.who, row.text, row.state, row.time, ...(row.card?.answer ?? [])].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function inOrder(left: Row, right: Row): number {
  if (left.at !== right.at) return left.at < right.at ? -1 : 1;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}
