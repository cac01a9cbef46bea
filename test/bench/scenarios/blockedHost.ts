import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Case, Figures } from '../bench.ts';
import { openAudience } from '../load/audience.ts';
import { connectBenchAgent } from '../load/benchAgent.ts';
import { createBenchPerson } from '../load/benchPerson.ts';
import { markedLine } from '../load/markers.ts';
import { startProcess } from '../load/startServer.ts';
import { percentile } from '../stats.ts';

const program = fileURLToPath(new URL('../servers/editorProcess.ts', import.meta.url));
/** Calls go out at this pace whether or not the ones before have been answered, or a hub that stands still would be asked once. */
const perSecond = 25;

/** The extension host does nothing for `blockMs`. What agents and other windows notice of it, with the hub in its thread and without. */
export function blockedHostCase({ blockMs, entry }: { blockMs: number; entry: () => string }): Case {
  return {
    scenario: 'blocked',
    label: `extension host blocked for ${blockMs / 1_000} s`,
    systems: ['agentrq'],
    rows: [
      { figure: 'callP99Ms', label: "agents' calls p99", unit: 'ms', bar: { of: 'figure', atMost: 50 } },
      { figure: 'streamP99Ms', label: "other windows' streams p99", unit: 'ms', bar: { of: 'figure', atMost: 50 } },
      {
        figure: 'inProcessCallP99Ms',
        label: 'calls p99 of a hub without a thread',
        unit: 'ms',
        bar: { of: 'figure', atLeast: blockMs * 0.9 },
      },
      { figure: 'inProcessStreamP99Ms', label: 'streams p99 of a hub without a thread', unit: 'ms' },
    ],
    async measure() {
      const thread = await measureBlocked(['--entry', entry()], blockMs);
      const inProcess = await measureBlocked(['--entry', entry(), '--in-process'], blockMs);
      return {
        lost: thread.lost + inProcess.lost,
        doubled: thread.doubled + inProcess.doubled,
        callP99Ms: thread.callP99Ms,
        streamP99Ms: thread.streamP99Ms,
        inProcessCallP99Ms: inProcess.callP99Ms,
        inProcessStreamP99Ms: inProcess.streamP99Ms,
      };
    },
  };
}

async function measureBlocked(
  args: readonly string[],
  blockMs: number,
): Promise<Figures & Record<'lost' | 'doubled' | 'callP99Ms' | 'streamP99Ms', number>> {
  const editor = await startProcess(program, args);
  try {
    const person = createBenchPerson(editor.url);
    const { workspaceId, ...address } = await person.openWorkspace('blocked');
    const taskId = await person.createTask(workspaceId);
    const agent = await connectBenchAgent('older', address, 'agent');
    await agent.call('reply', { chatId: taskId, text: 'Begun.' });

    const total = Math.ceil((perSecond * blockMs) / 1_000);
    const warmUp = perSecond;
    const sentAt: number[] = [];
    const callMs: number[] = [];
    const streamMs: number[] = [];
    const onNumber = (number: number): void => {
      if (number >= warmUp) streamMs.push(performance.now() - (sentAt[number] ?? 0));
    };
    const audience = await openAudience({ url: editor.url, count: 3, onNumber });
    const call = async (number: number): Promise<void> => {
      sentAt[number] = performance.now();
      await agent.call('reply', { chatId: taskId, text: markedLine(number, 200) });
      if (number >= warmUp) callMs.push(performance.now() - (sentAt[number] ?? 0));
    };

    for (let number = 0; number < warmUp; number += 1) await call(number);
    editor.tell({ kind: 'block', ms: blockMs });
    const calls: Promise<void>[] = [];
    for (let number = warmUp; number < warmUp + total; number += 1) {
      calls.push(call(number));
      await pause(1_000 / perSecond);
    }
    await Promise.all(calls);
    await audience.until(warmUp + total);
    // Calls overtake each other, so nothing is said of the order.
    const { lost, doubled } = audience.faults(warmUp + total);
    await audience.close();
    agent.close();
    person.close();
    return { lost, doubled, callP99Ms: percentile(callMs, 0.99), streamP99Ms: percentile(streamMs, 0.99) };
  } finally {
    await editor.stop();
  }
}
