import { allSystems, type Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { publishPaced } from '../load/publishAll.ts';
import { openPublisher } from '../load/publisher.ts';
import { startServer } from '../load/startServer.ts';
import { megabyte, watchUsage } from '../load/watchUsage.ts';
import { percentile } from '../stats.ts';

/**
 * One reader stops reading while `perSecond` events of 1 KB go out to five others, and goes on afterwards. Of the time before, the first
 * half warms the server up, and the second is the same without a stalled reader: memory goes up and down with each collection, so what
 * the stalled reader costs is the highest that was seen in the stall, against the highest that was seen without it.
 */
export function slowReaderCase({
  perSecond,
  beforeSeconds,
  stallSeconds,
}: Record<'perSecond' | 'beforeSeconds' | 'stallSeconds', number>): Case {
  return {
    scenario: 'slow',
    label: `stalled for ${stallSeconds} s, ${(perSecond * stallSeconds).toLocaleString('en')} events of 1 KB to 5 others`,
    systems: allSystems,
    rows: [
      { figure: 'grownMegabytes', label: 'growth by the stall', unit: 'MB', bar: { of: 'figure', atMost: 8 } },
      { figure: 'p99Ratio', label: "others' p99, against before", unit: '×', bar: { of: 'figure', atMost: 1.3 } },
      { figure: 'p99Ms', label: "others' p99 in the stall", unit: 'ms' },
      { figure: 'slowFaults', label: 'lost or doubled for the stalled one', unit: '', bar: { of: 'figure', atMost: 0 } },
      { figure: 'caughtUpMs', label: 'until it has caught up', unit: 'ms' },
    ],
    async measure(system) {
      const server = await startServer(system);
      try {
        const stallFrom = perSecond * beforeSeconds;
        const warmUp = stallFrom / 2;
        const total = stallFrom + perSecond * stallSeconds;
        const sentAt = new Float64Array(total);
        const before: number[] = [];
        const during: number[] = [];
        const onNumber = (number: number): void => {
          const delay = performance.now() - (sentAt[number] ?? 0);
          if (number >= stallFrom) during.push(delay);
          else if (number >= warmUp) before.push(delay);
        };
        const others = await openAudience({ url: server.url, count: 5, onNumber });
        const slow = await openAudience({ url: server.url, count: 1 });
        const publisher = await openPublisher(server.url);
        const onSend = (number: number, at: number): void => {
          sentAt[number] = at;
        };
        const publish = async (from: number, to: number): Promise<void> => {
          await publishPaced(publisher, { from, to, bytes: 1_000 }, perSecond, onSend);
          await others.until(to);
        };
        await publish(0, warmUp);
        const without = await watchUsage(server, async () => await publish(warmUp, stallFrom), 250);
        await slow.until(stallFrom);

        slow.readers[0]?.pause();
        const { highestBytes } = await watchUsage(server, async () => await publish(stallFrom, total), 250);
        const missedWhileStalled = slow.faults(total).lost;
        const resumedAt = performance.now();
        slow.readers[0]?.resume();
        await slow.until(total);
        const caughtUpMs = performance.now() - resumedAt;
        const [faults, slowFaults] = [others.faults(total), slow.faults(total)];
        publisher.close();
        await Promise.all([others.close(), slow.close()]);
        const [p99Before, p99Ms] = [percentile(before, 0.99), percentile(during, 0.99)];
        return {
          lost: faults.lost + slowFaults.lost,
          doubled: faults.doubled + slowFaults.doubled,
          disordered: faults.disordered + slowFaults.disordered,
          grownMegabytes: (highestBytes - without.highestBytes) / megabyte,
          p99Ratio: p99Ms / p99Before,
          p99BeforeMs: p99Before,
          p99Ms,
          slowFaults: slowFaults.lost + slowFaults.doubled,
          missedWhileStalled,
          caughtUpMs,
        };
      } finally {
        await server.stop();
      }
    },
  };
}
