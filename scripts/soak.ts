import { parseArgs } from 'node:util';
import { type KillReport, runKillRounds } from '../test/support/killRounds.ts';

// npm run soak -- --rounds 300: kills a hub again and again while windows watch and agents write, and says what was lost (nothing),
// and how long it took until everybody was back.

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '300' }, writes: { type: 'string', default: '60' } } });
const rounds = Number(values.rounds);
const writes = Number(values.writes);
if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(writes) && writes > 0)) {
  throw new Error('--rounds and --writes take whole numbers from 1 on');
}

const report = await runKillRounds({ rounds, writes, random: Math.random, jitter: Math.random, onRound: tell });
console.log(`\n${report.rounds} rounds, ${report.acknowledged} acknowledged writes: ${report.lost.length} lost`);
console.log(`${report.faults.length} events doubled, out of order or missing, or things made twice`);
console.log(`until the hub listens again: ${distribution(report.restartMs)}`);
console.log(`until all windows are live:  ${distribution(report.backMs)}`);
for (const line of [...report.lost, ...report.faults].slice(0, 20)) console.log(`  ${line}`);
process.exit(report.lost.length + report.faults.length === 0 ? 0 : 1);

function tell({ rounds: done, acknowledged }: KillReport): void {
  if (done % 10 === 0) console.log(`round ${done}: ${acknowledged} writes acknowledged`);
}

/** Milliseconds. */
function distribution(samples: readonly number[]): string {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): string => String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0));
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, the longest ${at(1)} ms`;
}
