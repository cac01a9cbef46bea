import { elementScroll, measureElement, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { InboxItem } from '../../protocol/toInboxPage.ts';
import { rangeWith } from '../card/rangeWith.ts';

/** The list of open cards, of which only those on the screen and a few around them are in the document. */
export interface CardList {
  /** The cards from now on. */
  set(items: readonly InboxItem[]): void;
  view(label: string, view: (item: InboxItem) => TemplateResult): TemplateResult | typeof nothing;
  /** To be called after each drawing: measures what is new. */
  measure(): void;
  /** Measures all that is drawn, also what the browser has not reported yet: cards stand where they will stay. */
  settle(): void;
  /** Where a card begins, in pixels from the top of the list. */
  startOf(id: string): number | undefined;
  scrollTo(id: string): void;
}

/** A closed card, until it has been measured. Pixels. */
const usualHeight = 78;

/** @param held the card that stays in the document, wherever it is. @param redraw called when other cards are to be drawn */
export function createCardList(scroller: HTMLElement, held: () => string | undefined, redraw: () => void): CardList {
  let items: readonly InboxItem[] = [];
  const measured = new WeakSet<Element>();
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(options());
  virtualizer._didMount();

  const indexOf = (id: string | undefined): number => (id === undefined ? -1 : items.findIndex((item) => item.id === id));

  function options(): Virtualizer<HTMLElement, HTMLElement>['options'] extends Required<infer O> ? O : never {
    return {
      count: items.length,
      getScrollElement: () => scroller,
      estimateSize: () => usualHeight,
      getItemKey: (index: number) => items[index]?.id ?? index,
      overscan: 6,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      measureElement,
      onChange: () => redraw(),
      rangeExtractor: (range) => rangeWith(range, indexOf(held())),
    };
  }

  return {
    set(next) {
      items = next;
      virtualizer.setOptions(options());
      virtualizer._willUpdate();
    },
    view(label, view) {
      if (items.length === 0) return nothing;
      return html`<ul class="cards" aria-label=${label} aria-describedby="keys" .style=${`height:${virtualizer.getTotalSize()}px`}>
        ${repeat(
          virtualizer.getVirtualItems(),
          ({ key }) => key,
          ({ index, start }) => {
            const item = items[index];
            if (item === undefined) return nothing;
            return html`<li
              class="row"
              data-index=${index}
              aria-setsize=${items.length}
              aria-posinset=${index + 1}
              .style=${`transform:translateY(${start}px)`}
            >
              ${view(item)}
            </li>`;
          },
        )}
      </ul>`;
    },
    measure() {
      for (const element of scroller.querySelectorAll<HTMLElement>('.row')) {
        if (measured.has(element)) continue;
        measured.add(element);
        virtualizer.measureElement(element);
      }
    },
    settle() {
      for (const element of scroller.querySelectorAll<HTMLElement>('.row'))
        virtualizer.resizeItem(Number(element.dataset['index']), element.offsetHeight);
    },
    startOf: (id) => virtualizer.getOffsetForIndex(Math.max(0, indexOf(id)), 'start')?.[0],
    scrollTo: (id) => virtualizer.scrollToIndex(Math.max(0, indexOf(id)), { align: 'auto' }),
  };
}
