import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundle, bundles, threads } from '../esbuild.mjs';
import { runTakeOverRounds, type TakeOverReport } from '../test/support/takeOverRounds.ts';

// npm run soak -- --rounds 300: kills the window that runs the hub again and again while two others watch and agents write, and says
// what was lost (nothing), and how long it took until one of them had taken its place and all were live. Slow rounds are told in
// out/soak/slow.log.

/** From the kill until all other windows are live again. */
const barMs = 2_000;

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '300' }, writes: { type: 'string', default: '60' } } });
const rounds = Number(values.rounds);
const writes = Number(values.writes);
if (!(Number.isInteger(rounds) && rounds > 0 && Number.isInteger(writes) && writes > 0)) {
  throw new Error('--rounds and --writes take whole numbers from 1 on');
}

const folder = join(import.meta.dirname, '..', 'out', 'soak');
mkdirSync(folder, { recursive: true });
await bundle(folder, { 'hub.cjs': bundles['hub.cjs'] ?? {}, ...threads });
const entry = join(folder, 'hub.cjs');
const report = await runTakeOverRounds({ rounds, writes, entry, random: Math.random, slowMs: barMs / 2, onRound: tell });
writeFileSync(join(folder, 'slow.log'), report.slow.join('\n'));
const late = report.takeOverMs.filter((ms) => ms >= barMs).length;
console.log(`\n${report.rounds} rounds, ${report.acknowledged} acknowledged writes: ${report.lost.length} lost`);
console.log(`${report.faults.length} events doubled, out of order or missing, or things made twice`);
console.log(`from the kill until all other windows are live: ${distribution(report.takeOverMs)}; ${late} of them ${barMs} ms or more`);
for (const line of [...report.lost, ...report.faults].slice(0, 20)) console.log(`  ${line}`);
process.exit(report.lost.length + report.faults.length + late === 0 ? 0 : 1);

function tell({ rounds: done, acknowledged, takeOverMs }: TakeOverReport): void {
  if (done % 10 === 0) console.log(`round ${done}: ${acknowledged} writes acknowledged, the last take-over in ${takeOverMs.at(-1)} ms`);
}

/** Milliseconds. */
function distribution(samples: readonly number[]): string {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): string => String(Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0));
  return `p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, the longest ${at(1)} ms`;
}
