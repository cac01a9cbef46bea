import { html, render, type TemplateResult } from 'lit-html';
import type { ColumnStatus } from '../../protocol/columns.ts';
import type { KanbanStrings } from '../../protocol/toKanbanPage.ts';
import { fillIn } from '../fillIn.ts';
import { focusIfPageActive } from '../focusIfPageActive.ts';
import { columnView } from './columnView.ts';
import { letCardsBeDragged } from './dragging.ts';
import { headerView } from './headerView.ts';
import { host } from './host.ts';
import { actionForKey } from './kanbanKeys.ts';
import { type CardFilter, type Column, createKanbanModel } from './kanbanModel.ts';

// The page of the Kanban board: it draws what the board says, and tells what the user does. Nothing moves before the board says so.

const ageMs = 30_000;

const model = createKanbanModel();
const root = document.createElement('main');
document.body.append(root);

let strings: KanbanStrings | undefined;
let language = 'en';
let { filter, folded, focused } = host.saved();
let keysShown = false;
/** The keyboard was on a card when the page was last drawn. */
let onCard = false;
/** The height of a card of a long column with its gap, known once one is drawn. */
let each = 0;
/** What the user has moved by keyboard: told when the board says that it has come about. */
let moving: string | undefined;

function draw(): void {
  if (strings === undefined) return;
  render(pageView(strings, model.columns(filter)), root);
  measure();
  // In a page that hasn't the keyboard it goes there when the user comes.
  if (onCard && focused !== undefined && document.hasFocus() && document.activeElement?.id !== `card-${focused}`) goToDrawn(focused);
}

function pageView(words: KanbanStrings, columns: readonly Column[]): TemplateResult {
  const shown = columns.reduce((sum, { cards }) => sum + cards.length, 0);
  const now = Date.now();
  return html`${headerView({
    words,
    filter,
    choices: model.choices(),
    shown,
    all: model.size,
    keysShown,
    setFilter,
    showKeys,
    leaveFilter,
  })}
    <div class="board">
      ${columns.map((column) =>
        columnView(column, {
          words,
          language,
          now,
          folded: folded.includes(column.status),
          focused,
          each,
          fold: () => setFolded(column.status, !folded.includes(column.status)),
          scrolled: draw,
        }),
      )}
    </div>
    <p id="news" class="unseen" role="status" aria-live="polite"></p>`;
}

/** The columns whose cards are drawn. */
function openColumns(): readonly Column[] {
  return model.columns(filter).map((column) => (folded.includes(column.status) ? { ...column, cards: [] } : column));
}

/** Puts space where cards of long columns are not drawn. The policy of the page forbids styles in attributes, not these. */
function measure(): void {
  if (each === 0) {
    const card = document.querySelector<HTMLElement>('.long .card');
    if (card !== null) each = card.offsetHeight + Number.parseFloat(getComputedStyle(card).marginBottom);
    if (each > 0) draw();
  }
  for (const list of document.querySelectorAll<HTMLElement>('ul')) {
    list.style.setProperty('--above', `${Number(list.dataset['from']) * each}px`);
    list.style.setProperty('--below', `${Number(list.dataset['rest']) * each}px`);
  }
}

function setFilter(next: CardFilter): void {
  filter = next;
  save();
  draw();
}

function setFolded(status: ColumnStatus, fold: boolean): void {
  folded = [...folded.filter((one) => one !== status), ...(fold ? [status] : [])];
  save();
  draw();
}

function showKeys(shown: boolean): void {
  keysShown = shown;
  draw();
}

function save(): void {
  host.save({ filter, folded, focused });
}

function leaveFilter(event: KeyboardEvent): void {
  if (event.key === 'Escape') setFilter({ ...filter, words: '' });
  if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  goToCard();
}

/** Gives the keyboard to the card that had it last, or to the first one. */
function goToCard(): void {
  const shown = openColumns().flatMap(({ cards }) => cards.map(({ id }) => id));
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
  for (const { status, cards } of openColumns()) {
    const row = cards.findIndex((card) => card.id === id);
    const list = document.getElementById(`list-${status}`);
    if (row === -1 || list === null) continue;
    list.scrollTop = row * each;
    if (strings !== undefined) render(pageView(strings, model.columns(filter)), root);
    measure();
    focusIfPageActive(document.getElementById(`card-${id}`));
  }
}

/** A folded column opens for a card that comes by keyboard, so that the keyboard stays on it. */
function moveByKeyboard(id: string, status: ColumnStatus, before: string | undefined): void {
  if (folded.includes(status)) setFolded(status, false);
  move(id, status, before);
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
    news.textContent = fillIn(strings.moved, card.title, strings.columns[card.status]);
}

function cardOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-id]')?.dataset['id'] : undefined;
}

function isAnswer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.answer') !== null;
}

root.addEventListener('keydown', (event) => {
  const id = cardOf(event.target);
  const action = id === undefined ? undefined : actionForKey({ columns: model.columns(filter), folded }, id, event);
  if (id === undefined || action === undefined) return;
  // The editor has meanings of its own for some of these keys.
  event.preventDefault();
  event.stopPropagation();
  if (action.kind === 'focus') goTo(action.id);
  else if (action.kind === 'move') moveByKeyboard(id, action.status, action.before);
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
root.addEventListener('click', (event) => {
  const taskId = cardOf(event.target);
  // The second click of a double one asks no second time.
  if (taskId !== undefined && event.detail < 2 && isAnswer(event.target)) host.tell({ type: 'answer', taskId });
});
root.addEventListener('dblclick', (event) => {
  const taskId = cardOf(event.target);
  if (taskId !== undefined && !isAnswer(event.target)) host.tell({ type: 'open', taskId });
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
  if (had !== undefined && onCard && !openColumns().some(({ cards }) => cards.some(({ id }) => id === had.id))) {
    const column = openColumns().find(({ status }) => status === had.status);
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
