import { html, nothing, type TemplateResult } from 'lit-html';
import type { PanelHeader, PanelStrings } from '../../protocol/toPanelPage.ts';

/**
 * What lies over the end of the thread: what the agent waits for, unless its card is in sight, and the way to the end. What waits in a
 * window of the agent's own has no card, and stands below the thread.
 */
export function barView(
  { waits, open: [first] }: Pick<PanelHeader, 'waits' | 'open'>,
  page: { words: PanelStrings; isInSight(id: string): boolean; atEnd: boolean; goTo(id: string): void; toEnd(): void },
): TemplateResult | typeof nothing {
  const { words, atEnd, goTo, toEnd } = page;
  if (waits !== undefined && first === undefined) return html`<p class="waits">${waits}</p>`;
  const jump =
    first === undefined || page.isInSight(first)
      ? nothing
      : html`<span class="asks">${waits}</span><button type="button" @click=${() => goTo(first)}>${words.jumpToOpen}</button>`;
  if (jump === nothing && atEnd) return nothing;
  return html`<div class="over">
    ${jump}${atEnd ? nothing : html`<button type="button" @click=${toEnd}>${words.jumpToEnd}</button>`}
  </div>`;
}
