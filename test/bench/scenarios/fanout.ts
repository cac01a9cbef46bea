import { allSystems, type Bar, type Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { publishAll } from '../load/publishAll.ts';
import { openPublisher } from '../load/publisher.ts';
import { startServer } from '../load/startServer.ts';
import { watchUsage } from '../load/watchUsage.ts';

/** As many events as the server takes, `burst` with each POST, to `readers` that are up to date. */
export function fanoutCase(
  scenario: 'fanout' | 'bursts',
  { readers, events, burst }: { readers: number; events: number; burst: number },
  bars: { speed?: Bar; cpu?: Bar } = {},
): Case {
  const label = `${readers} reader${readers === 1 ? '' : 's'}, ${burst === 1 ? 'one at a time' : `bursts of ${burst}`}`;
  return {
    scenario,
    label,
    systems: allSystems,
    rows: [
      { figure: 'perSecond', label: 'deliveries', unit: '/s', ...(bars.speed !== undefined && { bar: bars.speed }) },
      { figure: 'cpuPer100k', label: 'CPU for 100,000 deliveries', unit: 'ms', ...(bars.cpu !== undefined && { bar: bars.cpu }) },
    ],
    async measure(system) {
      const server = await startServer(system);
      try {
        const audience = await openAudience({ url: server.url, count: readers });
        const publisher = await openPublisher(server.url);
        const generator = process.cpuUsage();
        const { wallMs, cpuMs } = await watchUsage(server, async () => {
          await publishAll(publisher, { from: 0, to: events, bytes: 500 }, burst);
          await audience.until(events);
        });
        const { user, system: kernel } = process.cpuUsage(generator);
        const faults = audience.faults(events);
        publisher.close();
        await audience.close();
        const deliveries = readers * events;
        return {
          ...faults,
          perSecond: (deliveries / wallMs) * 1_000,
          cpuPer100k: (cpuMs / deliveries) * 100_000,
          serverPercent: (cpuMs / wallMs) * 100,
          generatorPercent: (user + kernel) / 10 / wallMs,
        };
      } finally {
        await server.stop();
      }
    },
  };
}
