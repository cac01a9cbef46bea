import type { Locator, Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import type { PageElement } from './pageElement.ts';
import type { Pattern } from './pattern.ts';
import { matches, quoted } from './pattern.ts';
import { waitUntil } from './waitUntil.ts';

/** What a view shows beside its tree. */
export interface ViewContent {
  readonly expanded: boolean;
  /** The extension's message above the tree. */
  readonly message: string;
  /** What an empty view says, and its buttons. */
  readonly welcome: string;
  readonly welcomeButtons: readonly string[];
  /** The buttons in its header. */
  readonly actions: readonly string[];
}

/** A view's frame in the side bar: header, message, welcome text. */
export class ViewPane {
  readonly #page: Page;
  readonly #title: string;

  constructor(page: Page, title: string) {
    this.#page = page;
    this.#title = title;
  }

  /** What it shows now; undefined when there is no such view. */
  async content(): Promise<ViewContent | undefined> {
    const panes = await this.#pane.evaluateAll((elements: PageElement[]) =>
      elements.map((pane) => {
        const texts = (selector: string): string[] => [...pane.querySelectorAll(selector)].map((each) => (each.textContent ?? '').trim());
        const shown = pane.querySelector('.pane-body')?.matches('.welcome') ?? false;
        return {
          expanded: pane.matches('.expanded'),
          message: texts('.message:not(.hide)').join('\n'),
          welcome: shown ? texts('.welcome-view-content p').join('\n') : '',
          welcomeButtons: shown ? texts('.welcome-view-content .monaco-button') : [],
          actions: [...pane.querySelectorAll('.pane-header .actions a.action-label')].map(
            (action) => action.getAttribute('aria-label') ?? '',
          ),
        };
      }),
    );
    return panes[0];
  }

  /** Folds it, so that the others have its room. */
  async fold(): Promise<void> {
    await clickOn(this.#pane.locator('.pane-header .title').first(), `the header of ${this.#title}`);
    await waitUntil({
      what: `${this.#title} to be folded`,
      look: () => this.content(),
      find: (content) => (content?.expanded === false ? true : undefined),
    });
  }

  async waitForWelcome(pattern: Pattern): Promise<ViewContent> {
    return waitUntil({
      what: `the welcome text ${pattern} in ${this.#title}`,
      look: () => this.content(),
      find: (content) => (content !== undefined && matches(pattern, content.welcome) ? content : undefined),
    });
  }

  async waitForMessage(pattern: Pattern): Promise<ViewContent> {
    return waitUntil({
      what: `the message ${pattern} in ${this.#title}`,
      look: () => this.content(),
      find: (content) => (content !== undefined && matches(pattern, content.message) ? content : undefined),
    });
  }

  async clickWelcomeButton(label: string): Promise<void> {
    const button = this.#pane.locator('.welcome-view-content .monaco-button', { hasText: label });
    await clickOn(button, `${label} in the empty ${this.#title}`);
  }

  /** Presses a button in the header; such buttons are there only under the pointer. */
  async clickAction(label: string): Promise<void> {
    await this.#pane.hover();
    const button = this.#pane.locator(`.pane-header .actions [aria-label=${quoted(label)}]`);
    await clickOn(button, `${label} in the header of ${this.#title}`);
  }

  get #pane(): Locator {
    return this.#page.locator(`.pane:has(> .pane-header[aria-label=${quoted(`${this.#title} Section`)}])`);
  }
}
