import type { Logger } from '../../util/log.ts';

/** The part of `process` that tells of what nobody caught. In a thread it tells of that thread alone. */
export interface Uncaught {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** So many in so long, and what goes wrong doesn't pass. */
const tooMany = 20;
const withinMs = 60_000;

/**
 * Lets a hub go on when something of its fails that nobody caught: agents wait at it, and every change is a transaction of its own, so
 * nothing is left half done. If it fails again and again, `giveUp` ends the hub in order, and whoever runs it starts it again.
 * @param failed notes what failed
 */
export function survive(
  process: Uncaught,
  { log, now, failed, giveUp }: { log: Logger; now: () => number; failed: (what: string, error: unknown) => void; giveUp: () => void },
): void {
  const recent: number[] = [];
  const note = (what: string) => (error: unknown) => {
    failed(what, error);
    recent.push(now());
    while ((recent[0] ?? 0) < now() - withinMs) recent.shift();
    if (recent.length !== tooMany) return;
    log.error(`${tooMany} failures within a minute: the hub ends, to be started again`);
    giveUp();
  };
  process.on('uncaughtException', note('nobody caught'));
  process.on('unhandledRejection', note('nobody waited for'));
}
