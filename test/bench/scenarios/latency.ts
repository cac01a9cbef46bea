import { allSystems, type Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { publishPaced } from '../load/publishAll.ts';
import { openPublisher } from '../load/publisher.ts';
import { startServer } from '../load/startServer.ts';
import { percentile } from '../stats.ts';

/** How long an event is under way, from the write of its POST to each of its readers, at a steady pace. */
export function latencyCase({ readers, perSecond, seconds }: { readers: number; perSecond: number; seconds: number }): Case {
  return {
    scenario: 'latency',
    label: `${perSecond} events/s, ${readers} readers`,
    systems: allSystems,
    rows: [
      { figure: 'p50Ms', label: 'p50', unit: 'ms', bar: { of: 'ratio', atMost: 1.2 } },
      { figure: 'p99Ms', label: 'p99', unit: 'ms', bar: { of: 'ratio', atMost: 1.5 } },
    ],
    async measure(system) {
      const server = await startServer(system);
      try {
        // What a server compiles in its first events is no part of a steady pace.
        const warmUp = perSecond;
        const total = warmUp + perSecond * seconds;
        const sentAt = new Float64Array(total);
        const delays: number[] = [];
        const onNumber = (number: number): void => {
          if (number >= warmUp) delays.push(performance.now() - (sentAt[number] ?? 0));
        };
        const audience = await openAudience({ url: server.url, count: readers, onNumber });
        const publisher = await openPublisher(server.url);
        await publishPaced(publisher, { from: 0, to: total, bytes: 500 }, perSecond, (number, at) => (sentAt[number] = at));
        await audience.until(total);
        const faults = audience.faults(total);
        publisher.close();
        await audience.close();
        return { ...faults, p50Ms: percentile(delays, 0.5), p99Ms: percentile(delays, 0.99), maxMs: percentile(delays, 1) };
      } finally {
        await server.stop();
      }
    },
  };
}
