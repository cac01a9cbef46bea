import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { CardStrings } from '../../protocol/card.ts';
import type { FromCard } from '../../protocol/fromCard.ts';
import type { Ticks } from './tick.ts';

/** What cards need of their page. */
export interface CardPage {
  words: CardStrings;
  /** Answers that are on their way. */
  sending: Set<string>;
  /** A request has just come: what is pressed now may have been meant for what stood here before. */
  isStray(): boolean;
  redraw(): void;
  tell(message: FromCard): void;
  kept: CardMemory;
  /** Gives the user a box of the page for an answer in words; without it, the card of a question has one of its own. */
  write?(requestId: string): void;
  /** HTML of Markdown, not clean yet. */
  render(text: string): string;
  /** Keys decide on this page, so buttons say which. */
  keys: boolean;
}

/** What was typed and ticked, and not sent. The page keeps it, also while it is away. */
export interface CardMemory extends Ticks {
  /** Empty if there is none. */
  draft(box: string): string;
  keepDraft(box: string, text: string): void;
}

export function sendingView(requestId: string, { sending, words }: CardPage): TemplateResult {
  return html`<p class="sending">${sending.has(requestId) ? words.answered : nothing}</p>`;
}

/** A box whose text is kept until it is sent. Only Ctrl or Cmd with Enter sends, and only where there is something to send with. */
export function draftBox(
  box: string,
  label: string,
  { kept }: CardPage,
  options: { sendNow?: () => void; initial?: string } = {},
): TemplateResult {
  const { sendNow, initial = '' } = options;
  return html`<label class="box"
    ><span>${label}</span
    ><textarea
      rows=${initial === '' ? 2 : 12}
      .value=${live(kept.draft(box) || initial)}
      @input=${(event: Event) => kept.keepDraft(box, (event.target as HTMLTextAreaElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        // A key that ends a composition is no key of ours.
        if (event.key === 'Enter' && !event.isComposing && (event.ctrlKey || event.metaKey) && sendNow !== undefined) {
          event.preventDefault();
          sendNow();
        }
      }}
    ></textarea>
  </label>`;
}

/** A button of a card. @param key the key that presses it, on a page where keys decide */
export function button(label: string, press: () => void, requestId: string, context: CardPage, key = ''): TemplateResult {
  // One that can't be pressed right now keeps the keyboard.
  return html`<button type="button" data-key=${key || nothing} aria-disabled=${context.sending.has(requestId)} @click=${press}
    >${label}${key === '' || !context.keys ? nothing : html`<kbd aria-hidden="true">${key}</kbd>`}</button
  >`;
}

export function send(requestId: string, { sending, redraw, tell }: CardPage, message: FromCard): void {
  if (sending.has(requestId)) return;
  sending.add(requestId);
  tell(message);
  redraw();
}
