import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureAgent } from '../ensureAgent.ts';
import { playWake, type Round } from './playWake.ts';
import { wakeAgents } from './wakeAgents.ts';

// npm run agents -- wake: the user writes to agents that do nothing, and each has to be woken and told once. Ends with 1 if one was not,
// was told twice; one that was said to be woken and was not is one of those.

const text = { type: 'string' } as const;
const { values } = parseArgs({
  allowPositionals: true,
  options: { only: text, rounds: text, least: text, most: text, outages: text, away: text },
});
const rounds = Number(values.rounds ?? 5);
const names = values.only?.split(',');
const out = join(import.meta.dirname, '..', '..', '..', 'out', 'agents');
mkdirSync(out, { recursive: true });

let failed = 0;
for (const wakeAgent of wakeAgents.filter(({ agent }) => names === undefined || names.includes(agent.short))) {
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
