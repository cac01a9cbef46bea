/** Where a card stands, in pixels from the top of the window. */
export interface CardPlace {
  id: string;
  top: number;
}

/** Where cards stand on the screen. */
export interface CardPlaces {
  articleOf(id: string | undefined): HTMLElement | undefined;
  /** The card that has the keyboard, or something in it. */
  held(): string | undefined;
  /** Whether all of a card that has to be seen before a key decides is in view. */
  isWhole(id: string | undefined): boolean;
  /** Brings a card into view: wholly if there is room for it, and otherwise from its top. */
  bringIntoView(id: string | undefined): void;
  /** What the user looks at: the card that they read, or have the keyboard on, or the first one if they have scrolled. */
  anchor(reading: string | undefined): CardPlace | undefined;
  /** Scrolls so that a card stands where it stood: it stays there when others come before it. */
  keep(anchor: CardPlace | undefined): void;
}

export function createCardPlaces(scroller: HTMLElement): CardPlaces {
  const articles = (): HTMLElement[] => [...scroller.querySelectorAll<HTMLElement>('article')];
  const articleOf = (id: string | undefined): HTMLElement | undefined =>
    id === undefined ? undefined : articles().find((each) => each.dataset['id'] === id);

  function held(): string | undefined {
    const active = document.activeElement;
    return active !== null && scroller.contains(active) ? active.closest<HTMLElement>('article')?.dataset['id'] : undefined;
  }

  function firstInView(): string | undefined {
    const { top } = scroller.getBoundingClientRect();
    return articles().find((each) => each.getBoundingClientRect().bottom > top)?.dataset['id'];
  }

  return {
    articleOf,
    held,
    isWhole(id) {
      const article = articleOf(id);
      if (article === undefined) return false;
      const room = scroller.getBoundingClientRect();
      return article.getBoundingClientRect().top >= room.top - 1 && endOf(article) <= room.bottom + 1;
    },
    bringIntoView(id) {
      const article = articleOf(id);
      if (article === undefined) return;
      const [box, room] = [article.getBoundingClientRect(), scroller.getBoundingClientRect()];
      if (box.top < room.top || box.height >= room.height) scroller.scrollTop += box.top - room.top;
      else if (box.bottom > room.bottom) scroller.scrollTop += box.bottom - room.bottom;
    },
    anchor(reading) {
      const id = reading ?? held() ?? (scroller.scrollTop > 0 ? firstInView() : undefined);
      const article = articleOf(id);
      return id === undefined || article === undefined ? undefined : { id, top: article.getBoundingClientRect().top };
    },
    keep(anchor) {
      const now = articleOf(anchor?.id)?.getBoundingClientRect().top;
      if (anchor !== undefined && now !== undefined) scroller.scrollTop += now - anchor.top;
    },
  };
}

/** Where that ends which has to be seen before a key decides: the last thing that a key presses, with all that stands above it. */
function endOf(article: HTMLElement): number {
  return ([...article.querySelectorAll('[data-key]')].at(-1) ?? article).getBoundingClientRect().bottom;
}
