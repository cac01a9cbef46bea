import { mkdir, rmdir, stat } from 'node:fs/promises';
import type { Clock } from '../../util/clock.ts';

/**
 * Claude Code holds its lock for milliseconds, and looks after one that it holds longer. A lock that nobody has touched for so long is one
 * of a program that died.
 */
const abandonedMs = 30_000;
const patienceMs = 3_000;
const againMs = 50;

/**
 * Runs something while the folder `lock` is ours: Claude Code makes it beside its config before it writes there.
 * @returns `undefined` if somebody else has it all the time, and nothing was run
 */
export async function whileLocked<T>(lock: string, clock: Clock, run: () => Promise<T>): Promise<T | undefined> {
  const until = clock.now() + patienceMs;
  while (!(await take(lock, clock))) {
    if (clock.now() >= until) return undefined;
    await new Promise<void>((resolve) => clock.after(againMs, resolve));
  }
  try {
    return await run();
  } finally {
    await rmdir(lock).catch(() => {});
  }
}

async function take(lock: string, clock: Clock): Promise<boolean> {
  try {
    await mkdir(lock);
    return true;
  } catch (error) {
    // Where no folder can be made nobody locks anything.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return true;
  }
  const held = await stat(lock).catch(() => undefined);
  if (held !== undefined && clock.now() - held.mtimeMs > abandonedMs) await rmdir(lock).catch(() => {});
  return false;
}
