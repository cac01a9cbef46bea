import type { Locator, Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import type { PageElement } from './pageElement.ts';
import type { Pattern } from './pattern.ts';
import { matches } from './pattern.ts';
import { waitForTimers } from './waitForTimers.ts';
import { defaultLimitMs, waitUntil } from './waitUntil.ts';

export interface QuickItem {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
  readonly focused: boolean;
  /** Undefined where only one can be picked. */
  readonly checked: boolean | undefined;
}

/** The open quick pick or input box. */
export interface QuickInputContent {
  readonly kind: 'pick' | 'multiPick' | 'input';
  /** Without the words that ask for one more Enter. */
  readonly title: string;
  readonly placeholder: string;
  readonly value: string;
  /** An input box's prompt, or what is wrong with its value. */
  readonly message: string;
  /** The drawn items; none in an input box. */
  readonly items: readonly QuickItem[];
  /** It shows that it works, and takes nothing. */
  readonly isBusy: boolean;
  readonly hasKeyboard: boolean;
}

/** A prompt that decides, or that took the place of another, takes nothing in its first moments. Milliseconds. */
export const strayMs = 400;

/** What a prompt adds to its title when it takes no Enter yet. It is the same prompt then. */
const heldBack = / · Press Enter once more$/;

/** By then a prompt has taken what was pressed, unless it counts from what was typed last, or from when it was drawn late. */
const takenMs = 3_000;

/** By then a prompt listens, if nothing more was typed. */
const listensMs = 600;

/** A prompt is busy as long as it is deaf, but the editor draws that only after 800 ms. By then it is drawn. */
const busyIsDrawnMs = 1_000;

/** The one box at the window's top that quick picks and input boxes share. */
export class QuickInput {
  readonly #page: Page;
  /** The prompt that was there when last looked, when it listens at the earliest, and from when on it shows whether it does. */
  #seen: { name: string; listensAt: number; tellsAt: number } | undefined;

  constructor(page: Page) {
    this.#page = page;
  }

  /** What is open; undefined when nothing is. */
  async content(): Promise<QuickInputContent | undefined> {
    const widget = this.#widget;
    const found = await widget.evaluateAll((elements: PageElement[]) =>
      elements.map((element) => {
        const hidden = (each: PageElement | null): boolean => each === null || each.closest('[style*="display: none"]') !== null;
        const text = (from: PageElement, selector: string): string => {
          const part = from.querySelector(selector);
          return hidden(part) ? '' : (part?.textContent ?? '').replace(/\u00a0/g, ' ').trim();
        };
        const toggles = !hidden(element.querySelector('.quick-input-header > .monaco-checkbox'));
        const position = (row: PageElement): number => Number(row.getAttribute('data-index'));
        // The list re-uses its elements, so their order in the page isn't the one on the screen.
        const rows = [...element.querySelectorAll('.quick-input-list .monaco-list-row')]
          .filter((row) => row.querySelector('.quick-input-list-entry') !== null)
          .toSorted((one, other) => position(one) - position(other));
        const kind: 'pick' | 'multiPick' | 'input' = hidden(element.querySelector('.quick-input-list'))
          ? 'input'
          : toggles
            ? 'multiPick'
            : 'pick';
        return {
          kind,
          value: element.querySelector('.quick-input-box input')?.value ?? '',
          isBusy: element.querySelector('.monaco-progress-container.active') !== null,
          hasKeyboard: element.matches(':focus-within'),
          title: text(element, '.quick-input-title'),
          placeholder: element.querySelector('.quick-input-box input')?.getAttribute('placeholder') ?? '',
          message: text(element, '.quick-input-message'),
          items: rows.map((row) => ({
            label: text(row, '.monaco-icon-name-container'),
            description: text(row, '.label-description'),
            detail: text(row, '.quick-input-list-label-meta .monaco-icon-label'),
            focused: row.matches('.focused'),
            checked: toggles ? row.getAttribute('aria-checked') === 'true' : undefined,
          })),
        };
      }),
    );
    const [first] = found;
    const content = first && { ...first, title: first.title.replace(heldBack, '') };
    this.#note(content);
    return content;
  }

  #note(content: QuickInputContent | undefined): void {
    const name = content && [content.kind, content.title, content.placeholder].join('\n');
    if (name === undefined) this.#seen = undefined;
    else if (this.#seen?.name !== name) {
      // What decides has no active item when it opens.
      const isDeaf = this.#seen !== undefined || content?.items.every(({ focused }) => !focused) === true;
      const now = performance.now();
      this.#seen = { name, listensAt: now + (isDeaf ? strayMs : 0), tellsAt: now + (this.#seen === undefined ? 0 : busyIsDrawnMs) };
    }
  }

  /** Waits for one to be open; with a pattern, for the one with this title, placeholder or prompt. */
  async waitFor(pattern?: Pattern): Promise<QuickInputContent> {
    return waitUntil({
      what: pattern === undefined ? 'a quick input' : `the quick input ${pattern}`,
      look: () => this.content(),
      find: (content) => (content !== undefined && isInput(content, pattern) ? content : undefined),
    });
  }

  async waitForItem(pattern: Pattern): Promise<QuickItem> {
    return waitUntil({
      what: `the item ${pattern} in a quick pick`,
      look: () => this.content(),
      find: (content) => content?.items.find((item) => matches(pattern, item.label)),
    });
  }

  /** Waits until this input has the keyboard and listens, as far as can be seen: it counts from what the editor has heard last. */
  async untilItListens(before: QuickInputContent): Promise<'now' | 'gone'> {
    return waitUntil({
      what: `the quick input "${before.title || before.placeholder}" to have the keyboard and to listen`,
      look: () => this.content(),
      find: (now) => {
        if (now === undefined || !isSame(before, now)) return 'gone';
        return now.hasKeyboard && !now.isBusy && performance.now() >= (this.#seen?.listensAt ?? 0) ? 'now' : undefined;
      },
    });
  }

  /** Whether this input takes what was just pressed, in a moment: it is closed, or another took its place. */
  async takes(content: QuickInputContent): Promise<boolean> {
    return this.#closes(content, takenMs).catch(() => false);
  }

  /** Waits until this item is the one that Enter takes. */
  async waitForFocused(label: string): Promise<QuickItem> {
    return waitUntil({
      what: `the item ${label} to be chosen in a quick pick`,
      look: () => this.content(),
      find: (content) => content?.items.find((item) => item.focused && item.label === label),
    });
  }

  async waitForMessage(pattern: Pattern): Promise<string> {
    return waitUntil({
      what: `the message ${pattern} in a quick input`,
      look: () => this.content(),
      find: (content) => (content !== undefined && matches(pattern, content.message) ? content.message : undefined),
    });
  }

  /** Clicks an item by its whole label: picks it, or turns its check mark where several can be picked. */
  async pick(label: string): Promise<void> {
    const content = await this.waitFor();
    let before: string | undefined;
    await waitUntil({
      what: `the item ${label} in its place in the quick pick "${content.title || content.placeholder}"`,
      look: () => this.content(),
      find: (now) => {
        // Rows are used again for other items while what was typed is looked for: a click would hit one of them.
        const labels = now?.items.map((item) => item.label);
        const isStill = JSON.stringify(labels) === before;
        before = JSON.stringify(labels);
        return isStill && labels?.includes(label) ? true : undefined;
      },
    });
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    const named = this.#page.locator('.quick-input-list-row:first-child .monaco-icon-name-container').getByText(label, { exact: true });
    const click = (limitMs?: number): Promise<void> => clickOn(rows.filter({ has: named }).first(), `the item ${label}`, limitMs);
    if (content.kind === 'pick') await this.#untilClosed(content, () => click(takenMs));
    else await click();
  }

  /** Clicks an item of a list that stays, by the beginning of its label. */
  async press(label: string): Promise<void> {
    const rows = this.#widget.locator('.quick-input-list .monaco-list-row');
    await clickOn(rows.filter({ hasText: label }).first(), `the item ${label}`);
  }

  /** The title, the placeholder and the items as a text: what each has on a line of its own, with lines that were broken put together. */
  async text(): Promise<string> {
    const { title, placeholder, items } = (await this.content()) ?? { title: '', placeholder: '', items: [] };
    const lines = items.flatMap(({ label, description, detail }) => [
      [label, description].filter((part) => part !== '').join(' · '),
      detail,
    ]);
    return [title, placeholder, ...lines].join('\n').replaceAll(/\s*\n+\s*↪ ?/g, ' ');
  }

  /** Replaces what stands in the box of one of the editor's own lists, which always listen: what they then show says that they did. */
  async lookFor(text: string, limitMs = defaultLimitMs): Promise<void> {
    await this.#box.fill(text, { timeout: limitMs });
  }

  /**
   * Replaces what stands in the box. A prompt that took the place of another is deaf at first, and busy as long as it is: it is typed once
   * that is over, and again if it was not.
   */
  async type(text: string): Promise<void> {
    const deadline = performance.now() + defaultLimitMs;
    do {
      await waitUntil({
        what: 'the quick input to listen',
        look: () => this.content(),
        find: (content) => (content !== undefined && !content.isBusy ? true : undefined),
      });
      await this.#box.fill(text);
      if (await this.#keeps(text)) return;
    } while (performance.now() < deadline);
    throw new Error(`the quick input does not take “${text}”`);
  }

  /**
   * Whether what was typed stands there as long as a deaf prompt takes to listen. One whose extension host stands still takes longer; that it
   * is busy shows it.
   */
  async #keeps(text: string): Promise<boolean> {
    const until = Math.max(performance.now() + listensMs, this.#seen?.tellsAt ?? 0);
    let isThere = true;
    return waitUntil({
      what: 'the quick input to listen',
      look: () => this.content(),
      find(now) {
        isThere &&= now?.value === text;
        return performance.now() >= until && now?.isBusy !== true ? isThere : undefined;
      },
    });
  }

  /** Gives a path to the editor's own dialog for files, and takes it. */
  async giveFile(path: string): Promise<void> {
    // It fills its box with a folder when it has read it; what was typed before that is lost. The files in it come with the box.
    await waitUntil({
      what: 'the dialog for files, with a folder that it has read',
      look: () => this.content(),
      find: (content) => (content?.value.startsWith('/') === true && content.items.length > 0 ? true : undefined),
    });
    await this.#box.fill(path);
    await this.accept();
  }

  /** Enter, once the input has the keyboard and listens; waits until it is closed or another took its place. */
  async accept(): Promise<void> {
    await this.#untilClosed(await this.waitFor(), () => this.#page.keyboard.press('Enter'));
  }

  /**
   * Closes what is open by Escape, and waits until nothing is. A page that had the keyboard before may still have it for a moment, so it is
   * pressed until it is taken.
   */
  async cancel(): Promise<void> {
    let pressedAt = -Infinity;
    await waitUntil({
      what: 'the quick input to close',
      look: async () => {
        const now = await this.content();
        if (now !== undefined && performance.now() - pressedAt > takenMs) {
          await this.#page.keyboard.press('Escape');
          pressedAt = performance.now();
        }
        return now;
      },
      find: (now) => (now === undefined ? true : undefined),
    });
    await waitForTimers(this.#page);
  }

  /**
   * Presses as soon as the prompt listens. If it is still there a while later, it did not yet, and the press did nothing: it is pressed
   * again, as a user does.
   */
  async #untilClosed(before: QuickInputContent, press: () => Promise<void>): Promise<void> {
    const until = performance.now() + defaultLimitMs;
    let trouble: unknown;
    do {
      if ((await this.untilItListens(before)) === 'gone') return;
      // An item can't be clicked any more if the prompt goes meanwhile.
      trouble = await press().catch((error: unknown) => error);
      if (await this.takes(before)) return;
    } while (performance.now() < until);
    if (trouble !== undefined) throw trouble;
    await this.#closes(before, 0);
  }

  async #closes(before: QuickInputContent, limitMs?: number): Promise<true> {
    await waitUntil({
      what: `the quick input "${before.title || before.placeholder}" to close`,
      look: async () => ({ now: await this.content(), isCovered: await this.#page.locator('.monaco-dialog-box').isVisible() }),
      // A prompt of a round stays behind a dialog, deaf.
      find: ({ now, isCovered }) => (isCovered || now === undefined || !isSame(before, now) ? true : undefined),
      limitMs,
    });
    await waitForTimers(this.#page);
    return true;
  }

  get #widget(): Locator {
    return this.#page.locator('.quick-input-widget').filter({ visible: true });
  }

  get #box(): Locator {
    return this.#widget.locator('.quick-input-box input');
  }
}

function isInput(content: QuickInputContent, pattern: Pattern | undefined): boolean {
  if (pattern === undefined) return true;
  return [content.title, content.placeholder, content.message].some((text) => matches(pattern, text));
}

function isSame(one: QuickInputContent, other: QuickInputContent): boolean {
  return one.kind === other.kind && one.title === other.title && one.placeholder === other.placeholder;
}
