import { type ColumnStatus, columnStatuses } from '../../protocol/columns.ts';
import type { KanbanCard, ToKanban } from '../../protocol/toKanbanPage.ts';

/** A column with the cards that are shown in it, in their order. */
export interface Column {
  status: ColumnStatus;
  cards: readonly KanbanCard[];
  /** With those that the filter hides. */
  total: number;
}

/** Which cards are shown. Of agents and workspaces any of those named; with none named, all. */
export interface CardFilter {
  /** Each word has to stand in the title or in who works on it. */
  words: string;
  needsMe: boolean;
  agents: readonly string[];
  workspaces: readonly string[];
}

export const noFilter: CardFilter = { words: '', needsMe: false, agents: [], workspaces: [] };

/** What can be chosen in a filter: how many cards need the user, and the names, those with most cards first. */
export interface FilterChoices {
  needing: number;
  agents: readonly string[];
  workspaces: readonly string[];
}

/** The cards of the page. */
export interface KanbanModel {
  readonly size: number;
  get(id: string): KanbanCard | undefined;
  take(message: ToKanban): void;
  columns(filter: CardFilter): readonly Column[];
  choices(): FilterChoices;
}

export function createKanbanModel(): KanbanModel {
  const cards = new Map<string, KanbanCard>();
  /** Sorted, by status; one that has changed is missing. */
  const sorted = new Map<ColumnStatus, readonly KanbanCard[]>();
  let choices: FilterChoices | undefined;

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
      choices = undefined;
      if (message.type === 'begin') {
        cards.clear();
        sorted.clear();
      } else message.removed.forEach(remove);
      message.cards.forEach(put);
    },
    columns(filter) {
      const passes = filterOf(filter);
      return columnStatuses.map((status) => {
        const all = columnOf(status);
        return { status, cards: passes === undefined ? all : all.filter(passes), total: all.length };
      });
    },
    choices: () => (choices ??= choicesOf([...cards.values()])),
  };
}

/** Whether the card waits for the user, and not only for its agent to take an answer. */
export function needsUser({ needs }: KanbanCard): boolean {
  return needs !== undefined && needs.kind !== 'answer';
}

export function isFiltering({ words, needsMe, agents, workspaces }: CardFilter): boolean {
  return words.trim() !== '' || needsMe || agents.length > 0 || workspaces.length > 0;
}

/** Cards that need the user come first. */
function byPlace(left: KanbanCard, right: KanbanCard): number {
  return Number(needsUser(right)) - Number(needsUser(left)) || left.place - right.place || (left.id < right.id ? -1 : 1);
}

function filterOf(filter: CardFilter): ((card: KanbanCard) => boolean) | undefined {
  if (!isFiltering(filter)) return undefined;
  const wanted = filter.words.toLowerCase().split(/\s+/).filter(Boolean);
  return (card) =>
    (!filter.needsMe || needsUser(card)) &&
    (filter.agents.length === 0 || (card.agent !== undefined && filter.agents.includes(card.agent))) &&
    (filter.workspaces.length === 0 || filter.workspaces.includes(card.workspace)) &&
    hasWords(card, wanted);
}

const mostNames = 8;

/** The names that the header offers: those with most cards, and whatever is chosen. None for a single name, unless it is chosen. */
export function namesOffered(names: readonly string[], chosen: readonly string[]): string[] {
  if (names.length < 2 && chosen.length === 0) return [];
  return [...new Set([...names.slice(0, mostNames), ...chosen])];
}

function choicesOf(cards: readonly KanbanCard[]): FilterChoices {
  return {
    needing: cards.filter(needsUser).length,
    agents: byFrequency(cards.flatMap(({ agent }) => (agent === undefined ? [] : [agent]))),
    workspaces: byFrequency(cards.map(({ workspace }) => workspace)),
  };
}

function byFrequency(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([left, many], [right, more]) => more - many || (left < right ? -1 : 1)).map(([name]) => name);
}

function hasWords({ title, who }: KanbanCard, wanted: readonly string[]): boolean {
  const text = `${title}\n${who}`.toLowerCase();
  return wanted.every((word) => text.includes(word));
}
