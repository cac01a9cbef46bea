import type { Logger } from '../../util/log.ts';

/** The part of `process` that tells of what nobody caught. In a thread it tells of that thread alone. */
export interface Uncaught {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** So many failures within this time mean that the fault is permanent. */
const tooMany = 20;
const withinMs = 60_000;

/**
 * Keeps the hub running after an uncaught error: agents are waiting, and every change is a transaction, so no change is left incomplete.
 * After repeated errors, `giveUp` closes the hub in order, and its owner starts it again.
 * @param failed logs the error
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
