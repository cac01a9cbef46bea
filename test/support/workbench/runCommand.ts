import type { Page } from 'playwright-core';
import { QuickInput } from './quickInput.ts';
import { defaultLimitMs, waitUntil } from './waitUntil.ts';

const placeholder = 'Type the name of a command to run.';
const openMs = 5_000;
/** The first time; each time after that it has twice as long. */
const filterMs = 1_500;

/** Runs a command by its whole title, with its category: "Preferences: Color Theme". Waits until the palette closed. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const input = new QuickInput(page);
  const deadline = performance.now() + defaultLimitMs;
  for (let limitMs = filterMs; ; limitMs *= 2) {
    try {
      await openPalette(page, input);
      // Replacing the text would drop the `>` that makes it the command palette.
      await input.lookFor(`>${title}`, limitMs);
      await waitUntil({
        what: `the command ${title} in the palette`,
        look: () => input.content(),
        find: (content) => content?.items.find((item) => item.label === title),
        limitMs,
      });
      break;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      // The palette lists what was there when it opened, and an extension's commands may have come since; or it closed or did not open,
      // because something that opened just before has taken the keyboard.
      if ((await input.content()) !== undefined) await input.cancel();
    }
  }
  // The best match isn't always the exact one, so the item is clicked, not the first one accepted.
  await input.pick(title);
}

async function openPalette(page: Page, input: QuickInput): Promise<void> {
  await page.keyboard.press('F1');
  await waitUntil({
    what: 'the command palette',
    look: () => input.content(),
    find: (content) => (content?.placeholder === placeholder ? true : undefined),
    limitMs: openMs,
  });
}
