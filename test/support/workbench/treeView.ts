import type { Locator, Page } from 'playwright-core';
import { clickIfSays } from './clickIfSays.ts';
import { clickOn } from './clickOn.ts';
import type { PageElement } from './pageElement.ts';
import type { Pattern } from './pattern.ts';
import { matches, quoted } from './pattern.ts';
import { takeFromMenu } from './pressMenuItem.ts';
import { untilTaken } from './untilTaken.ts';
import { waitUntil } from './waitUntil.ts';

/** What the label of a row consists of: the ending of a file's name stands in an element of its own. */
const labelParts = '.monaco-icon-name-container, .monaco-icon-suffix-container';

/** One drawn row of a tree. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly ariaLabel: string;
  /** 1 for the roots. */
  readonly level: number;
  /** Undefined for a row that can't be opened. */
  readonly expanded: boolean | undefined;
  readonly selected: boolean;
}

/** A view with a tree in the side bar, by the title in its header. */
export class TreeView {
  readonly #page: Page;
  readonly #title: string;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
  }

  /** The rows on the screen, top to bottom. Those that would have to be scrolled to aren't drawn, so aren't here. */
  async rows(): Promise<TreeRow[]> {
    return (await this.#indexedRows()).map(({ row }) => row);
  }

  /** Waits for a row whose label, description or screen reader text is the one looked for. */
  async waitForRow(pattern: Pattern): Promise<TreeRow> {
    return waitUntil({
      what: `the row ${pattern} in ${this.#title}`,
      look: () => this.rows(),
      find: (rows) => rows.find((row) => isRow(row, pattern)),
    });
  }

  /** Waits until no drawn row is the one looked for. */
  async waitForNoRow(pattern: Pattern): Promise<void> {
    await waitUntil({
      what: `no row ${pattern} in ${this.#title}`,
      look: () => this.rows(),
      find: (rows) => (rows.some((row) => isRow(row, pattern)) ? undefined : true),
    });
  }

  /**
   * Clicks a row: it is found and gets the events of a click in one turn of the page. A pointer needs several, in which another row may come
   * under it, be opened in its place, or be a group that closes.
   */
  async clickRow(pattern: Pattern): Promise<void> {
    await waitUntil({
      what: `the row ${pattern} of ${this.#title} to be clicked in its place`,
      look: async () => {
        const { id, row } = await this.#rowInPlace(pattern);
        return this.#page.locator(`[id=${quoted(id)}]`).evaluateAll(clickIfSays, { label: row.label, parts: labelParts });
      },
      find: (isClicked) => (isClicked ? true : undefined),
    });
  }

  /** Presses a button at a row's end; such buttons are there only under the pointer. */
  async rowAction(pattern: Pattern, action: string): Promise<void> {
    await this.#onRow(pattern, async (row, limitMs) => {
      await row.hover({ timeout: limitMs });
      const button = row.locator(`.actions a.action-label[aria-label=${quoted(action)}]`);
      await clickOn(button, `${action} in the row ${pattern} of ${this.#title}`, limitMs);
    });
  }

  /** Takes an entry of a row's context menu. */
  async rowMenu(pattern: Pattern, entry: string): Promise<void> {
    const what = `${entry} in the menu of the row ${pattern} of ${this.#title}`;
    await takeFromMenu(this.#page.getByRole('menuitem', { name: entry }), what, async (limitMs) =>
      (await this.#rowLocator(pattern)).click({ button: 'right', timeout: limitMs }),
    );
  }

  /** The names of the buttons at a row's end. */
  async rowActions(pattern: Pattern): Promise<string[]> {
    return this.#onRow(pattern, async (row, limitMs) => {
      await row.hover({ timeout: limitMs });
      return row
        .locator('.actions a.action-label')
        .evaluateAll((actions: PageElement[]) => actions.map((action) => action.getAttribute('aria-label') ?? ''));
    });
  }

  /** Does something with a row. One that has moved before that could be done is looked for again. */
  async #onRow<Done>(pattern: Pattern, act: (row: Locator, limitMs: number) => Promise<Done>): Promise<Done> {
    return untilTaken(async (limitMs) => act(await this.#rowLocator(pattern), limitMs));
  }

  /** What it says tells it from one that comes to its place later. */
  async #rowLocator(pattern: Pattern): Promise<Locator> {
    const { id, row } = await this.#rowInPlace(pattern);
    return this.#page.locator(`[id=${quoted(id)}]`).filter({ hasText: row.label });
  }

  /** Its id says in which place it stands, so it is taken once the rows stand still. */
  async #rowInPlace(pattern: Pattern): Promise<{ id: string; row: TreeRow }> {
    let before = '';
    return waitUntil({
      what: `the row ${pattern} in ${this.#title}, in its place`,
      look: () => this.#indexedRows(),
      find: (rows) => {
        const now = JSON.stringify(rows.map((each) => each.row.label));
        const isStill = now === before;
        before = now;
        return isStill ? rows.find((each) => isRow(each.row, pattern)) : undefined;
      },
    });
  }

  async #indexedRows(): Promise<{ id: string; row: TreeRow }[]> {
    const rows = this.#page.locator(`.pane-body [role="tree"][aria-label=${quoted(this.#title)}] .monaco-list-row`);
    const found = await rows.evaluateAll(
      (elements: PageElement[], parts) =>
        elements.map((element) => {
          const expanded = element.getAttribute('aria-expanded');
          return {
            id: element.getAttribute('id') ?? '',
            index: Number(element.getAttribute('data-index')),
            row: {
              label: [...element.querySelectorAll(parts)].map((part) => part.textContent ?? '').join(''),
              description: element.querySelector('.label-description')?.textContent ?? '',
              ariaLabel: (element.getAttribute('aria-label') ?? '').trim(),
              level: Number(element.getAttribute('aria-level')),
              expanded: expanded === null ? undefined : expanded === 'true',
              selected: element.getAttribute('aria-selected') === 'true',
            },
          };
        }),
      labelParts,
    );
    // The list re-uses its elements, so their order in the page isn't the one on the screen.
    return found.toSorted((one, other) => one.index - other.index);
  }
}

function isRow(row: TreeRow, pattern: Pattern): boolean {
  return [row.label, row.description, row.ariaLabel].some((text) => matches(pattern, text));
}
