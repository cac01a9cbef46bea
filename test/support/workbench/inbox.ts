import type { Frame, Locator, Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import type { PageElement } from './pageElement.ts';
import type { Pattern } from './pattern.ts';
import { matches } from './pattern.ts';
import { takeFromMenu } from './pressMenuItem.ts';
import type { TreeRow } from './treeView.ts';
import { untilTaken } from './untilTaken.ts';
import type { ViewContent } from './viewPane.ts';
import { startLimitMs } from './waitForWorkbench.ts';
import { waitUntil } from './waitUntil.ts';

/** The cards of *Needs You*. */
export class Inbox {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Waits for the page in the view, which is the last to come when a window starts. */
  async frame(): Promise<Frame> {
    return waitUntil({
      what: 'the page of Needs You, with its cards or with what stands in their place',
      look: async () => {
        const there = await Promise.all(this.#page.frames().map((frame) => isInbox(frame)));
        return this.#page.frames().filter((_, index) => there[index]);
      },
      find: (frames) => frames.at(-1),
      limitMs: startLimitMs,
    });
  }

  /** The cards in their order, in the words of rows; what was sent is unfolded for that. */
  async rows(): Promise<TreeRow[]> {
    return (await this.#cards()).map(({ row }) => row);
  }

  async #cards(): Promise<{ id: string; row: TreeRow }[]> {
    const frame = await this.frame();
    await frame.evaluate(`document.querySelectorAll('details.sent').forEach((each) => (each.open = true))`);
    const cards = await frame.locator('article').evaluateAll((elements: PageElement[]) =>
      elements.map((element) => {
        const text = (selector: string): string => (element.querySelector(selector)?.textContent ?? '').trim();
        return {
          id: element.getAttribute('data-id') ?? '',
          place: Number(element.closest('li')?.getAttribute('aria-posinset') ?? Number.POSITIVE_INFINITY),
          row: {
            label: text('.says') || text('.body .text') || text('.top'),
            description: text('.facts'),
            ariaLabel: text('.top > .unseen'),
            level: 1,
            expanded: undefined,
            selected: element.matches('.opened'),
          },
        };
      }),
    );
    return cards.toSorted((one, other) => one.place - other.place);
  }

  async waitForRow(pattern: Pattern): Promise<TreeRow> {
    return waitUntil({
      what: `the card ${pattern}`,
      look: () => this.rows(),
      find: (rows) => rows.find((row) => isCard(row, pattern)),
    });
  }

  async waitForNoRow(pattern: Pattern): Promise<void> {
    await waitUntil({
      what: `no card ${pattern}`,
      look: () => this.rows(),
      find: (rows) => (rows.some((row) => isCard(row, pattern)) ? undefined : true),
    });
  }

  /** Asks to be asked about a card in a prompt; opens what was sent already. */
  async clickRow(pattern: Pattern): Promise<void> {
    const { ariaLabel } = await this.waitForRow(pattern);
    await this.rowMenu(pattern, ariaLabel.startsWith('Answered') ? 'Open' : 'Answer…');
  }

  async rowAction(pattern: Pattern, action: string): Promise<void> {
    await this.rowMenu(pattern, action);
  }

  /** The names of the buttons of a card. */
  async rowActions(pattern: Pattern): Promise<string[]> {
    return (await this.card(pattern)).getByRole('button').allInnerTexts();
  }

  /** Takes an entry of the menu of a card. */
  async rowMenu(pattern: Pattern, entry: string): Promise<void> {
    const item = this.#page.getByRole('menuitem', { name: entry, exact: true });
    // The card that is found may go, and another one says the same.
    await takeFromMenu(item, entry, async (limitMs) =>
      (await this.card(pattern)).locator('.top').click({ button: 'right', timeout: limitMs }),
    );
  }

  /** The card with this text. */
  async card(pattern: Pattern): Promise<Locator> {
    const { id } = await waitUntil({
      what: `the card ${pattern}`,
      look: () => this.#cards(),
      find: (cards) => cards.find(({ row }) => isCard(row, pattern)),
    });
    return (await this.frame()).locator(`article[data-id="${id}"]`);
  }

  /** Opens a card, and waits until all of it has come. */
  async open(pattern: Pattern): Promise<Locator> {
    return untilTaken(async (limitMs) => {
      const card = await this.card(pattern);
      if ((await card.locator('.body').count()) === 0) await clickOn(card.locator('.top'), `the card ${pattern}`, limitMs);
      await card.locator('.body').waitFor({ timeout: limitMs });
      return card;
    });
  }

  /** Presses a key until it has done something: it does nothing while a card has only just come. */
  async pressUntil(key: string, what: string, isDone: () => Promise<boolean>): Promise<void> {
    await untilTaken(async (limitMs) => {
      await this.#page.keyboard.press(key);
      await waitUntil({ what, look: isDone, find: (done) => (done ? true : undefined), limitMs });
    });
  }

  /** What stands there when there is no card, or no hub. */
  async content(): Promise<ViewContent> {
    const frame = await this.frame();
    const texts = (selector: string): Promise<string[]> => frame.locator(selector).allInnerTexts();
    return {
      expanded: true,
      message: '',
      welcome: (await texts('.trouble p, .clear p')).join('\n'),
      welcomeButtons: await texts('.trouble button:not(.plain), .clear button:not(.plain)'),
      actions: [],
    };
  }

  async waitForWelcome(pattern: Pattern): Promise<ViewContent> {
    return waitUntil({
      what: `${pattern} in place of cards`,
      look: () => this.content(),
      find: (content) => (matches(pattern, content.welcome) ? content : undefined),
    });
  }

  async clickWelcomeButton(label: string): Promise<void> {
    await clickOn((await this.frame()).getByRole('button', { name: label }), `${label} in place of cards`);
  }
}

async function isInbox(frame: Frame): Promise<boolean> {
  // One that is going away has none.
  return frame
    .locator('main > .scroller > :is(.cards, .clear)')
    .count()
    .then((count) => count > 0)
    .catch(() => false);
}

function isCard(row: TreeRow, pattern: Pattern): boolean {
  return [row.label, row.description, row.ariaLabel].some((text) => matches(pattern, text));
}
