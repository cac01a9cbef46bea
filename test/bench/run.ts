import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildServers } from './buildServers.ts';
import { ensurePeers } from './ensurePeers.ts';
import { judge } from './judge.ts';
import { configureServers } from './load/startServer.ts';
import { maxReaders } from './maxReaders.ts';
import { planCases } from './plan.ts';
import { renderTable } from './renderTable.ts';
import { runCases } from './runCases.ts';

// npm run bench: the hub beside bare servers and better-sse. A table on stdout, everything that was measured in out/bench.json. It fails
// when something broke, or when an event was lost, doubled or out of order. Speed never fails it: machines are noisy.

const usage = `Usage: npm run bench -- [--only NAME,…] [--runs N] [--day N] [--quick] [--profile]

  --only NAME,…  the scenarios to run: fanout, outside, bursts, latency, idle, replay, slow, churn, blocked, cold, writes, board, hooks, day
  --runs N       how often each is measured (default 3); the table has medians
  --day N        replays the busy day in N seconds (default 600; 60 with --quick)
  --quick        less of everything; the bars are not for this
  --profile      leaves a CPU profile of each server in out/profiles
`;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    runs: { type: 'string', default: '3' },
    day: { type: 'string' },
    quick: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const daySeconds = values.day === undefined ? undefined : Number(values.day);
const size = values.quick ? 'quick' : 'full';
const outFolder = join(import.meta.dirname, '..', '..', 'out');
const readers = maxReaders();
const every = planCases(size, { entry: () => join(outFolder, 'bench', 'hub.cjs'), maxReaders: readers, daySeconds });
const names = [...new Set(every.map(({ scenario }) => scenario))];
const wanted = values.only?.split(',') ?? names;
const unknown = wanted.filter((name) => !names.includes(name));

if (values.help) process.stdout.write(usage);
else if (daySeconds !== undefined && !(daySeconds > 0)) {
  process.stderr.write(`--day takes a number of seconds above 0.\n\n${usage}`);
  process.exitCode = 2;
} else if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  process.stderr.write(
    unknown.length > 0 ? `There is no scenario ${unknown.join(', ')}.\n\n${usage}` : `--runs takes a whole number from 1 on.\n\n${usage}`,
  );
  process.exitCode = 2;
} else await run();

async function run(): Promise<void> {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  await ensurePeers(say);
  const { benchHub } = await buildServers(join(outFolder, 'bench'));
  // A profile names the files of the sources.
  configureServers(values.profile ? { profileFolder: join(outFolder, 'profiles') } : { hubProgram: benchHub });
  if (size === 'full' && readers < 5_000)
    say(`Only ${readers} readers fit below the limit of open files (ulimit -n), so no more will be idle.`);

  const startedAt = new Date().toISOString();
  const loadBefore = loadavg()[0];
  const judged = (
    await runCases(
      every.filter(({ scenario }) => wanted.includes(scenario)),
      runs,
      say,
    )
  ).map(judge);
  const machine = {
    node: process.versions.node,
    processors: availableParallelism(),
    model: cpus()[0]?.model,
    loadBefore,
    loadAfter: loadavg()[0],
  };
  mkdirSync(outFolder, { recursive: true });
  writeFileSync(join(outFolder, 'bench.json'), `${JSON.stringify({ startedAt, size, runs, machine, cases: judged }, undefined, 2)}\n`);

  process.stdout.write(`${renderTable(judged)}\n`);
  const wrong = judged.flatMap(({ faults, broken, scenario, label }) =>
    broken === undefined ? faults : [...faults, `${scenario}, ${label}: ${broken}`],
  );
  const bars = judged.flatMap(({ rows }) => rows).filter(({ met }) => met !== undefined);
  process.stdout.write(
    `\n${bars.filter(({ met }) => met === true).length} of ${bars.length} bars met, on a machine with load ${loadBefore?.toFixed(1)} before.\n`,
  );
  for (const line of wrong) process.stdout.write(`${line}\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
