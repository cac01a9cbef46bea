import { setTimeout as pause } from 'node:timers/promises';
import { allSystems, type Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { publishPaced } from '../load/publishAll.ts';
import { openPublisher } from '../load/publisher.ts';
import { openReader } from '../load/reader.ts';
import { type ServerProcess, startServer } from '../load/startServer.ts';
import { megabyte, watchUsage } from '../load/watchUsage.ts';
import type { Usage } from '../servers/messages.ts';

/** How many connections are on their way at a time. */
const lanes = 10;
const eventsPerSecond = 50;

/**
 * Connections that come and go beside some that stay and are sent something all the while. Three times: what the
 * last one leaves behind has leaked. */
export function churnCase({ connections, keepers }: { connections: number; keepers: number }): Case {
  return {
    scenario: 'churn',
    label: `${connections.toLocaleString('en')} connections beside ${keepers}`,
    systems: allSystems,
    rows: [
      { figure: 'perSecond', label: 'connections', unit: '/s', bar: { of: 'ratio', atLeast: 0.9 } },
      { figure: 'cpuMsEach', label: 'CPU for each', unit: 'ms' },
      { figure: 'leakedDescriptors', label: 'descriptors left by the last', unit: '', bar: { of: 'figure', atMost: 0 } },
      { figure: 'leakedHeapMegabytes', label: 'heap left by the last', unit: 'MB', bar: { of: 'figure', atMost: 0.5 } },
      { figure: 'leakedMegabytes', label: 'resident memory left by the last', unit: 'MB' },
    ],
    async measure(system) {
      const server = await startServer(system);
      try {
        const audience = await openAudience({ url: server.url, count: keepers });
        const publisher = await openPublisher(server.url);
        let published = 0;
        const done = new AbortController();
        const publishing = (async () => {
          while (!done.signal.aborted) {
            const to = published + eventsPerSecond / 10;
            await publishPaced(publisher, { from: published, to, bytes: 500 }, eventsPerSecond, () => {});
            published = to;
          }
        })();
        const { wallMs, cpuMs } = await watchUsage(server, async () => await comeAndGo(server.url, connections));
        // How much is in use moves until everything has been compiled and sized.
        await comeAndGo(server.url, connections);
        const before = await settled(server);
        await comeAndGo(server.url, connections);
        const after = await settled(server, before.descriptors);
        done.abort();
        await publishing;
        await audience.until(published);
        const faults = audience.faults(published);
        publisher.close();
        await audience.close();
        return {
          ...faults,
          perSecond: (connections / wallMs) * 1_000,
          cpuMsEach: cpuMs / connections,
          leakedDescriptors: Math.max(0, after.descriptors - before.descriptors),
          leakedMegabytes: (after.rssBytes - before.rssBytes) / megabyte,
          leakedHeapMegabytes: (after.heapBytes - before.heapBytes) / megabyte,
        };
      } finally {
        await server.stop();
      }
    },
  };
}

async function comeAndGo(url: string, connections: number): Promise<void> {
  let left = connections;
  const shared = {};
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const reader = await openReader({ url, shared, onNumbers: () => {} });
      await reader.close();
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** What it holds once it has noticed that the connections are gone: when their number has come down to `atMost`, or falls no more. */
async function settled(server: ServerProcess, atMost = 0): Promise<Usage> {
  let usage = await server.usage({ collect: true });
  for (let quiet = 0; quiet < 5 && usage.descriptors > atMost; ) {
    await pause(50);
    const next = await server.usage({ collect: true });
    quiet = next.descriptors < usage.descriptors ? 0 : quiet + 1;
    usage = next;
  }
  return usage;
}
