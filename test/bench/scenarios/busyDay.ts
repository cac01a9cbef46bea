import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { Case } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { createBenchPerson } from '../load/benchPerson.ts';
import { startBusyAgent } from '../load/busyAgent.ts';
import { openBusyPerson } from '../load/busyPerson.ts';
import { startServer } from '../load/startServer.ts';
import { megabyte } from '../load/watchUsage.ts';
import type { Usage } from '../servers/messages.ts';
import { median, percentile } from '../stats.ts';

const agents = 8;
/** Looks at the hub in each third of the day. */
const looks = 5;
const thirds = [0, 1, 2] as const;

/**
 * A day of eight agents, half of them of each era, with hooks, one window that answers and two streams beside it, replayed in
 * `seconds`. The last third is held against the second one: nothing may grow.
 * @param pieces how many pieces of work each agent does, evenly over the day
 */
export function busyDayCase({ pieces, seconds }: { pieces: number; seconds: number }): Case {
  return {
    scenario: 'day',
    label: `${agents} agents, ${pieces} pieces of work each, in ${seconds} s`,
    systems: ['agentrq'],
    rows: [
      { figure: 'calls', label: 'calls', unit: '' },
      { figure: 'p50Ms', label: 'a call, p50', unit: 'ms' },
      { figure: 'p99Ms', label: 'a call, p99', unit: 'ms' },
      { figure: 'p50Ratio', label: 'p50, last third : second', unit: '', bar: { of: 'figure', atMost: 1.25 } },
      { figure: 'heapMegabytes', label: 'heap in the last third', unit: 'MB' },
      { figure: 'heapRatio', label: 'heap, last third : second', unit: '', bar: { of: 'figure', atMost: 1.1 } },
      { figure: 'rssMegabytes', label: 'resident memory in the last third', unit: 'MB' },
      { figure: 'rssRatio', label: 'resident memory, last third : second', unit: '', bar: { of: 'figure', atMost: 1.1 } },
      { figure: 'descriptors', label: 'descriptors in the last third', unit: '' },
      { figure: 'descriptorsGrown', label: 'descriptors, last third − second', unit: '', bar: { of: 'figure', atMost: 2 } },
    ],
    async measure() {
      const server = await startServer('agentrq');
      const http = new Agent({ keepAlive: true });
      try {
        const person = createBenchPerson(server.url);
        const { mcpUrl, agentToken } = await person.openWorkspace('day');
        const window = await openBusyPerson(server.url);
        const audience = await openAudience({ url: server.url, count: 2 });
        let written = 0;
        const took = thirds.map((): number[] => []);
        const seen = thirds.map((): Usage[] => []);
        const timed = async <T>(third: number, call: () => Promise<T>): Promise<T> => {
          const began = performance.now();
          const result = await call();
          took[third]?.push(performance.now() - began);
          return result;
        };
        const team = await Promise.all(
          Array.from({ length: agents }, async (_, index) => {
            const era = index % 2 === 0 ? 'older' : 'newer';
            const name = `agent-${index}`;
            return await startBusyAgent({ era, name, address: { mcpUrl, agentToken }, http, nextNumber: () => written++ });
          }),
        );

        const startedAt = performance.now();
        const until = async (part: number): Promise<unknown> => await pause(startedAt + part * seconds * 1_000 - performance.now());
        const working = team.map(async (agent, index) => {
          for (let piece = 0; piece < pieces; piece += 1) {
            await until((piece + index / agents) / pieces);
            // The third in which the plan has it, however late it is.
            const third = Math.floor((piece / pieces) * thirds.length);
            await agent.work((call) => timed(third, call));
          }
        });
        const looking = thirds.map(async (third) => {
          for (let look = 1; look <= looks; look += 1) {
            await until((third + look / (looks + 1)) / thirds.length);
            seen[third]?.push(await server.usage({ collect: true }));
          }
        });
        await Promise.all([...working, ...looking]);
        if (window.failures.length > 0) throw new Error(`the user was refused: ${window.failures[0]}`);
        await audience.until(written);
        // Several agents overtake each other, so nothing is said of the order.
        const { lost, doubled } = audience.faults(written);
        await audience.close();
        window.close();
        for (const agent of team) agent.close();
        person.close();

        const of = (third: 1 | 2) => ({
          p50: percentile(took[third] ?? [], 0.5),
          heap: middle(seen[third], ({ heapBytes }) => heapBytes / megabyte),
          rss: middle(seen[third], ({ rssBytes }) => rssBytes / megabyte),
          descriptors: middle(seen[third], ({ descriptors }) => descriptors),
        });
        const [second, last] = [of(1), of(2)];
        const all = took.flat();
        return {
          lost,
          doubled,
          calls: all.length,
          p50Ms: percentile(all, 0.5),
          p99Ms: percentile(all, 0.99),
          p50Ratio: last.p50 / second.p50,
          heapMegabytes: last.heap,
          heapRatio: last.heap / second.heap,
          rssMegabytes: last.rss,
          rssRatio: last.rss / second.rss,
          descriptors: last.descriptors,
          descriptorsGrown: last.descriptors - second.descriptors,
        };
      } finally {
        http.destroy();
        await server.stop();
      }
    },
  };
}

function middle(seen: readonly Usage[] | undefined, of: (usage: Usage) => number): number {
  return median((seen ?? []).map(of));
}
