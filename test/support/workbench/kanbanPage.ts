import type { Frame, Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

/** Waits for the page of the Kanban board. */
export async function kanbanPage(page: Page): Promise<Frame> {
  return waitUntil({
    what: 'the Kanban board',
    async look() {
      const columns = await Promise.all(page.frames().map(columnsOf));
      return page.frames().filter((_, index) => (columns[index] ?? 0) > 0);
    },
    find: (frames) => frames.at(-1),
  });
}

async function columnsOf(frame: Frame): Promise<number> {
  // One that is going away has none.
  return frame
    .locator('section[data-status]')
    .count()
    .catch(() => 0);
}
