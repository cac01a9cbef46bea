import type { Locator, Page } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import type { PageElement } from './pageElement.ts';
import { waitUntil } from './waitUntil.ts';

/** One icon of the activity bar. */
export interface ActivityIcon {
  /** The container's title with what its badge says: "Inbox - 7 tasks wait". */
  readonly label: string;
  readonly active: boolean;
  readonly badge: number | undefined;
}

/** The icons at the window's side that open view containers. */
export class ActivityBar {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async icons(): Promise<ActivityIcon[]> {
    return this.#items.evaluateAll((items: PageElement[]) =>
      items.map((item) => {
        const count = item.querySelector('.badge .badge-content')?.textContent?.trim() ?? '';
        return {
          label: item.querySelector('a.action-label')?.getAttribute('aria-label') ?? '',
          active: item.matches('.checked'),
          badge: /^\d+$/.test(count) ? Number(count) : undefined,
        };
      }),
    );
  }

  /** Opens a view container by its icon; does nothing when it is open, since a click would close it. */
  async open(title: string): Promise<void> {
    const { index, active } = await this.#waitForIcon(title);
    // The icon itself lies under its badge, so its whole cell is what gets the click.
    if (!active) await clickOn(this.#items.nth(index), `the icon of ${title}`);
    await waitUntil({
      what: `the side bar to show ${title}`,
      look: () => this.#page.locator('.part.sidebar .composite.title .title-label').allInnerTexts(),
      find: (titles) => (titles.some((each) => each.toLowerCase().startsWith(title.toLowerCase())) ? true : undefined),
    });
  }

  async badgeOf(title: string): Promise<number | undefined> {
    return (await this.#waitForIcon(title)).badge;
  }

  /** Waits until the badge of a container shows this number; undefined is no badge. */
  async waitForBadge(title: string, badge: number | undefined): Promise<void> {
    await waitUntil({
      what: badge === undefined ? `${title} to have no badge` : `the badge of ${title} to be ${badge}`,
      look: () => this.icons(),
      find: (icons) => icons.find((icon) => isOf(icon, title) && icon.badge === badge),
    });
  }

  get #items(): Locator {
    return this.#page.locator('.part.activitybar .composite-bar .action-item:has(> a.action-label)');
  }

  #waitForIcon(title: string): Promise<ActivityIcon & { index: number }> {
    return waitUntil({
      what: `an icon of ${title} in the activity bar`,
      look: () => this.icons(),
      find: (icons) => {
        const index = icons.findIndex((icon) => isOf(icon, title));
        const icon = icons[index];
        return icon === undefined ? undefined : { ...icon, index };
      },
    });
  }
}

/** Behind the title stands the badge's text or the key that opens it. */
function isOf(icon: ActivityIcon, title: string): boolean {
  return icon.label === title || icon.label.startsWith(`${title} - `) || icon.label.startsWith(`${title} (`);
}
