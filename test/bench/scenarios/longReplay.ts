import { rmSync } from 'node:fs';
import type { Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { startServer } from '../load/startServer.ts';
import { megabyte, watchUsage } from '../load/watchUsage.ts';
import { makeHome } from '../servers/makeHistory.ts';

/** One reader that comes back after the whole log. Nobody else keeps one, so there is nothing to compare it with. */
export function longReplayCase({ events }: { events: number }): Case {
  return {
    scenario: 'replay',
    label: `${events.toLocaleString('en')} missed, 1 reader`,
    systems: ['agentrq'],
    rows: [
      { figure: 'ms', label: 'until it has all', unit: 'ms' },
      { figure: 'perSecond', label: 'events', unit: '/s' },
      { figure: 'peakMegabytes', label: 'growth', unit: 'MB' },
    ],
    async measure() {
      const home = await makeHome(events);
      const server = await startServer('agentrq', { home, keepAll: true });
      try {
        const probe = await openAudience({ url: server.url, count: 1 });
        const after = (probe.readers[0]?.cursor ?? '').replace(/\.\d+$/, '.0');
        await probe.close();
        let faults = { lost: 0, doubled: 0, disordered: 0 };
        const { wallMs, peakBytes } = await watchUsage(
          server,
          async () => {
            const audience = await openAudience({ url: server.url, count: 1, after });
            await audience.until(events);
            faults = audience.faults(events);
            await audience.close();
          },
          250,
        );
        return { ...faults, ms: wallMs, perSecond: (events / wallMs) * 1_000, peakMegabytes: peakBytes / megabyte };
      } finally {
        await server.stop();
        rmSync(home, { recursive: true, force: true });
      }
    },
  };
}
