import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until `check` holds, and fails with `description` if it doesn't within `timeoutMs`. It looks again after every turn at first,
 * then every few milliseconds: nothing is assumed about how long things take.
 */
export async function waitFor(description: string, check: () => boolean | Promise<boolean>, timeoutMs = 60_000): Promise<void> {
  const until = performance.now() + timeoutMs;
  for (let attempt = 0; ; attempt += 1) {
    if (await check()) return;
    if (performance.now() > until) throw new Error(`waited ${timeoutMs} ms in vain for ${description}`);
    await pause(attempt < 20 ? 0 : 5);
  }
}
