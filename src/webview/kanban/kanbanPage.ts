import { html, nothing, render, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { ColumnStatus } from '../../protocol/columns.ts';
import type { KanbanStrings } from '../../protocol/toKanbanPage.ts';
import { focusIfPageActive } from '../focusIfPageActive.ts';
import { cardView } from './cardView.ts';
import { cardWindow, drawnWhole } from './cardWindow.ts';
import { letCardsBeDragged } from './dragging.ts';
import { host } from './host.ts';
import { actionForKey } from './kanbanKeys.ts';
import { type Column, createKanbanModel } from './kanbanModel.ts';

// The page of the Kanban board: it draws what the board says, and tells what the user does. Nothing moves before the board says so.

const ageMs = 30_000;

const model = createKanbanModel();
const root = document.createElement('main');
document.body.append(root);

let strings: KanbanStrings | undefined;
let language = 'en';
let { words, focused } = host.saved();
/** The keyboard was on a card when the page was last drawn. */
let onCard = false;
/** The height of a card with its gap, known once one is drawn. */
let each = 0;
/** What the user has moved by keyboard: told when the board says that it has come about. */
let moving: string | undefined;

function draw(): void {
  if (strings === undefined) return;
  const columns = model.columns(words);
  render(pageView(strings, columns), root);
  measure();
  // In a page that hasn't the keyboard it goes there when the user comes.
  if (onCard && focused !== undefined && document.hasFocus() && document.activeElement?.id !== `card-${focused}`) goToDrawn(focused);
}

function pageView(text: KanbanStrings, columns: readonly Column[]): TemplateResult {
  const shown = columns.reduce((sum, { cards }) => sum + cards.length, 0);
  return html`<header>
      <h1 class="unseen">${text.title}</h1>
      <label
        ><span>${text.filter}</span
        ><input
          id="filter"
          type="search"
          placeholder=${text.filterHint}
          .value=${words}
          @input=${(event: Event) => look((event.target as HTMLInputElement).value)}
          @keydown=${leaveFilter}
      /></label>
      <p class="shown" role="status">${words === '' ? nothing : fill(text.shown, shown, model.size)}</p>
      <p class="keys" id="keys">${text.keys}</p>
    </header>
    <div class="board">${columns.map((column) => columnView(text, column))}</div>
    <p id="news" class="unseen" role="status" aria-live="polite"></p>`;
}

function columnView(text: KanbanStrings, column: Column): TemplateResult {
  const { status, cards, total } = column;
  const name = text.columns[status];
  const list = document.getElementById(`list-${status}`);
  const { from, to } = cardWindow(cards.length, { scrolled: list?.scrollTop ?? 0, height: list?.clientHeight ?? 800, each });
  const reachable = cards.some(({ id }) => id === focused) ? focused : cards[from]?.id;
  const now = Date.now();
  return html`<section aria-labelledby=${`name-${status}`} data-status=${status}>
    <h2 id=${`name-${status}`}>
      ${name} <span class="count">${cards.length === total ? total : `${cards.length} / ${total}`}</span>
    </h2>
    ${
      cards.length === 0
        ? html`<p class="empty">${text.empty}</p>`
        : html`<ul
            id=${`list-${status}`}
            role="listbox"
            aria-labelledby=${`name-${status}`}
            aria-describedby="keys"
            data-from=${from}
            data-rest=${cards.length - to}
            @scroll=${cards.length > drawnWhole ? draw : nothing}
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
                  words: text,
                }),
            )}
          </ul>`
    }
  </section>`;
}

/** Puts space where cards of long columns are not drawn. The policy of the page forbids styles in attributes, not these. */
function measure(): void {
  if (each === 0) {
    const card = document.querySelector<HTMLElement>('.card');
    if (card !== null) each = card.offsetHeight + Number.parseFloat(getComputedStyle(card).marginBottom);
    if (each > 0 && [...document.querySelectorAll<HTMLElement>('ul')].some(({ dataset }) => Number(dataset['rest']) > 0)) draw();
  }
  for (const list of document.querySelectorAll<HTMLElement>('ul')) {
    list.style.setProperty('--above', `${Number(list.dataset['from']) * each}px`);
    list.style.setProperty('--below', `${Number(list.dataset['rest']) * each}px`);
  }
}

