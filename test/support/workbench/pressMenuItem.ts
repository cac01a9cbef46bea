import type { Locator } from 'playwright-core';
import { clickOn } from './clickOn.ts';
import { untilTaken } from './untilTaken.ts';
import { waitForTimers } from './waitForTimers.ts';
import { waitUntil } from './waitUntil.ts';

/**
 * Presses an entry of an open menu until the menu closes. The editor takes a press by a timer of 0 ms: one that is repeated before that
 * runs the command a second time.
 * @param what the entry, in words
 * @param limitMs how long it may take until it can be pressed
 */
export async function pressMenuItem(item: Locator, what: string, limitMs?: number): Promise<void> {
  const page = item.page();
  await clickOn(item, what, limitMs);
  await waitForTimers(page);
  await waitUntil({
    what: `the menu to close after ${what}`,
    look: async () => {
      const open = await item.count();
      // A menu that has just opened takes no clicks yet.
      if (open > 0) {
        await item.click({ timeout: 2_000 }).catch(() => undefined);
        await waitForTimers(page);
      }
      return open;
    },
    find: (open) => (open === 0 ? true : undefined),
  });
}

/** Opens a menu, and presses an entry of it. A menu closes when the keyboard goes elsewhere; if it does before the press, it is opened again. */
export async function takeFromMenu(item: Locator, what: string, open: (limitMs: number) => Promise<void>): Promise<void> {
  await untilTaken(async (limitMs) => {
    try {
      await open(limitMs);
      await pressMenuItem(item, what, limitMs);
    } catch (error) {
      await item.page().keyboard.press('Escape');
      throw error;
    }
  });
}
