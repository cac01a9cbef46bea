import { type ColumnStatus, columnStatuses } from '../../protocol/columns.ts';
import type { KanbanCard, ToKanban } from '../../protocol/toKanbanPage.ts';

/** A column with the cards that are shown in it, in their order. */
export interface Column {
  status: ColumnStatus;
  cards: readonly KanbanCard[];
  /** With those that the filter hides. */
  total: number;
}

/** The cards of the page. */
export interface KanbanModel {
  readonly size: number;
  get(id: string): KanbanCard | undefined;
  take(message: ToKanban): void;
  /** Each word has to stand in the title or in who works on it. */
  columns(words: string): readonly Column[];
}

export function createKanbanModel(): KanbanModel {
  const cards = new Map<string, KanbanCard>();
  /** Sorted, by status; one that has changed is missing. */
  const sorted = new Map<ColumnStatus, readonly KanbanCard[]>();

  function put(card: KanbanCard): void {
    const known = cards.get(card.id);
    if (known !== undefined) sorted.delete(known.status);
    sorted.delete(card.status);
    cards.set(card.id, card);
  }

  function remove(id: string): void {
    const known = cards.get(id);
    if (known === undefined) return;
    sorted.delete(known.status);
    cards.delete(id);
  }

  function columnOf(status: ColumnStatus): readonly KanbanCard[] {
    const known = sorted.get(status);
    if (known !== undefined) return known;
    const own = [...cards.values()].filter((card) => card.status === status).toSorted(byPlace);
    sorted.set(status, own);
    return own;
  }

  return {
    get size() {
      return cards.size;
    },
    get: (id) => cards.get(id),
    take(message) {
      if (message.type === 'begin') {
        cards.clear();
        sorted.clear();
      } else message.removed.forEach(remove);
      message.cards.forEach(put);
    },
    columns(words) {
      const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
      return columnStatuses.map((status) => {
        const all = columnOf(status);
        const shown = wanted.length === 0 ? all : all.filter((card) => hasWords(card, wanted));
        return { status, cards: shown, total: all.length };
      });
    },
  };
}

function byPlace(left: KanbanCard, right: KanbanCard): number {
  return left.place - right.place || (left.id < right.id ? -1 : 1);
}

function hasWords({ title, who }: KanbanCard, wanted: readonly string[]): boolean {
  const text = `${title}\n${who}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}
