import { defaultLimitMs } from './waitUntil.ts';

/** How long a key or a click may take to be taken; then it is pressed again, as a user does. */
const takenMs = 2_000;

/**
 * Presses again as long as a press was not taken. `limitMs` is how long it has to be taken, each time twice as long: on a busy machine a
 * press that is repeated too soon takes back what the one before did.
 * @throws what went wrong the last time
 */
export async function untilTaken<T>(press: (limitMs: number) => Promise<T>): Promise<T> {
  const deadline = performance.now() + defaultLimitMs;
  for (let limitMs = takenMs; ; limitMs *= 2) {
    try {
      return await press(limitMs);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}
