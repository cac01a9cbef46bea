import { setTimeout as pause } from 'node:timers/promises';
import { allSystems, type Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { startServer } from '../load/startServer.ts';

/** How many come and go first, a few at a time: what a server compiles, and the room that its collector takes, belong to no reader. */
const warmUp = { readers: 1_000, atOnce: 100 };

/** Readers that have heard nothing for so long after their time have been forgotten. Milliseconds. */
const latestMs = 30_000;

/** Readers to whom nothing happens but a comment now and then. Both looks at memory are after a collection. */
export function idleCase({ readers, keepaliveMs, rounds }: { readers: number; keepaliveMs: number; rounds: number }): Case {
  return {
    scenario: 'idle',
    label: `${readers.toLocaleString('en')} readers, keep-alive ${keepaliveMs / 1_000} s`,
    systems: allSystems,
    rows: [
      { figure: 'kilobytesEach', label: 'memory for each reader', unit: 'KB', bar: { of: 'ratio', atMost: 1.15 } },
      { figure: 'cpuPerMinute', label: 'CPU for a minute', unit: 'ms', bar: { of: 'ratio', atMost: 1.3 } },
    ],
    async measure(system) {
      const server = await startServer(system, { keepaliveMs });
      try {
        for (let gone = 0; gone < Math.min(warmUp.readers, readers); gone += warmUp.atOnce) {
          const first = await openAudience({ url: server.url, count: Math.min(warmUp.atOnce, readers) });
          await first.close();
        }
        const base = await server.usage({ collect: true });
        const audience = await openAudience({ url: server.url, count: readers });
        const full = await server.usage({ collect: true });
        const heard = (): number => audience.readers.reduce((sum, { bytes }) => sum + bytes, 0);
        const [before, heardBefore] = [await server.usage(), heard()];
        const startedAt = performance.now();
        await pause(keepaliveMs * rounds);
        const wallMs = performance.now() - startedAt;
        const after = await server.usage();
        const keepaliveBytes = (heard() - heardBefore) / readers;
        // On a busy machine comments come late; what counts here is that they come.
        while (heard() === heardBefore && performance.now() < startedAt + wallMs + latestMs) await pause(keepaliveMs);
        const isForgotten = heard() === heardBefore;
        await audience.close();
        return {
          lost: isForgotten ? readers : 0,
          kilobytesEach: (full.rssBytes - base.rssBytes) / 1024 / readers,
          cpuPerMinute: ((after.cpuMs - before.cpuMs) / wallMs) * 60_000,
          keepaliveBytes,
        };
      } finally {
        await server.stop();
      }
    },
  };
}
