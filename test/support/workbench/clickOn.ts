import type { Locator } from 'playwright-core';
import { defaultLimitMs } from './waitUntil.ts';

/**
 * Clicks an element once it holds still and can be hit; the error names it in the user's words first. A click that has begun is made, however
 * long the page takes for it: that is no error, since a second one would come on top.
 */
export async function clickOn(target: Locator, what: string, limitMs = defaultLimitMs): Promise<void> {
  try {
    await target.click({ timeout: limitMs });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (why.includes('performing click action')) return;
    throw new Error(`Could not click ${what} within ${limitMs / 1000} s: ${why}`, { cause: error });
  }
}
