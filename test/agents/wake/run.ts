import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '../../../src/util/errors.ts';
import { ensureAgent } from '../ensureAgent.ts';
import { chosen, readOptions, refuse } from '../readOptions.ts';
import { type Disturbance, disturbances, planRounds } from './planRounds.ts';
import type { Round } from './playRound.ts';
import { playWake } from './playWake.ts';
import { type WakeAgent, wakeAgents } from './wakeAgents.ts';
import { faultsOf, foretold, tableOf } from './wakeReport.ts';

// npm run agents -- wake: the user writes to agents that do nothing, whatever else happens, and each has to be woken and told once. Ends
// with 1 if one was not, was told twice, was said to be woken and was not, or leaves another number of waits behind than one; and if less
// than 95 of 100 rounds that woke one were said to do so before.

const shorts = wakeAgents.map(({ agent }) => agent.short);
const usage = `Usage: npm run agents -- wake [--only NAME,…] [--rounds N] [--sessions N] [--happen KIND=N,…] [--least N] [--most N] [--long N] [--away N]

  --only NAME,…    the agents: ${shorts.join(', ')}
  --rounds N       how often the user writes (default 5)
  --sessions N     how many sessions of each agent are played at once, each in a workspace of its own (default 1)
  --happen KIND=N  in how many of the rounds it happens: ${disturbances.join(', ')}
                   (default: each in a share of the rounds); “nothing” alone: in none
  --least N        the shortest pause before the user writes, in seconds (default 5)
  --most N         the longest (default 40)
  --long N         a long pause, in seconds (default 180)
  --away N         how long an outage takes, in seconds (default 120)
  --help           print this
`;

const text = { type: 'string' } as const;
const values = readOptions(
  usage,
  { only: text, rounds: text, sessions: text, least: text, most: text, long: text, away: text, happen: text },
  'wake',
);
const number = (value: string | undefined, otherwise: number): number => (value === undefined ? otherwise : Number(value));
const rounds = number(values.rounds, 5);
const sessions = number(values.sessions, 1);
const names = chosen('only', values.only, shorts, usage);
const out = join(import.meta.dirname, '..', '..', '..', 'out', 'agents');
mkdirSync(out, { recursive: true });
const foretoldShare = 0.95;

let failed = 0;
for (const wakeAgent of wakeAgents.filter(({ agent }) => names.includes(agent.short))) {
  const { name, packageName } = wakeAgent.agent;
  await ensureAgent(packageName, (line) => console.log(line));
  console.log(name);
  const played: Round[] = [];
  const ends = await Promise.allSettled(Array.from({ length: sessions }, (_, index) => play(wakeAgent, index + 1, played)));
  console.log(tableOf(played));
  const { woken, said } = foretold(played);
  console.log(`  ${said} of ${woken} rounds that woke it were said to do so before.`);
  const faults = played.flatMap((round) => faultsOf(round).map((fault) => `  ${round.plan.disturbance}: ${fault}`));
  if (said < woken * foretoldShare) faults.push('  too few were said to wake it');
  faults.push(...ends.flatMap((end) => (end.status === 'rejected' ? [`  a session came to an end: ${describeError(end.reason)}`] : [])));
  for (const fault of faults) console.log(fault);
  failed += faults.length;
}
console.log(failed === 0 ? 'Each was woken and told once, and what was said before was so.' : `${failed} things went otherwise.`);
process.exitCode = failed === 0 ? 0 : 1;

/** Plays all rounds with one session of an agent; each that is over goes into `played`, and into a file. */
async function play(wakeAgent: WakeAgent, session: number, played: Round[]): Promise<void> {
  const base = join(out, `${wakeAgent.agent.short}-wake${sessions === 1 ? '' : `-${session}`}`);
  rmSync(`${base}.jsonl`, { force: true });
  const plans = planRounds({
    rounds,
    counts: countsOf(wakeAgent),
    leastMs: number(values.least, 5) * 1_000,
    mostMs: number(values.most, 40) * 1_000,
    longMs: number(values.long, 180) * 1_000,
    random: Math.random,
  });
  const log = (line: string): void => console.log(sessions === 1 ? `  ${line}` : `  [${session}] ${line}`);
  const own: Round[] = [];
  const onRound = (round: Round): void => {
    own.push(round);
    played.push(round);
    writeFileSync(`${base}.json`, `${JSON.stringify(own, null, 2)}\n`);
  };
  await playWake(wakeAgent, { plans, awayMs: number(values.away, 120) * 1_000, traffic: `${base}.jsonl`, log, onRound });
}

/** How often each thing happens: as `--happen outage=2,busy=1` says, or a share of all rounds. */
function countsOf({ resume }: WakeAgent): Partial<Record<Disturbance, number>> {
  if (values.happen !== undefined) return Object.fromEntries(values.happen.split(',').flatMap(wanted));
  const shares: Partial<Record<Disturbance, number>> = {
    'long pause': 6,
    outage: 6,
    'hub killed': 10,
    'take-over': 10,
    ...(resume !== undefined && { 'agent killed': 10, 'agent away': 15 }),
    busy: 15,
  };
  return Object.fromEntries(Object.entries(shares).map(([kind, share]) => [kind, Math.floor(rounds / share)]));
}

function wanted(pair: string): [Disturbance, number][] {
  if (pair === 'nothing') return [];
  const [name, count] = pair.split('=');
  const kind = disturbances.find((one) => one === name);
  if (kind === undefined || count === undefined) refuse(`--happen takes ${disturbances.join(', ')}, each with =N, not “${pair}”.`, usage);
  return [[kind, Number(count)]];
}
