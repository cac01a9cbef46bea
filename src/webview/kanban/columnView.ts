import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { KanbanStrings } from '../../protocol/toKanbanPage.ts';
import { fillIn } from '../fillIn.ts';
import { cardView } from './cardView.ts';
import { cardWindow, drawnWhole } from './cardWindow.ts';
import type { Column } from './kanbanModel.ts';

/** What a column is drawn from besides its cards. */
export interface ColumnState {
  words: KanbanStrings;
  language: string;
  now: number;
  folded: boolean;
  /** The card that has the keyboard, or had it last. */
  focused: string | undefined;
  /** The height of a card of a long column with its gap, in pixels; 0 until one is drawn. */
  each: number;
  fold(): void;
  scrolled(): void;
}

/** A column: its heading is a button that folds it, and its cards are a list of options. A long one draws what can be seen. */
export function columnView({ status, cards, total }: Column, state: ColumnState): TemplateResult {
  const { words, folded } = state;
  const name = words.columns[status];
  const count = cards.length === total ? total : `${cards.length} / ${total}`;
  return html`<section class=${folded ? 'folded' : ''} aria-labelledby=${`name-${status}`} data-status=${status}>
    <h2 id=${`name-${status}`}>
      <button aria-expanded=${!folded} title=${fillIn(folded ? words.unfold : words.fold, name)} @click=${state.fold}>
        <span class="name">${name}</span> <span class="count">${count}</span>
      </button>
    </h2>
    ${folded ? nothing : cards.length === 0 ? html`<p class="empty">${words.empty}</p>` : listView({ status, cards, total }, state)}
  </section>`;
}

function listView({ status, cards }: Column, { words, language, now, focused, each, scrolled }: ColumnState): TemplateResult {
  const list = document.getElementById(`list-${status}`);
  const long = cards.length > drawnWhole;
  const { from, to } = cardWindow(cards.length, { scrolled: list?.scrollTop ?? 0, height: list?.clientHeight ?? 800, each });
  const reachable = cards.some(({ id }) => id === focused) ? focused : cards[from]?.id;
  return html`<ul
    id=${`list-${status}`}
    class=${long ? 'long' : ''}
    role="listbox"
    aria-labelledby=${`name-${status}`}
    aria-describedby="keys"
    data-from=${from}
    data-rest=${cards.length - to}
    @scroll=${long ? scrolled : nothing}
  >
    ${repeat(
      cards.slice(from, to),
      ({ id }) => id,
      (card, index) =>
        cardView(card, {
          at: from + index + 1,
          of: cards.length,
          reachable: card.id === reachable,
          selected: card.id === focused,
          now,
          language,
          words,
        }),
    )}
  </ul>`;
}
