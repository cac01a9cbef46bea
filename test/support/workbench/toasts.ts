import type { Locator, Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import type { PageElement } from './pageElement.ts';
import type { Pattern } from './pattern.ts';
import { matches } from './pattern.ts';
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
    return waitUntil({
      what: `a toast ${pattern}`,
      look: () => this.all(),
      find: (toasts) => toasts.find(({ message }) => matches(pattern, message)),
    });
  }

  /** Waits until no toast with this message is left. */
  async waitForNone(pattern: Pattern): Promise<void> {
    await waitUntil({
      what: `no toast ${pattern}`,
      look: () => this.all(),
      find: (toasts) => (toasts.some((toast) => matches(pattern, toast.message)) ? undefined : true),
    });
  }

  async click(pattern: Pattern, button: string): Promise<void> {
    const { message } = await this.waitFor(pattern);
    await this.#leave();
    // By its message and not by its place: others come and go.
    const said = this.#page.locator('.notification-list-item-message').filter({ hasText: message });
    const buttons = this.#elements.filter({ has: said }).first().locator('.notification-list-item-buttons-container .monaco-button');
    await clickOn(buttons.getByText(button, { exact: true }), `${button} in the toast ${pattern}`);
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
    await this.#leave();
  }

  /** Takes the pointer off the buttons of toasts that are gone: what is told of them would lie over the others. */
  async #leave(): Promise<void> {
    await this.#page.mouse.move(700, 400);
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
