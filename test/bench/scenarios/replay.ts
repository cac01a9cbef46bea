import { allSystems, type Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { publishAll } from '../load/publishAll.ts';
import { openPublisher } from '../load/publisher.ts';
import { startServer } from '../load/startServer.ts';
import { megabyte, watchUsage } from '../load/watchUsage.ts';

/** Readers that come back and have missed `events`. */
export function replayCase({ readers, events }: { readers: number; events: number }): Case {
  return {
    scenario: 'replay',
    label: `${events.toLocaleString('en')} missed, ${readers} reader${readers === 1 ? '' : 's'}`,
    systems: allSystems,
    rows: [
      { figure: 'ms', label: 'until all have all', unit: 'ms', bar: { of: 'ratio', atMost: 1.3 } },
      { figure: 'cpuMs', label: 'CPU', unit: 'ms' },
      { figure: 'peakMegabytes', label: 'growth', unit: 'MB' },
    ],
    async measure(system) {
      const server = await startServer(system, { history: events });
      try {
        const probe = await openAudience({ url: server.url, count: 1 });
        const after = probe.readers[0]?.cursor ?? '';
        await probe.close();
        const publisher = await openPublisher(server.url);
        await publishAll(publisher, { from: 0, to: events, bytes: 500 }, 100);
        publisher.close();
        let faults = { lost: 0, doubled: 0, disordered: 0 };
        const { wallMs, cpuMs, peakBytes } = await watchUsage(server, async () => {
          const audience = await openAudience({ url: server.url, count: readers, after });
          await audience.until(events);
          faults = audience.faults(events);
          await audience.close();
        });
        return { ...faults, ms: wallMs, cpuMs, peakMegabytes: peakBytes / megabyte };
      } finally {
        await server.stop();
      }
    },
  };
}
