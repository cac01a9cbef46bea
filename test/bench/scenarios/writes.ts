import { Agent } from 'node:http';
import type { Case, Figures } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { type BenchAgent, connectBenchAgent, type Era } from '../load/benchAgent.ts';
import { createBenchPerson } from '../load/benchPerson.ts';
import { callHttp } from '../load/callHttp.ts';
import { markedLine, marker } from '../load/markers.ts';
import { type ServerProcess, startServer } from '../load/startServer.ts';
import { watchUsage } from '../load/watchUsage.ts';

/** What is written: a call of so many writers, each of which waits for its answer before the next. */
export type Write = { kind: 'createTask' | 'reply'; era: Era } | { kind: 'REST reply' };

/** One call of one writer; `number` marks what it writes. */
type WriteOnce = (number: number) => Promise<void>;

const bytes = 200;

/** Writes as fast as the hub answers. The floor reads the same body and answers `{}`. One reader counts what is told of them. */
export function writesCase({ write, writers, seconds }: { write: Write; writers: number; seconds: number }): Case {
  const what = write.kind === 'REST reply' ? 'reply over REST' : `${write.kind} over MCP (${write.era} era)`;
  return {
    scenario: 'writes',
    label: `${what}, ${writers} at a time`,
    systems: ['floor', 'agentrq'],
    rows: [
      { figure: 'perSecond', label: 'written', unit: '/s' },
      { figure: 'cpuMsEach', label: 'CPU for each', unit: 'ms' },
      { figure: 'serverPercent', label: "server's processor", unit: '%' },
    ],
    async measure(system) {
      const server = await startServer(system);
      try {
        return system === 'agentrq' ? await measureHub(server, write, writers, seconds) : await measureFloor(server, writers, seconds);
      } finally {
        await server.stop();
      }
    },
  };
}

async function measureFloor(server: ServerProcess, writers: number, seconds: number): Promise<Figures> {
  const agent = new Agent({ keepAlive: true });
  const writeOnce: WriteOnce = async (number) => {
    const { status } = await callHttp(agent, `${server.url}/mcp`, { headers: {}, body: { text: markedLine(number, bytes) } });
    if (status !== 200) throw new Error(`the floor answered with ${status}`);
  };
  const { figures } = await writeFor(
    server,
    Array.from({ length: writers }, () => writeOnce),
    seconds,
  );
  agent.destroy();
  return figures;
}

async function measureHub(server: ServerProcess, write: Write, writers: number, seconds: number): Promise<Figures> {
  const person = createBenchPerson(server.url);
  const { workspaceId, ...address } = await person.openWorkspace('writes');
  const agents: BenchAgent[] = [];
  const writeOnce: WriteOnce[] = [];
  for (let index = 0; index < writers; index += 1) {
    const taskId = await person.createTask(workspaceId);
    if (write.kind === 'REST reply') {
      writeOnce.push(async (number) => await person.reply(workspaceId, taskId, markedLine(number, bytes)));
      continue;
    }
    const agent = await connectBenchAgent(write.era, address, `writer-${index}`);
    agents.push(agent);
    if (write.kind === 'reply') {
      // The first one moves the task as well.
      await agent.call('reply', { chatId: taskId, text: 'Begun.' });
      writeOnce.push(async (number) => void (await agent.call('reply', { chatId: taskId, text: markedLine(number, bytes) })));
    } else
      writeOnce.push(
        async (number) => void (await agent.call('createTask', { title: 'Bench', body: `${'x'.repeat(bytes)}${marker(number)}` })),
      );
  }
  const audience = await openAudience({ url: server.url, count: 1 });
  const { figures, count } = await writeFor(server, writeOnce, seconds);
  await audience.until(count);
  // Several writers overtake each other, so nothing is said of the order.
  const { lost, doubled } = audience.faults(count);
  await audience.close();
  for (const agent of agents) agent.close();
  person.close();
  return { lost, doubled, ...figures };
}

/** `count`: all that was written, with what warmed the server up. */
async function writeFor(
  server: ServerProcess,
  writeOnce: readonly WriteOnce[],
  seconds: number,
): Promise<{ figures: Figures; count: number }> {
  let count = 0;
  const writeUntil = async (end: number): Promise<void> => {
    const writer = async (once: WriteOnce): Promise<void> => {
      while (performance.now() < end) {
        const number = count;
        count += 1;
        await once(number);
      }
    };
    await Promise.all(writeOnce.map(writer));
  };
  await writeUntil(performance.now() + seconds * 200);
  const warmUp = count;
  const { wallMs, cpuMs } = await watchUsage(server, async () => await writeUntil(performance.now() + seconds * 1_000));
  const measured = count - warmUp;
  return {
    figures: { perSecond: (measured / wallMs) * 1_000, cpuMsEach: cpuMs / measured, serverPercent: (cpuMs / wallMs) * 100 },
    count,
  };
}
