import type { Page } from 'playwright-core';

/** Moves the pointer off what it was on, to the middle of the editor: the tooltip of a place that was pressed lies over what stands beside it. */
export async function movePointerAway(page: Page): Promise<void> {
  await page.mouse.move(800, 400);
}
