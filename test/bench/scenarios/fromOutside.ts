import type { Case, Figures } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { publishAll } from '../load/publishAll.ts';
import { openPublisher } from '../load/publisher.ts';
import { startServer } from '../load/startServer.ts';
import { startHubFromOutside } from '../servers/hubFromOutside.ts';

const slices = 10;

/**
 * The hub as `npm run bench:hub` starts it, and the floor, each measured as a stranger would: an event goes out when all readers have the
 * one before, so nothing that the hub does for an event is hidden behind the writes of another. Both run at once and take turns, a slice of
 * the events each, so what else the machine does meets both.
 */
export function fromOutsideCase({ readers, events }: { readers: number; events: number }): Case {
  return {
    scenario: 'outside',
    label: `npm run bench:hub, ${readers} readers, each event when all have the last one`,
    systems: ['floor', 'agentrq'],
    rows: [
      { figure: 'perSecond', label: 'deliveries', unit: '/s', bar: { of: 'ratio', atLeast: 0.8 } },
      { figure: 'cpuPer100k', label: 'CPU for 100,000 deliveries', unit: 'ms', bar: { of: 'ratio', atMost: 1.25 } },
    ],
    async measureTogether() {
      const floor = await startServer('floor');
      const hub = await startHubFromOutside().catch(async (error: unknown) => {
        await floor.stop();
        throw error;
      });
      try {
        const ofFloor = await openSide(floor.url, readers);
        const ofHub = await openSide(hub.url, readers);
        const [floorBefore, hubBefore] = [(await floor.usage()).cpuMs, hub.cpuMs()];
        for (let slice = 0; slice < slices; slice += 1) {
          const to = Math.round((events * (slice + 1)) / slices);
          for (const side of slice % 2 === 0 ? [ofFloor, ofHub] : [ofHub, ofFloor]) await side.publishUpTo(to);
        }
        const [floorMs, hubMs] = [(await floor.usage()).cpuMs - floorBefore, hub.cpuMs() - hubBefore];
        return { floor: await ofFloor.end(floorMs), agentrq: await ofHub.end(hubMs) };
      } finally {
        await Promise.all([floor.stop(), hub.stop()]);
      }
    },
  };
}

interface Side {
  /** Publishes up to this number, one event after another. */
  publishUpTo(to: number): Promise<void>;
  end(cpuMs: number): Promise<Figures>;
}

async function openSide(url: string, readers: number): Promise<Side> {
  const audience = await openAudience({ url, count: readers });
  let published = 0;
  let wallMs = 0;
  return {
    async publishUpTo(to) {
      // A new connection for each slice: one that waits for its turn would be closed.
      const publisher = await openPublisher(url);
      const startedAt = performance.now();
      for (; published < to; published += 1) {
        await publishAll(publisher, { from: published, to: published + 1, bytes: 500 }, 1);
        await audience.until(published + 1);
      }
      wallMs += performance.now() - startedAt;
      publisher.close();
    },
    async end(cpuMs) {
      const faults = audience.faults(published);
      await audience.close();
      const deliveries = readers * published;
      return { ...faults, perSecond: (deliveries / wallMs) * 1_000, cpuPer100k: (cpuMs / deliveries) * 100_000 };
    },
  };
}
