import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface Wait<Seen, Found> {
  /** What is waited for, as it reads after "Waited for". */
  readonly what: string;
  /** Looks at what is there now. */
  readonly look: () => Promise<Seen>;
  /** What was waited for, or undefined while it isn't there. */
  readonly find: (seen: Seen) => Found | undefined;
  readonly limitMs?: number | undefined;
}

/** The limit of a wait that names none: no machine is so busy that a test comes to it, unless something is wrong. */
export const defaultLimitMs = 60_000;

const betweenLooksMs = 40;

/** Looks until what is waited for is there; at the limit throws an error that says what was there instead. */
export async function waitUntil<Seen, Found>(wait: Wait<Seen, Found>): Promise<Found> {
  const { what, look, find, limitMs = defaultLimitMs } = wait;
  const deadline = performance.now() + limitMs;
  for (;;) {
    const seen = await look();
    const found = find(seen);
    if (found !== undefined) return found;
    if (performance.now() > deadline) {
      throw new Error(`Waited ${limitMs / 1000} s for ${what}. There was instead: ${shown(seen)}`);
    }
    await delay(betweenLooksMs);
  }
}

/** Looks until this holds, as often as a window is looked at. */
export async function waitFor(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  await waitUntil({ what, look: async () => check(), find: (holds) => (holds ? true : undefined) });
}

function shown(seen: unknown): string {
  if (Array.isArray(seen) && seen.length === 0) return 'nothing';
  return inspect(seen, { depth: 4, breakLength: 120, maxArrayLength: 40, maxStringLength: 400 });
}
