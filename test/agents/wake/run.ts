import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAgent } from '../ensureAgent.ts';
import { chosen, readOptions } from '../readOptions.ts';
import { playWake, type Round } from './playWake.ts';
import { wakeAgents } from './wakeAgents.ts';

// npm run agents -- wake: the user writes to agents that do nothing, and each has to be woken and told once. Ends with 1 if one was not,
// was told twice; one that was said to be woken and was not is one of those.

const shorts = wakeAgents.map(({ agent }) => agent.short);
const usage = `Usage: npm run agents -- wake [--only NAME,…] [--rounds N] [--least N] [--most N] [--outages N] [--away N]

  --only NAME,…  the agents: ${shorts.join(', ')}
  --rounds N     how often the user writes (default 5)
  --least N      the shortest pause before that, in seconds (default 5)
  --most N       the longest (default 40)
  --outages N    in how many of the rounds the hub goes away before it (default: one of six)
  --away N       for how long, in seconds (default 0)
  --help         print this
`;

const text = { type: 'string' } as const;
const values = readOptions(usage, { only: text, rounds: text, least: text, most: text, outages: text, away: text }, 'wake');
const rounds = Number(values.rounds ?? 5);
const names = chosen('only', values.only, shorts, usage);
const out = join(import.meta.dirname, '..', '..', '..', 'out', 'agents');
mkdirSync(out, { recursive: true });

let failed = 0;
for (const wakeAgent of wakeAgents.filter(({ agent }) => names.includes(agent.short))) {
  const { name, short, packageName } = wakeAgent.agent;
  await ensureAgent(packageName, (line) => console.log(line));
  console.log(name);
  const played = await playWake(wakeAgent, {
    rounds,
    leastMs: Number(values.least ?? 5) * 1_000,
    mostMs: Number(values.most ?? 40) * 1_000,
    outages: Number(values.outages ?? Math.floor(rounds / 6)),
    awayMs: Number(values.away ?? 0) * 1_000,
    traffic: join(out, `${short}-wake.jsonl`),
    log: (line) => console.log(line),
  });
  writeFileSync(join(out, `${short}-wake.json`), `${JSON.stringify(played, null, 2)}\n`);
  console.log(summary(played));
  failed += played.filter(({ wokenMs, told }) => told !== 1 || wokenMs === undefined).length;
}
console.log(failed === 0 ? 'Each was woken and told once, and what was said before was so.' : `${failed} rounds went otherwise.`);
process.exitCode = failed === 0 ? 0 : 1;

function summary(played: readonly Round[]): string {
  const times = played.flatMap(({ wokenMs }) => wokenMs ?? []).toSorted((a, b) => a - b);
  const at = (part: number): number => times[Math.min(times.length - 1, Math.floor(part * times.length))] ?? Number.NaN;
  const said = played.filter(({ said: words, wokenMs }) => words === 'now' && wokenMs !== undefined).length;
  return `  woken ${times.length} of ${played.length}; said before in ${said}; ms from the word to the model: median ${at(0.5)}, 90 % ${at(0.9)}, longest ${at(1)}`;
}
