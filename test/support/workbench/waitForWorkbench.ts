import type { Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

const startLimitMs = 60_000;

/** Waits until a window's parts are drawn. Extensions start after that: what they show has waits of its own. */
export async function waitForWorkbench(page: Page): Promise<void> {
  await waitUntil({
    what: 'the workbench to be drawn',
    look: () => page.locator('.monaco-workbench .part').evaluateAll((parts: object[]) => parts.length),
    find: (parts) => (parts > 3 ? true : undefined),
    limitMs: startLimitMs,
  });
}
