import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Case } from '../bench.ts';
import { startProcess } from '../load/startServer.ts';
import { makeHome } from '../servers/makeHistory.ts';

const program = fileURLToPath(new URL('../servers/coldStartProcess.ts', import.meta.url));

/**
 * From nothing to the first byte of a stream, with few and with many events in the log. The bar is for what is the hub's own: the
 * start of Node and the loading of the bundle are the same for both, and would hide it.
 */
export function coldStartCase({ few, many, entry }: { few: number; many: number; entry: () => string }): Case {
  const [fewText, manyText] = [few, many].map((count) => count.toLocaleString('en'));
  return {
    scenario: 'cold',
    label: `${manyText} events against ${fewText}`,
    systems: ['agentrq'],
    rows: [
      { figure: 'ratio', label: 'hub, to the first byte', unit: '×', bar: { of: 'figure', atMost: 1.5 } },
      { figure: 'fewMs', label: `hub, ${fewText} events`, unit: 'ms' },
      { figure: 'manyMs', label: `hub, ${manyText} events`, unit: 'ms' },
      { figure: 'processMs', label: `whole process, ${manyText} events`, unit: 'ms' },
    ],
    async measure() {
      const withFew = await start(entry(), few);
      const withMany = await start(entry(), many);
      return { ratio: withMany.hubMs / withFew.hubMs, fewMs: withFew.hubMs, manyMs: withMany.hubMs, processMs: withMany.processMs };
    },
  };
}

async function start(entry: string, events: number): Promise<{ hubMs: number; processMs: number }> {
  const home = await makeHome(events);
  try {
    // The first start of a home makes its secrets; the one that counts is any later one.
    await (await startProcess(program, ['--entry', entry, '--home', home])).stop();
    const process = await startProcess(program, ['--entry', entry, '--home', home]);
    await process.stop();
    return { hubMs: Number(process.details['hubMs']), processMs: Number(process.details['processMs']) };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
