import type { Locator, Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import { focusInfo } from './focusInfo.ts';
import type { PageElement } from './pageElement.ts';
import { quoted } from './pattern.ts';
import { QuickInput } from './quickInput.ts';
import { waitUntil } from './waitUntil.ts';

const keysPassedOnMs = 3_000;

/** Where the caret is, both counted from 1. */
export interface CursorPosition {
  readonly line: number;
  readonly column: number;
}

/** The text editor in front. */
export class Editor {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Opens a file of the workspace by name, gives its editor the focus, and waits for its tab and text. */
  async open(name: string): Promise<void> {
    const input = new QuickInput(this.#page);
    await this.#askForFile(input);
    await input.lookFor(name);
    // What was open lately stands in the list already, below other things, before what was typed has chosen one.
    await input.waitForFocused(name);
    await input.accept();
    await this.waitForTab(name);
    await clickOn(this.#lines.first(), `the text of ${name}`);
  }

  /** A page that has the keyboard passes no keys on while it loads: then it is pressed again, as a user does. */
  async #askForFile(input: QuickInput): Promise<void> {
    let pressedAt = Number.NEGATIVE_INFINITY;
    await waitUntil({
      what: 'the list of files',
      look: async () => {
        const content = await input.content();
        if (content === undefined && performance.now() - pressedAt > keysPassedOnMs) {
          await this.#page.keyboard.press('Control+p');
          pressedAt = performance.now();
        }
        return content;
      },
      find: (content) => (content !== undefined && /Search files by name/.test(content.placeholder) ? true : undefined),
    });
  }

  /** Puts the caret there by keyboard, and waits until text and keyboard are where they are meant to be. */
  async goTo(place: CursorPosition): Promise<void> {
    await this.#untilItHasKeyboard();
    await this.#page.keyboard.press('Control+Home');
    for (let line = 1; line < place.line; line += 1) await this.#page.keyboard.press('ArrowDown');
    for (let column = 1; column < place.column; column += 1) await this.#page.keyboard.press('ArrowRight');
    await this.#untilItHasKeyboard();
    await this.waitForCursor(place);
  }

  async #untilItHasKeyboard(): Promise<void> {
    await waitUntil({
      what: 'the keyboard in the file',
      look: () => focusInfo(this.#page),
      find: ({ part }) => (part === 'editor' ? true : undefined),
    });
  }

  /** Waits until the editor or panel in front has this title. */
  async waitForTab(name: string): Promise<void> {
    await waitUntil({
      what: `the tab ${name} in front`,
      look: () => this.tabs(),
      find: (tabs) => tabs.find((tab) => tab.active && tab.label === name),
    });
  }

  /** Brings the tab with this title to the front. */
  async show(name: string): Promise<void> {
    await clickOn(this.#page.locator('.editor-group-container .tab', { hasText: name }), `the tab ${name}`);
    await this.waitForTab(name);
  }

  /** Presses a button beside the tabs. */
  async pressAction(label: string): Promise<void> {
    const button = this.#page.locator(`.editor-group-container.active .editor-actions [aria-label=${quoted(label)}]`);
    await clickOn(button, `${label} beside the tabs`);
  }

  /** Closes the tab with this title, as the middle button of the mouse does. */
  async closeTab(name: string): Promise<void> {
    await this.#page.locator('.editor-group-container .tab', { hasText: name }).click({ button: 'middle' });
    await waitUntil({
      what: `no tab ${name}`,
      look: () => this.tabs(),
      find: (tabs) => (tabs.some(({ label }) => label === name) ? undefined : true),
    });
  }

  async tabs(): Promise<{ label: string; active: boolean }[]> {
    return this.#page.locator('.editor-group-container .tab').evaluateAll((tabs: PageElement[]) =>
      tabs.map((tab) => ({
        // A file's ending stands in an element of its own.
        label: [...tab.querySelectorAll('.monaco-icon-name-container, .monaco-icon-suffix-container')]
          .map((part) => part.textContent ?? '')
          .join(''),
        active: tab.matches('.active'),
      })),
    );
  }

  /** The lines on the screen. Those that would have to be scrolled to aren't drawn, so they aren't here. */
  async text(): Promise<string> {
    // Lines are drawn in any order; where one stands says which it is.
    const lines = await this.#lines.locator('.view-line').evaluateAll((elements: PageElement[]) =>
      elements.map((element) => ({
        top: Number(/top:\s*([\d.]+)px/.exec(element.getAttribute('style') ?? '')?.[1] ?? 0),
        text: (element.textContent ?? '').replace(/\u00a0/g, ' '),
      })),
    );
    return lines
      .toSorted((one, other) => one.top - other.top)
      .map(({ text }) => text)
      .join('\n');
  }

  /** Where the caret is, as the status bar says; undefined without a text editor. */
  async cursorPosition(): Promise<CursorPosition | undefined> {
    const item = this.#page.locator(`[id=${quoted('status.editor.selection')}]`);
    const label = (await item.count()) === 0 ? '' : ((await item.textContent()) ?? '');
    const [, line, column] = /Ln (\d+), Col (\d+)/.exec(label) ?? [];
    return line === undefined || column === undefined ? undefined : { line: Number(line), column: Number(column) };
  }

  async waitForCursor(position: CursorPosition): Promise<void> {
    await waitUntil({
      what: `the caret at ${position.line}:${position.column}`,
      look: () => this.cursorPosition(),
      find: (now) => (now?.line === position.line && now.column === position.column ? true : undefined),
    });
  }

  get #lines(): Locator {
    return this.#page.locator('.editor-group-container.active .editor-instance .view-lines');
  }
}
