import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { percentile } from '../../bench/stats.ts';
import { claudeCode } from '../agents/claudeCode.ts';
import { ensureAgent } from '../ensureAgent.ts';
import { readOptions, refuse } from '../readOptions.ts';
import { type Setup, setups, timeCalls } from './timeCalls.ts';

// npm run agents -- cost: what the hooks that Connect writes add to a tool call of the real Claude Code, in both of their forms. Speed
// never fails it, because machines are noisy: the load is printed beside the figures, which are for a quiet one.

const usage = `Usage: npm run agents -- cost [--steps N] [--rounds N] [--thinks MS]

  --steps N   how many tools it calls in one run (default 50)
  --rounds N  how often each way is run, in turns (default 3)
  --thinks MS how long the model takes to answer (default 300; real ones take longer)
  --help      print this
`;

const option = (value: string) => ({ type: 'string', default: value }) as const;
const values = readOptions(usage, { steps: option('50'), rounds: option('3'), thinks: option('300') }, 'cost');
const steps = count('steps', values.steps);
const rounds = count('rounds', values.rounds);
const thinks = count('thinks', values.thinks, 0);

await ensureAgent(claudeCode.packageName, (line) => console.log(line));
const loadBefore = loadavg();
const times: Record<Setup, number[]> = { 'without hooks': [], 'hooks by address': [], 'hooks by commands': [] };
for (let round = 0; round < rounds; round += 1) {
  for (const setup of setups) {
    const took = await timeCalls(setup, steps, thinks);
    times[setup].push(...took);
    console.log(`round ${round + 1}, ${setup}: p50 ${ms(percentile(took, 0.5))}, p95 ${ms(percentile(took, 0.95))}`);
  }
}
const figures = setups.map((setup) => ({ setup, p50: percentile(times[setup], 0.5), p95: percentile(times[setup], 0.95) }));
const [without] = figures;
console.log(`A tool call of ${claudeCode.name}, from its model's answer to the next request, ${steps} × ${rounds}:`);
for (const { setup, p50, p95 } of figures) {
  const added =
    setup === without?.setup ? '' : `; added: p50 ${ms(p50 - (without?.p50 ?? 0))} (bar: 30 ms), p95 ${ms(p95 - (without?.p95 ?? 0))}`;
  console.log(`  ${setup}: p50 ${ms(p50)}, p95 ${ms(p95)}${added}`);
}
const load = { before: loadBefore, after: loadavg() };
console.log(`The load of the machine was ${words(load.before)} before and ${words(load.after)} after.`);
const out = join(import.meta.dirname, '..', '..', '..', 'out', 'agents');
mkdirSync(out, { recursive: true });
writeFileSync(join(out, 'cost.json'), `${JSON.stringify({ steps, rounds, thinks, load, figures, times }, null, 2)}\n`);

function count(name: string, text: string, least = 1): number {
  const value = Number(text);
  return Number.isInteger(value) && value >= least
    ? value
    : refuse(`--${name} takes a whole number from ${least} on, not “${text}”.`, usage);
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function words(loads: readonly number[]): string {
  return loads.map((one) => one.toFixed(1)).join(' ');
}
