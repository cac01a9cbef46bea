import type { Locator } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import { waitUntil } from './waitUntil.ts';

/** Presses an entry of an open menu until the menu closes. @param what the entry, in words */
export async function pressMenuItem(item: Locator, what: string): Promise<void> {
  await clickOn(item, what);
  await waitUntil({
    what: `the menu to close after ${what}`,
    look: async () => {
      const open = await item.count();
      // A menu that has just opened takes no clicks yet.
      if (open > 0) await item.click({ timeout: 2_000 }).catch(() => undefined);
      return open;
    },
    find: (open) => (open === 0 ? true : undefined),
  });
}
