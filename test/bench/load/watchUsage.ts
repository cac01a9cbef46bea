import type { Usage } from '../servers/messages.ts';
import type { ServerProcess } from './startServer.ts';

/** What happened between two looks at a server. */
export interface Spent {
  wallMs: number;
  cpuMs: number;
  /** After the work, against before it. */
  grownBytes: number;
  /** The highest that was seen meanwhile, against before it. */
  peakBytes: number;
  /** The same as it was. */
  highestBytes: number;
}

/** Runs `work` and says what it took the server; looks at its memory every `everyMs` meanwhile, if that is given. */
export async function watchUsage(server: ServerProcess, work: () => Promise<void>, everyMs?: number): Promise<Spent> {
  const before = await server.usage();
  let peak = before.rssBytes;
  let looking: Promise<void> | undefined;
  const timer =
    everyMs === undefined
      ? undefined
      : setInterval(() => {
          looking ??= look();
        }, everyMs);
  async function look(): Promise<void> {
    const { rssBytes } = await server.usage();
    peak = Math.max(peak, rssBytes);
    looking = undefined;
  }
  const startedAt = performance.now();
  let wallMs: number;
  try {
    await work();
  } finally {
    wallMs = performance.now() - startedAt;
    clearInterval(timer);
    await looking;
  }
  const after: Usage = await server.usage();
  peak = Math.max(peak, after.rssBytes);
  return {
    wallMs,
    cpuMs: after.cpuMs - before.cpuMs,
    grownBytes: after.rssBytes - before.rssBytes,
    peakBytes: peak - before.rssBytes,
    highestBytes: peak,
  };
}

export const megabyte = 1024 * 1024;
