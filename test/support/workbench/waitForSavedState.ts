import type { Page } from 'playwright-core';
import { matches, type Pattern } from './pattern.ts';
import { waitUntil } from './waitUntil.ts';

// It runs in the page, whose types the project doesn't load.
const savedTexts = `(async () => {
  const texts = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('vscode-web-state-db')) continue;
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of database.objectStoreNames) {
      texts.push(...await new Promise((resolve, reject) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result.map(String));
        reading.onerror = () => reject(reading.error);
      }));
    }
    database.close();
  }
  return texts;
})()`;

/**
 * Waits until the window has saved this with its state, as one of its entries. A window in a browser does that every few seconds, and not
 * when it closes.
 */
export async function waitForSavedState(page: Page, pattern: Pattern): Promise<void> {
  await waitUntil({
    what: `${pattern} in the saved state of the window`,
    look: async () => (await page.evaluate<string[]>(savedTexts)).filter((saved) => matches(pattern, saved)),
    find: (found) => (found.length > 0 ? true : undefined),
  });
}