function look(text: string): void {
  words = text;
  save();
  draw();
}

function save(): void {
  host.save({ words, focused });
}

function leaveFilter(event: KeyboardEvent): void {
  if (event.key === 'Escape') look('');
  if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  goToCard();
}

/** Gives the keyboard to the card that had it last, or to the first one. */
function goToCard(): void {
  const shown = model.columns(words).flatMap(({ cards }) => cards.map(({ id }) => id));
  const next = focused !== undefined && shown.includes(focused) ? focused : shown[0];
  if (next !== undefined) goTo(next);
}

/** The user has come to the page, and stands nowhere on it yet. */
function arrive(): void {
  if (strings !== undefined && document.hasFocus() && document.activeElement === document.body) goToCard();
}

function goTo(id: string): void {
  focused = id;
  onCard = true;
  save();
  draw();
  goToDrawn(id);
}

function goToDrawn(id: string): void {
  const drawn = document.getElementById(`card-${id}`);
  if (drawn !== null) {
    focusIfPageActive(drawn);
    drawn.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    return;
  }
  // It stands where the column is not drawn: the column is scrolled there first.
  for (const { status, cards } of model.columns(words)) {
    const row = cards.findIndex((card) => card.id === id);
    const list = document.getElementById(`list-${status}`);
    if (row === -1 || list === null) continue;
    list.scrollTop = row * each;
    if (strings !== undefined) render(pageView(strings, model.columns(words)), root);
    measure();
    focusIfPageActive(document.getElementById(`card-${id}`));
  }
}

function move(id: string, status: ColumnStatus, before: string | undefined): void {
  moving = id;
  host.tell({ type: 'move', taskId: id, status, ...(before !== undefined && { before }) });
}

function tellMoved(): void {
  const card = moving === undefined ? undefined : model.get(moving);
  moving = undefined;
  const news = document.getElementById('news');
  if (card !== undefined && strings !== undefined && news !== null)
    news.textContent = fill(strings.moved, card.title, strings.columns[card.status]);
}

function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)]));
}

function cardOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined;
}

root.addEventListener('keydown', (event) => {
  const id = cardOf(event.target);
  const action = id === undefined ? undefined : actionForKey(model.columns(words), id, event);
  if (id === undefined || action === undefined) return;
  // The editor has meanings of its own for some of these keys.
  event.preventDefault();
  event.stopPropagation();
  if (action.kind === 'focus') goTo(action.id);
  else if (action.kind === 'move') move(id, action.status, action.before);
  else if (action.kind === 'open') host.tell({ type: 'open', taskId: id });
  else if (action.kind === 'undo') host.tell({ type: 'undo' });
  else if (action.kind === 'filter') focusIfPageActive(document.getElementById('filter'));
  else host.tell({ type: action.kind, taskId: id });
});
root.addEventListener('focusin', (event) => {
  const id = cardOf(event.target);
  onCard = id !== undefined;
  if (id === undefined || id === focused) return;
  focused = id;
  save();
  draw();
});
root.addEventListener('dblclick', (event) => {
  const taskId = cardOf(event.target);
  if (taskId !== undefined) host.tell({ type: 'open', taskId });
});
letCardsBeDragged(root, ({ id, status, before }) => {
  focused = id;
  save();
  move(id, status, before);
});

host.listen((message) => {
  const had = focused === undefined ? undefined : model.get(focused);
  model.take(message);
  if (message.type === 'begin') ({ strings, language } = message);
  // A card that is gone hands the keyboard to one beside it.
  if (had !== undefined && onCard && model.get(had.id) === undefined) {
    const column = model.columns(words).find(({ status }) => status === had.status);
    focused = (column?.cards.find(({ place }) => place >= had.place) ?? column?.cards.at(-1))?.id;
  }
  draw();
  tellMoved();
  if (message.type === 'begin') arrive();
});
globalThis.addEventListener('focus', arrive);
globalThis.addEventListener('resize', draw);
setInterval(draw, ageMs);
host.tell({ type: 'ready' });
