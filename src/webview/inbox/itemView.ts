import { html, nothing, type TemplateResult } from 'lit-html';
import type { Card } from '../../protocol/card.ts';
import type { FromInbox } from '../../protocol/fromInboxPage.ts';
import type { InboxItem, InboxStrings } from '../../protocol/toInboxPage.ts';
import { cardBody } from '../card/cardView.ts';
import type { CardPage } from '../card/controls.ts';

/** What cards need of the page. */
export interface ItemContext extends Omit<CardPage, 'words' | 'tell'> {
  words: InboxStrings;
  tell(message: FromInbox): void;
  /** The card that is open. */
  reading: string | undefined;
  /** All of it, once it has come. */
  card: Card | undefined;
  /** It is the only card of the page: always open, and its head is that of the page. */
  alone: boolean;
  /** Opens the card, or closes it. */
  toggle(id: string): void;
}

/** A card: what it is about on two or three lines, and all of it once it is open. */
export function itemView(item: InboxItem, reachable: boolean, context: ItemContext): TemplateResult {
  const { id, context: kind, verdict, need } = item;
  const isOpen = context.reading === id;
  const card = isOpen && context.card?.requestId === id ? context.card : undefined;
  const classes = ['item', kind.startsWith('request:answered') ? 'settled' : 'asks', need, verdict, isOpen ? 'opened' : ''];
  const top = html`<span class="unseen">${item.label}</span>
      <span aria-hidden="true">${factsView(item)}${saysItself(card) ? nothing : html`<span class="says">${item.title}</span>`}</span>`;
  return html`<article class=${classes.join(' ')} data-id=${id} data-vscode-context=${context.alone ? nothing : menuContext(item)}>
    ${
      context.alone
        ? html`<h1 class="top" tabindex="-1">${top}</h1>`
        : html`<button type="button" class="top" aria-expanded=${isOpen} tabindex=${reachable ? 0 : -1} @click=${() => context.toggle(id)}>${top}</button>`
    }
    ${card === undefined ? quickView(item, context) : openView(item, card, context)}
  </article>`;
}

function factsView({ who, age, where, need, needWords, state, verdict }: InboxItem): TemplateResult {
  return html`<span class="facts"
    ><span class=${`mark ${who.colour}`} data-mark=${who.mark}></span><span class="who">${who.name}</span><span class="age">${age}</span
    >${need === 'standsStill' ? html`<span class="need standsStill">${needWords}</span>` : nothing}${
      where === '' ? nothing : html`<span class="where">${where}</span>`
    }${state === '' ? nothing : html`<span class=${`state ${verdict}`}>${state}</span>`}</span
  >`;
}

/** Whether the open card says all that its title says. */
function saysItself(card: Card | undefined): boolean {
  if (card === undefined) return false;
  return card.content.kind !== 'permission' || card.content.wish.kind !== 'input';
}

/** Choices of a question that the closed card shows whole. */
function quickView({ id, choices }: InboxItem, { reading, sending, tell, isStray, redraw }: ItemContext): TemplateResult | typeof nothing {
  if (choices.length === 0 || reading === id) return nothing;
  const choose = (value: string) => (): void => {
    if (isStray() || sending.has(id)) return;
    sending.add(id);
    tell({ type: 'answer', requestId: id, choices: [value] });
    redraw();
  };
  return html`<div class="buttons quick">
    ${choices.map(
      ({ value, label }) =>
        html`<button type="button" tabindex="-1" aria-disabled=${sending.has(id)} @click=${choose(value)}>${label}</button>`,
    )}
  </div>`;
}

function openView({ id, context: kind, taskId }: InboxItem, card: Card, context: ItemContext): TemplateResult {
  const { words, tell, alone } = context;
  const more = (type: 'open' | 'dismiss'): TemplateResult =>
    html`<button type="button" class="plain" @click=${() => tell({ type, requestId: id })}>${words[type]}</button>`;
  // Alone in a tab it is opened already, and what is over can't be dismissed.
  return html`<div class="body">
    ${cardBody(card, context)}
    ${
      kind === 'elsewhere'
        ? nothing
        : html`<p class="more">${alone && taskId === undefined ? nothing : more('open')} ${alone && !card.open ? nothing : more('dismiss')}</p>`
    }
  </div>`;
}

/** What the editor knows of a card when it opens its menu: keys for the conditions of the entries, and the argument of their commands. */
function menuContext({ id, context, taskId }: InboxItem): string {
  const target = context === 'elsewhere' ? { agentId: id } : { requestId: id, ...(taskId !== undefined && { taskId }) };
  return JSON.stringify({
    webviewSection: 'need',
    agentrqNeed: context,
    agentrqHasTask: taskId !== undefined,
    ...target,
    preventDefaultContextMenuItems: true,
  });
}
