import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';

/** As a fast typist types. */
const letterMs = 35;

/**
 * Types without waiting until the window has got each letter: on a busy machine that would be a pause, and what follows a pause is meant.
 * @param text a line break in it is Enter
 * @returns when the window got each key, in milliseconds of its own clock
 */
export async function typeOn(page: Page, text: string): Promise<number[]> {
  const heard = await page.evaluateHandle<{ times: number[]; stop(): void }>(`(() => {
    const times = [];
    const note = () => times.push(performance.now());
    addEventListener('keydown', note, true);
    return { times, stop: () => removeEventListener('keydown', note, true) };
  })()`);
  const presses: Promise<void>[] = [];
  for (const letter of text) {
    presses.push(page.keyboard.type(letter));
    await pause(letterMs);
  }
  await Promise.all(presses);
  return heard.evaluate(({ times, stop }) => {
    stop();
    return times;
  });
}
