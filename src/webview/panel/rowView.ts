import { html, nothing, type TemplateResult } from 'lit-html';
import type { PanelStrings, Row } from '../../protocol/toPanelPage.ts';
import { cardBody, cardHead } from '../card/cardView.ts';
import type { CardPage } from '../card/controls.ts';
import { formattedText } from '../card/textNodes.ts';
import { type FilesContext, filesView } from './filesView.ts';

/** What rows need of the page. */
export interface RowContext extends CardPage, FilesContext {
  words: PanelStrings;
}

/** One entry of the thread, with all of it. */
export function rowView(row: Row, context: RowContext): TemplateResult {
  if (row.kind === 'status') return html`<p class="moved">${roleView(row, context.words)}${row.who} · ${row.time}: ${row.text}</p>`;
  const { card } = row;
  const classes = [
    'entry',
    row.kind,
    row.own ? 'own' : 'other',
    card?.content.kind ?? '',
    card === undefined ? '' : card.open ? 'open' : 'settled',
  ];
  if (card !== undefined) return html`<article class=${classes.join(' ')}>${cardHead(card, context)} ${cardBody(card, context)}</article>`;
  return html`<article class=${classes.join(' ')}>
    <p class="head">
      ${roleView(row, context.words)}<span class="who">${row.who}</span><span class="time">${row.time}</span>${row.state === '' ? nothing : html`<span class="state">${row.state}</span>`}
    </p>
    ${row.text === '' ? nothing : formattedText(row.id, row.text, context)} ${filesView(row.files, context)}
  </article>`;
}

/** Says of what an agent has written that it was one, whatever it calls itself. What the user has written has no such word. */
function roleView({ own }: Row, words: PanelStrings): TemplateResult | typeof nothing {
  return own ? nothing : html`<span class="role">${words.agent}</span>`;
}

/** One entry of the timeline, on one line. */
export function timelineView(row: Row, words: PanelStrings, open: (row: Row) => void): TemplateResult {
  return html`<button type="button" class="step" @click=${() => open(row)}>
    <span class="time">${row.time}</span><span class="what">${roleView(row, words)}${row.kind === 'status' ? `${row.who}: ` : `${row.who} · `}${firstLine(row.text)}</span
    >${row.state === '' ? nothing : html`<span class="state">${row.state}</span>`}
  </button>`;
}

function firstLine(text: string): string {
  return (/\S[^\n]*/.exec(text)?.[0] ?? '').slice(0, 400);
}
