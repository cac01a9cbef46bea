import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { PanelStrings } from '../../protocol/toPanelPage.ts';
import { host } from './host.ts';

/** What cards need of the page. */
export interface CardContext {
  words: PanelStrings;
  /** Answers that are on their way. */
  sending: Set<string>;
  /** A request has just come: what is pressed now may have been meant for what stood here before. */
  isStray(): boolean;
  redraw(): void;
}

export function sendingView(requestId: string, { sending, words }: CardContext): TemplateResult {
  return html`<p class="sending">${sending.has(requestId) ? words.answered : nothing}</p>`;
}

/** A box whose text is kept until it is sent. Only Ctrl or Cmd with Enter sends, and only where there is something to send with. */
export function draftBox(box: string, label: string, options: { sendNow?: () => void; initial?: string } = {}): TemplateResult {
  const { sendNow, initial = '' } = options;
  return html`<label class="box"
    ><span>${label}</span
    ><textarea
      rows=${initial === '' ? 2 : 12}
      .value=${live(host.draft(box) || initial)}
      @input=${(event: Event) => host.keepDraft(box, (event.target as HTMLTextAreaElement).value)}
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

export function button(label: string, press: () => void, requestId: string, { sending }: CardContext): TemplateResult {
  // One that can't be pressed right now keeps the keyboard.
  return html`<button type="button" aria-disabled=${sending.has(requestId)} @click=${press}>${label}</button>`;
}

/** What was ticked of choices, also of one that only takes one of them. */
export function ticksOf(key: string): readonly string[] {
  return host.state.ticks[key] ?? [];
}

export function tick(key: string, values: readonly string[]): void {
  host.save({ ticks: { ...host.state.ticks, [key]: values } });
}

export function send(requestId: string, { sending, redraw }: CardContext, tell: () => void): void {
  if (sending.has(requestId)) return;
  sending.add(requestId);
  tell();
  redraw();
}
