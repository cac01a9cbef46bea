import type { Page } from 'playwright-core';
import type { Pattern } from './pattern.ts';
import { matches } from './pattern.ts';
import { waitUntil } from './waitUntil.ts';

/** The modal dialog in front of everything. */
export class Dialog {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits for a dialog whose text matches. @returns the text */
  async waitFor(pattern: Pattern): Promise<string> {
    return await waitUntil({
      what: `a dialog ${String(pattern)}`,
      look: async () => (await this.#page.locator('.monaco-dialog-box').allInnerTexts()).join('\n'),
      find: (text) => (text !== '' && matches(pattern, text) ? text : undefined),
    });
  }

  /** Presses one of its buttons. */
  async press(button: string): Promise<void> {
    await this.#page.locator('.monaco-dialog-box').getByRole('button', { name: button, exact: true }).click();
  }
}
