import type { Frame } from 'playwright-core';
import { waitUntil } from './waitUntil.ts';

/**
 * Waits until a page in a tab has the keyboard. The editor hands it over by a message to the page when it opens, and on a busy machine the
 * page reads that late: whoever has gone on to a file by then loses the keyboard to it. Once a page has had it, such a message does
 * nothing.
 */
export async function waitForKeyboard(frame: Frame, what: string): Promise<void> {
  await waitUntil({
    what: `the keyboard in ${what}`,
    look: () => frame.evaluate<boolean>('document.hasFocus()'),
    find: (has) => (has ? true : undefined),
  });
}
