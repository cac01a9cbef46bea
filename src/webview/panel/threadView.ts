import { elementScroll, measureElement, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { html, nothing, render, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { Row } from '../../protocol/toPanelPage.ts';
import { rangeWith } from '../card/rangeWith.ts';
import { focusIfPageActive } from '../focusIfPageActive.ts';

/** The list of rows, of which only those on the screen and a few around them are in the document. */
export interface ThreadView {
  /** Shows these rows. Stands at the end if it stood there before, and otherwise stays where it is. */
  show(rows: readonly Row[], view: (row: Row) => TemplateResult, about: ThreadAbout): void;
  /** Draws the same rows again. */
  redraw(): void;
  /** Scrolls to a row and gives it the keyboard. */
  reveal(id: string): void;
  toEnd(): void;
  /** Whether the user sees the row: half of it, or as much as half of the list has room for. */
  isInSight(id: string): boolean;
  /** The row at the top and how far it is scrolled out; `undefined` at the end. */
  readonly top: { id: string; offset: number } | undefined;
  /** Stands there as soon as there are rows. */
  restore(top: { id: string; offset: number } | undefined): void;
}

interface ThreadAbout {
  label: string;
  /** What stands there in place of rows. */
  empty: string;
  /** How high a row will be, before it has been drawn. Pixels. */
  height(row: Row): number;
}

/** Closer to the end than this is at the end. Pixels. */
const endPx = 48;

/** `scroller` is the element that scrolls: `header` and `list`, which is filled. `onScroll` hears when the user has moved. */
export function createThreadView(
  { scroller, header, list }: { scroller: HTMLElement; header: HTMLElement; list: HTMLElement },
  onScroll: () => void,
): ThreadView {
  let rows: readonly Row[] = [];
  let view: (row: Row) => TemplateResult = () => html``;
  let about: ThreadAbout = { label: '', empty: '', height: () => 0 };
  let atEnd = true;
  let restoring: { id: string; offset: number } | undefined;
  /** The row that takes the keyboard when it comes to the list. */
  let current: string | undefined;
  /** The row that takes the keyboard when it comes to the page. */
  let owed: string | undefined;
  let drawing = false;
  let again = false;
  /** Where the scroller stood when it was looked at last. Pixels. */
  let lastTop = 0;
  const measured = new WeakSet<Element>();

  const indexOf = (id: string | undefined): number => (id === undefined ? -1 : rows.findIndex((row) => row.id === id));

  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options());
  function options(): Virtualizer<HTMLElement, HTMLElement>['options'] extends Required<infer O> ? O : never {
    return {
      count: rows.length,
      getScrollElement: () => scroller,
      estimateSize: (index: number) => about.height(rows[index] as Row),
      // The header stands before the rows, and over them where it stays.
      scrollMargin: list.offsetTop,
      scrollPaddingStart: covered(),
      getItemKey: (index: number) => rows[index]?.id ?? index,
      overscan: 8,
      // It scrolls by itself, when rows are smaller than was estimated; that is no move of the user.
      scrollToFn: (...scroll) => {
        noticeMove();
        elementScroll(...scroll);
        lastTop = scroller.scrollTop;
      },
      observeElementRect,
      observeElementOffset,
      measureElement,
      onChange: () => draw(),
      // The row with the keyboard stays in the document, wherever it is.
      rangeExtractor: (range) => rangeWith(range, list.contains(document.activeElement) ? indexOf(current) : -1),
    };
  }
  virtualizer._didMount();

  /** How much of the top the header keeps covered. Pixels. */
  function covered(): number {
    return getComputedStyle(header).position === 'sticky' ? header.offsetHeight : 0;
  }
  new ResizeObserver(() => {
    // Of the scroller it would be for the header as well, which is never below itself.
    list.style.setProperty('--covered', `${covered()}px`);
    refresh();
  }).observe(header);

  function draw(): void {
    if (drawing) {
      if (!again) requestAnimationFrame(() => draw());
      again = true;
      return;
    }
    // The user may have scrolled since the last event of it, which the browser sends with the next frame.
    noticeMove();
    drawing = true;
    again = false;
    const held = heldRow();
    try {
      drawRows();
    } finally {
      drawing = false;
    }
    // What had the keyboard may be gone, a button of an answered card say; its row takes it.
    if (held !== undefined && !list.contains(document.activeElement)) giveTo(held);
    if (atEnd && restoring === undefined) standAtEnd();
  }

  function drawRows(): void {
    const items = virtualizer.getVirtualItems();
    const content =
      rows.length === 0
        ? html`<p class="empty">${about.empty}</p>`
        : html`<div class="sizer" role="list" aria-label=${about.label} .style=${`height:${virtualizer.getTotalSize()}px`}>
            ${repeat(
              items,
              (item) => item.key,
              (item) => {
                const row = rows[item.index];
                if (row === undefined) return nothing;
                const first = current === undefined ? item.index === rows.length - 1 : row.id === current;
                return html`<div
                  class="row"
                  role="listitem"
                  data-index=${item.index}
                  data-id=${row.id}
                  tabindex=${first ? 0 : -1}
                  aria-setsize=${rows.length}
                  aria-posinset=${item.index + 1}
                  .style=${`transform:translateY(${item.start - virtualizer.options.scrollMargin}px)`}
                >
                  ${view(row)}
                </div>`;
              },
            )}
          </div>`;
    render(content, list);
    for (const element of list.querySelectorAll<HTMLElement>('.row')) {
      if (measured.has(element)) continue;
      measured.add(element);
      virtualizer.measureElement(element);
    }
  }

  /** Now, or when the user is back on the page. */
  function giveTo(id: string): void {
    const element = elementOf(id);
    if (element !== undefined) owed = focusIfPageActive(element) ? undefined : id;
  }

  function heldRow(): string | undefined {
    const active = document.activeElement;
    return active instanceof HTMLElement && list.contains(active) ? active.closest<HTMLElement>('.row')?.dataset['id'] : undefined;
  }

  function elementOf(id: string): HTMLElement | undefined {
    return [...list.querySelectorAll<HTMLElement>('.row')].find((element) => element.dataset['id'] === id);
  }

  function refresh(): void {
    virtualizer.setOptions(options());
    virtualizer._willUpdate();
    draw();
  }

  function goTo(index: number): void {
    const row = rows[index];
    if (row === undefined) return;
    atEnd = false;
    current = row.id;
    virtualizer.scrollToIndex(index, { align: 'auto' });
    draw();
    // It is drawn once the list has moved.
    const focus = (tries: number): void => {
      const element = elementOf(row.id);
      if (element !== undefined) giveTo(row.id);
      else if (tries > 0) requestAnimationFrame(() => focus(tries - 1));
      draw();
    };
    requestAnimationFrame(() => focus(20));
  }

  /** A row that grows, a picture say, moves the end away from the user, who still stands at the end. By going up the user leaves it. */
  function noticeMove(): void {
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < endPx) atEnd = true;
    else if (scroller.scrollTop < lastTop) atEnd = false;
    lastTop = scroller.scrollTop;
  }

  function standAtEnd(): void {
    scroller.scrollTop = scroller.scrollHeight;
    lastTop = scroller.scrollTop;
  }

  scroller.addEventListener(
    'scroll',
    () => {
      noticeMove();
      onScroll();
    },
    { passive: true },
  );
  globalThis.addEventListener('focus', () => {
    if (owed !== undefined && document.activeElement === document.body) giveTo(owed);
    owed = undefined;
  });
  scroller.addEventListener('focusin', (event) => {
    const id = event.target instanceof Element ? event.target.closest<HTMLElement>('.row')?.dataset['id'] : undefined;
    if (id !== undefined && id !== current) {
      current = id;
      draw();
    }
  });
  scroller.addEventListener('keydown', (event) => {
    // Keys inside of a row belong to what has them there.
    if (!(event.target instanceof HTMLElement) || !event.target.classList.contains('row')) return;
    const at = indexOf(current);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    goTo(Math.min(Math.max(next, 0), rows.length - 1));
  });

  return {
    show(nextRows, nextView, nextAbout) {
      rows = nextRows;
      view = nextView;
      about = nextAbout;
      if (indexOf(current) < 0) current = undefined;
      refresh();
      const index = indexOf(restoring?.id);
      if (restoring !== undefined && index >= 0) {
        const { offset } = restoring;
        atEnd = false;
        virtualizer.scrollToIndex(index, { align: 'start' });
        // The rows above are measured while it goes there.
        requestAnimationFrame(() => {
          restoring = undefined;
          scroller.scrollTop += offset;
        });
      } else if (rows.length > 0) restoring = undefined;
    },
    redraw: () => draw(),
    reveal: (id) => goTo(indexOf(id)),
    toEnd() {
      atEnd = true;
      goToEnd();
    },
    isInSight(id) {
      const element = elementOf(id);
      if (element === undefined) return false;
      const [row, page] = [element.getBoundingClientRect(), scroller.getBoundingClientRect()];
      const top = page.top + covered();
      const seen = Math.min(row.bottom, page.bottom) - Math.max(row.top, top);
      return seen >= Math.min(row.height, page.bottom - top) / 2;
    },
    get top() {
      if (atEnd) return undefined;
      const at = scroller.scrollTop + covered();
      const item = virtualizer.getVirtualItemForOffset(at);
      const row = item === undefined ? undefined : rows[item.index];
      return item === undefined || row === undefined ? undefined : { id: row.id, offset: at - item.start };
    },
    restore(top) {
      restoring = top;
      atEnd = top === undefined;
    },
  };

  function goToEnd(): void {
    standAtEnd();
    draw();
  }
}
