import { html, nothing, type TemplateResult } from 'lit-html';
import type { PanelStrings, Row } from '../../protocol/toPanelPage.ts';
import { cardView } from './cardView.ts';
import { cleanHtml } from './cleanHtml.ts';
import type { CardContext } from './controls.ts';
import { type FilesContext, filesView } from './filesView.ts';

/** What rows need of the page. */
export interface RowContext extends CardContext, FilesContext {
  /** HTML of Markdown, not clean yet. */
  render(text: string): string;
  /** The nodes of what was formatted before, by row. */
  formatted: Map<string, { text: string; node: HTMLElement }>;
}

// More than are ever drawn at a time.
const remembered = 300;

/** One entry of the thread, with all of it. */
export function rowView(row: Row, context: RowContext): TemplateResult {
  if (row.kind === 'status') return html`<p class="moved">${roleView(row, context.words)}${row.who} · ${row.time}: ${row.text}</p>`;
  const { card } = row;
  const classes = [
    'entry',
    row.kind,
    row.own ? 'own' : 'other',
    card?.kind ?? '',
    card === undefined ? '' : card.open ? 'open' : 'settled',
  ];
  return html`<article class=${classes.join(' ')}>
    <p class="head">
      ${roleView(row, context.words)}<span class="who">${row.who}</span><span class="time">${row.time}</span>${row.state === '' ? nothing : html`<span class="state">${row.state}</span>`}
    </p>
    ${hasOwnWords(row) ? formattedText(row, context) : nothing} ${filesView(row.files, context)} ${card === undefined ? nothing : cardView(card, context)}
  </article>`;
}

/** What the card doesn't say itself. */
function hasOwnWords({ card, text }: Row): boolean {
  return text !== '' && card?.kind !== 'permission' && (card?.questions.length ?? 0) === 0;
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

function formattedText(row: Row, { render, formatted }: RowContext): HTMLElement {
  const known = formatted.get(row.id);
  if (known?.text === row.text) return known.node;
  const node = document.createElement('div');
  node.className = 'text';
  node.append(cleanHtml(render(row.text)));
  formatted.delete(row.id);
  formatted.set(row.id, { text: row.text, node });
  for (const oldest of formatted.keys()) {
    if (formatted.size <= remembered) break;
    formatted.delete(oldest);
  }
  return node;
}

function firstLine(text: string): string {
  return (/\S[^\n]*/.exec(text)?.[0] ?? '').slice(0, 400);
}
