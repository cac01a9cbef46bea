import type { Browser, BrowserContext } from 'playwright-core';
import { defaultLimitMs } from './waitUntil.ts';

/** One profile of the browser for all windows: it keeps the editor's own programs compiled, which takes three seconds for each new one. */
export interface BrowserProfile {
  readonly context: BrowserContext;
  /** Closes all windows, and removes what the editor at this address has kept, as if it had never been opened. */
  clear(address: string): Promise<void>;
}

/** What a page can keep, but for the programs themselves. */
const storageTypes = 'cookies,local_storage,indexeddb,cache_storage,service_workers,file_systems';

export async function openProfile(browser: Browser): Promise<BrowserProfile> {
  const permissions = ['clipboard-read', 'clipboard-write'];
  const context = await browser.newContext({ permissions, reducedMotion: 'reduce' });
  context.setDefaultTimeout(defaultLimitMs);
  // It stays open, so that what is kept can be removed once all windows are closed.
  const blank = await context.newPage();
  const commands = await context.newCDPSession(blank);
  return {
    context,
    async clear(address) {
      for (const page of context.pages().filter((each) => each !== blank)) {
        // A window that is only closed doesn't say so to its extension host, which then waits for it to come back.
        await page.goto('about:blank');
        await page.close();
      }
      await commands.send('Storage.clearDataForOrigin', { origin: new URL(address).origin, storageTypes });
    },
  };
}
