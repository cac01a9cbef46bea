import type { Page } from 'playwright-core';

/**
 * Waits until timers of 0 ms that are due have run in the window. By such a timer the editor learns that the keyboard left a prompt: until
 * then keys such as Home and Control+Home go to the list of that prompt, though the file has the focus already. By another one a menu takes
 * a press.
 */
export async function waitForTimers(page: Page): Promise<void> {
  await page.evaluate('new Promise((resolve) => setTimeout(resolve))');
}
