import type { Frame, Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

/** Waits for the page of a single request, with all of its card and this text. */
export async function requestPage(page: Page, text: string): Promise<Frame> {
  return waitUntil({
    what: `the page of a request with ${text}`,
    look: async () => {
      const there = await Promise.all(page.frames().map((frame) => isPageOf(frame, text)));
      return page.frames().filter((_, index) => there[index]);
    },
    find: (frames) => frames.at(-1),
  });
}

async function isPageOf(frame: Frame, text: string): Promise<boolean> {
  // One that is going away has none.
  return frame
    .locator('main > .scroller > .alone:has(.body)')
    .filter({ hasText: text })
    .count()
    .then((count) => count > 0)
    .catch(() => false);
}
