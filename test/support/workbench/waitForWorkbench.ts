import type { Page } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

// It runs in the page, whose types the project doesn't load. The window marks each phase of its life; before this one keys are lost.
const phase = "performance.getEntriesByType('mark').map(({ name }) => name).findLast((name) => name.startsWith('code/LifecyclePhase/'))";

/** How long a window may take to start, its extensions too: that needs far more computing time than anything that is waited for after it. */
export const startLimitMs = 200_000;

/** Waits until a window is drawn and takes keys. Extensions start after that. */
export async function waitForWorkbench(page: Page): Promise<void> {
  await waitUntil({
    what: 'the window to be restored',
    look: () => page.evaluate<string | undefined>(phase),
    find: (now) => (now === 'code/LifecyclePhase/Restored' || now === 'code/LifecyclePhase/Eventually' ? true : undefined),
    limitMs: startLimitMs,
  });
}

/** Waits until our extension has started in the window: its item is in the status bar. */
export async function waitForExtension(page: Page): Promise<void> {
  await page.locator('.statusbar-item[id$="agentrq.status"]').waitFor({ timeout: startLimitMs });
}
