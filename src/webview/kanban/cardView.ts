import { html, nothing, svg, type TemplateResult } from 'lit-html';
import type { KanbanCard, KanbanStrings } from '../../protocol/toKanbanPage.ts';
import { ageText } from '../ageText.ts';
import { needsUser } from './kanbanModel.ts';

// Drawn with the colour of the text, so that every theme suits them.
const shapes = {
  question: svg`<circle cx="8" cy="8" r="6.5"></circle><path d="M6 6.4a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3"></path><path d="M8 11.6v.2"></path>`,
  permission: svg`<path d="M8 1.7 13 3.6v4c0 3.2-2.1 5.6-5 6.7-2.9-1.1-5-3.5-5-6.7v-4z"></path>`,
  review: svg`<path d="M1.4 8S4 3.8 8 3.8 14.6 8 14.6 8 12 12.2 8 12.2 1.4 8 1.4 8z"></path><circle cx="8" cy="8" r="2.1"></circle>`,
  task: svg`<path d="M2 4.2l1.2 1.2 2-2.4M2 10.2l1.2 1.2 2-2.4M8 4.5h6M8 10.5h6"></path>`,
  answer: svg`<path d="m3 8.5 3.2 3.2L13 4.8"></path>`,
};

/** A card, as one option of its column. The place of the keyboard is the only one that Tab reaches in a column. */
export function cardView(
  card: KanbanCard,
  {
    at,
    of,
    reachable,
    selected,
    now,
    language,
    words,
  }: {
    /** Its place in the column, from 1, and how many there are. */
    at: number;
    of: number;
    reachable: boolean;
    selected: boolean;
    now: number;
    language: string;
    words: KanbanStrings;
  },
): TemplateResult {
  const { needs } = card;
  const waits = needsUser(card);
  const age = ageText(card.at, now, language);
  return html`<li
    class="card ${waits ? 'needs' : ''}"
    id=${`card-${card.id}`}
    data-id=${card.id}
    data-vscode-context=${menuContext(card)}
    role="option"
    draggable="true"
    tabindex=${reachable ? 0 : -1}
    aria-selected=${selected}
    aria-posinset=${at}
    aria-setsize=${of}
  >
    <span class="unseen">${card.label} ${age}</span>
    <div class="seen" aria-hidden="true" title=${[card.title, needs?.words].filter(Boolean).join('\n')}>
    <span class="title">${card.title}</span>
    ${
      needs === undefined
        ? nothing
        : html`<span class="need"
            ><svg class="icon" viewBox="0 0 16 16">${shapes[needs.kind]}</svg
            ><span class="words">${needs.kind === 'answer' ? nothing : html`<b>${words[needs.kind]}</b> `}${needs.words}</span></span
          >`
    }
    <span class="facts"><span class="who">${card.who}</span><time datetime=${card.at}>${age}</time></span>
    ${waits ? html`<span class="answer">${words.answer}</span>` : nothing}</div>
  </li>`;
}

/** What the editor knows of a card when it opens its menu: keys for the conditions of the entries, and the argument of their commands. */
function menuContext({ id, context }: KanbanCard): string {
  return JSON.stringify({ webviewSection: 'card', agentrqTask: context, taskId: id, preventDefaultContextMenuItems: true });
}
