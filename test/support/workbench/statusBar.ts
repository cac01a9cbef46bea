import type { Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import type { PageElement } from './pageElement.ts';
import type { Pattern } from './pattern.ts';
import { matches, quoted } from './pattern.ts';
import { waitUntil } from './waitUntil.ts';

export interface StatusBarItem {
  /** The extension's id and the item's, with a dot between. */
  readonly id: string;
  /** Its text, without icons. */
  readonly text: string;
  /** Names of its icons: "bell". */
  readonly icons: readonly string[];
  readonly ariaLabel: string;
  readonly kind: 'standard' | 'warning' | 'error';
}

/** The bar at the window's foot. */
export class StatusBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async items(): Promise<StatusBarItem[]> {
    return this.#page.locator('.part.statusbar .statusbar-item').evaluateAll((elements: PageElement[]) =>
      elements.map((item) => ({
        id: item.getAttribute('id') ?? '',
        text: (item.querySelector('.statusbar-item-label')?.textContent ?? '').trim(),
        icons: [...item.querySelectorAll('.codicon')].map(
          (icon) => /codicon-(?!modifier)([\w-]+)/.exec(icon.getAttribute('class') ?? '')?.[1] ?? '',
        ),
        ariaLabel: item.getAttribute('aria-label') ?? '',
        kind: item.matches('.error-kind') ? 'error' : item.matches('.warning-kind') ? 'warning' : 'standard',
      })),
    );
  }

  /** Waits for an item whose text, screen reader text or id is the one looked for. */
  async waitFor(pattern: Pattern): Promise<StatusBarItem> {
    return waitUntil({
      what: `an item ${pattern} in the status bar`,
      look: () => this.items(),
      find: (items) => items.find(({ text, ariaLabel, id }) => [text, ariaLabel, id].some((each) => matches(pattern, each))),
    });
  }

  async click(pattern: Pattern): Promise<void> {
    const { id } = await this.waitFor(pattern);
    await clickOn(this.#page.locator(`.statusbar-item[id=${quoted(id)}] a`), `${pattern} in the status bar`);
  }
}
