import type { Locator, Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import { movePointerAway } from './movePointerAway.ts';
import type { PageElement } from './pageElement.ts';
import type { Pattern } from './pattern.ts';
import { matches } from './pattern.ts';
import { untilTaken } from './untilTaken.ts';
import { waitUntil } from './waitUntil.ts';

/** One notification on the screen. */
export interface Toast {
  readonly message: string;
  /** Who shows it; empty when the toast has neither buttons nor a source line. */
  readonly source: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly buttons: readonly string[];
}

/** The notifications in the window's corner. */
export class Toasts {
  readonly #page: Page;
  /** What those said that were waited for and not pressed since, by their patterns. */
  readonly #awaited = new Map<string, string>();

  constructor(page: Page) {
    this.#page = page;
  }

  async all(): Promise<Toast[]> {
    return this.#elements.evaluateAll((elements: PageElement[]) =>
      elements.map((toast) => ({
        message: toast.querySelector('.notification-list-item-message')?.textContent ?? '',
        source: (toast.querySelector('.notification-list-item-source')?.textContent ?? '').replace(/^Source: /, ''),
        severity: (['error', 'warning'] as const).find((each) => toast.querySelector(`.codicon-${each}`)) ?? 'info',
        buttons: [...toast.querySelectorAll('.notification-list-item-buttons-container .monaco-button')]
          .filter((button) => !button.matches('.monaco-dropdown-button'))
          .map((button) => button.textContent ?? ''),
      })),
    );
  }

  async waitFor(pattern: Pattern): Promise<Toast> {
    const toast = await waitUntil({
      what: `a toast ${pattern}`,
      look: () => this.all(),
      find: (toasts) => toasts.find(({ message }) => matches(pattern, message)),
    });
    this.#awaited.set(String(pattern), toast.message);
    return toast;
  }

  /** Waits until no toast with this message is left. */
  async waitForNone(pattern: Pattern): Promise<void> {
    await waitUntil({
      what: `no toast ${pattern}`,
      look: () => this.all(),
      find: (toasts) => (toasts.some((toast) => matches(pattern, toast.message)) ? undefined : true),
    });
  }

  /** Presses a button of a toast. One that has hidden itself meanwhile is found where the user finds it, behind the bell. */
  async click(pattern: Pattern, button: string): Promise<void> {
    const message = this.#awaited.get(String(pattern)) ?? (await this.waitFor(pattern)).message;
    this.#awaited.delete(String(pattern));
    // By its message and not by its place: others come and go.
    const said = this.#page.locator('.notification-list-item-message').filter({ hasText: message });
    const buttonIn = (places: Locator): Locator => {
      const buttons = places.filter({ has: said }).first().locator('.notification-list-item-buttons-container .monaco-button');
      return buttons.getByText(button, { exact: true });
    };
    const center = this.#page.locator('.notifications-center.visible');
    await untilTaken(async (limitMs) => {
      await movePointerAway(this.#page);
      const isThere = (await this.#elements.filter({ has: said }).count()) > 0;
      if (isThere) return clickOn(buttonIn(this.#elements), `${button} in the toast ${pattern}`, limitMs);
      if ((await center.count()) === 0) {
        await clickOn(this.#page.locator('.statusbar-item .codicon-bell, .statusbar-item .codicon-bell-dot'), 'the bell', limitMs);
        await movePointerAway(this.#page);
      }
      await clickOn(buttonIn(center.locator('.notification-list-item')), `${button} behind the bell, in ${pattern}`, limitMs);
    });
    const hide = center.locator('a.codicon-notifications-hide');
    if ((await hide.count()) > 0) await hide.click({ timeout: 2_000 }).catch(() => undefined);
  }

  /** Closes every toast by its own close button, as a person would. */
  async dismissAll(): Promise<void> {
    if ((await this.all()).length === 0) return;
    // A page behind another one of the same browser is not drawn, and takes no clicks.
    await this.#page.bringToFront();
    await waitUntil({
      what: 'every toast to be closed',
      look: async () => {
        const toasts = await this.all();
        // One that closes by itself meanwhile is as good.
        if (toasts.length > 0) await this.#closeFirst().catch(() => undefined);
        return toasts;
      },
      find: (toasts) => (toasts.length === 0 ? true : undefined),
    });
    await movePointerAway(this.#page);
  }

  async #closeFirst(): Promise<void> {
    const toast = this.#elements.first();
    await toast.hover({ timeout: 2_000 });
    await toast.locator('a.codicon-notifications-clear').click({ timeout: 2_000 });
  }

  get #elements(): Locator {
    return this.#page.locator('.notifications-toasts.visible .notification-toast');
  }
}
