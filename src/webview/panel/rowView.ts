import { html, nothing, type TemplateResult } from 'lit-html';
import type { PanelStrings, Row } from '../../protocol/toPanelPage.ts';
import { cardBody, cardHead } from '../card/cardView.ts';
import type { CardPage } from '../card/controls.ts';
import { formattedText } from '../card/textNodes.ts';
import type { ThreadEntry } from './conversation.ts';
import { type FilesContext, filesView } from './filesView.ts';
import { timeView } from './timeView.ts';

/** What rows need of the page. */
export interface RowContext extends CardPage, FilesContext {
  words: PanelStrings;
}

/** One entry of the thread, with all of it. */
export function rowView(entry: ThreadEntry, context: RowContext): TemplateResult {
  const { row, firstNew } = entry;
  return html`${firstNew ? html`<p class="new"><span>${context.words.newHere}</span></p>` : nothing}${
    row.kind === 'status' ? statusView(row, context) : articleView(entry, context)
  }`;
}

function statusView(row: Row, context: RowContext): TemplateResult {
  return html`<p class="moved">${roleView(row, context.words)}${row.who} · ${rowTime(row, context)}: ${row.text}</p>`;
}

function articleView({ row, goesOn }: ThreadEntry, context: RowContext): TemplateResult {
  const { card } = row;
  const classes = [
    'entry',
    row.kind,
    row.own ? 'own' : 'other',
    goesOn ? 'goes-on' : '',
    card?.content.kind ?? '',
    card === undefined ? '' : card.open ? 'open' : 'settled',
  ];
  if (card !== undefined) {
    return html`<article class=${classes.join(' ')}>${cardHead(card, context, rowTime(row, context))} ${cardBody(card, context)}</article>`;
  }
  return html`<article class=${classes.join(' ')}>
    ${headView({ row, goesOn }, context)}
    ${row.text === '' ? nothing : formattedText(row.id, row.text, context)} ${filesView(row.files, context)}
  </article>`;
}

function headView({ row, goesOn }: Pick<ThreadEntry, 'row' | 'goesOn'>, context: RowContext): TemplateResult {
  const state = row.state === '' ? nothing : html`<span class="state">${row.state}</span>`;
  // Who can't see how rows stand hears the name with each of them.
  if (goesOn) return html`<p class="aside"><span class="unseen">${row.who}: </span>${state}${rowTime(row, context)}</p>`;
  return html`<p class="head">
    ${roleView(row, context.words)}<span class="who">${row.who}</span>${rowTime(row, context)}${state}
  </p>`;
}

function rowTime({ at, time }: Row, { language }: RowContext): TemplateResult {
  return timeView(at, time, language);
}

/** Says of what an agent has written that it was one, whatever it calls itself. What the user has written has no such word. */
function roleView({ own }: Row, words: PanelStrings): TemplateResult | typeof nothing {
  return own ? nothing : html`<span class="role">${words.agent}</span>`;
}

/** One entry of the timeline, on one line. */
export function timelineView(row: Row, context: RowContext, open: (row: Row) => void): TemplateResult {
  const { words } = context;
  return html`<button type="button" class="step" @click=${() => open(row)}>
    ${rowTime(row, context)}<span class="what">${roleView(row, words)}${row.kind === 'status' ? `${row.who}: ` : `${row.who} · `}${firstLine(row.card?.title ?? row.text)}</span
    >${row.state === '' ? nothing : html`<span class="state">${row.state}</span>`}
  </button>`;
}

function firstLine(text: string): string {
  return (/\S[^\n]*/.exec(text)?.[0] ?? '').slice(0, 400);
}
