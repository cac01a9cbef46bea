import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** As a fast typist types. */
const letterMs = 35;

/** Types without waiting until the window has got each letter: on a busy machine that would be a pause, and what follows a pause is meant. */
export async function typeOn({ keyboard }: Page, text: string): Promise<void> {
  const presses: Promise<void>[] = [];
  for (const letter of text) {
    presses.push(keyboard.type(letter));
    await pause(letterMs);
  }
  await Promise.all(presses);
}
