import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { FromInbox } from '../../protocol/fromInboxPage.ts';
import type { InboxItem, InboxState, InboxStrings } from '../../protocol/toInboxPage.ts';
import { fillIn } from '../fillIn.ts';
import type { CardList } from './cardList.ts';
import type { InboxModel } from './inboxModel.ts';

/** What the page is drawn from, besides its cards. */
export interface InboxViewContext {
  words: InboxStrings;
  list: CardList;
  /** There is one card, and no list; `beside`: a prompt covers the upper part of the page. */
  alone: boolean;
  beside: boolean;
  /** Whether what was sent is unfolded. */
  showsSent: boolean;
  view(item: InboxItem): TemplateResult;
  showSent(open: boolean): void;
  tell(message: FromInbox): void;
}

/** The open cards, or what stands in their place, and below them what was sent. */
export function inboxView({ open, sent, clear }: InboxModel, context: InboxViewContext): TemplateResult {
  const { words, list, view, alone, beside } = context;
  const cards = [...open, ...sent];
  if (alone)
    return html`<div class=${`alone ${beside ? 'beside' : ''}`} tabindex="-1">${cards.length > 0 || clear === undefined ? cards.map(view) : stateView(clear, context)}</div>`;
  return html`${open.length > 0 || clear === undefined ? nothing : html`<div class="clear" tabindex="-1">${stateView(clear, context)}</div>`}
    ${list.view(words.list, view)} ${sent.length === 0 ? nothing : sentView(sent, context)}
    <p id="keys" class="unseen">${words.keys}</p>`;
}

function sentView(sent: readonly InboxItem[], { words, showsSent, view, showSent }: InboxViewContext): TemplateResult {
  return html`<details class="sent" ?open=${showsSent} @toggle=${(event: Event) => showSent((event.target as HTMLDetailsElement).open)}>
    <summary>${fillIn(words.sent, sent.length)}</summary>
    ${
      showsSent
        ? html`<ul>
            ${repeat(
              sent,
              ({ id }) => id,
              (item) => html`<li>${view(item)}</li>`,
            )}
          </ul>`
        : nothing
    }
  </details>`;
}

/** What is said of the hub or of the agents, and the buttons that help. */
export function stateView({ text, buttons }: InboxState, { words, tell }: Pick<InboxViewContext, 'words' | 'tell'>): TemplateResult {
  return html`<p>${text}</p>
    ${buttons.map(
      (each, index) =>
        html`<button
          type=${index === 0 ? 'submit' : 'button'}
          class=${each === 'tour' || each === 'log' ? 'plain' : ''}
          @click=${() => tell({ type: 'help', with: each })}
        >
          ${words[each]}
        </button>`,
    )}`;
}
