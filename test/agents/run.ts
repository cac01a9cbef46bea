import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { bundle, bundles } from '../../esbuild.mjs';
import type { AgentProgram } from './agents/agentProgram.ts';
import { program } from './agents/agentProgram.ts';
import { agents } from './agents/agents.ts';
import { ensureAgents } from './ensureAgents.ts';
import { playRow } from './playRow.ts';
import { type AgentReport, emptyReport, type Result, readReport, writeReport } from './report.ts';
import { rowIds } from './rows/rowIds.ts';
import { ways } from './ways.ts';

// npm run agents: real agents with scripted models, connected by what Connect writes, play the rows of the README's table. Ends with 1
// if something fails, or went otherwise than `agents.json` says; `--record` writes there how it went.

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    row: { type: 'string' },
    way: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const wanted = (list: string | undefined, name: string): boolean => list === undefined || list.split(',').includes(name);
const out = join(import.meta.dirname, '..', '..', 'out', 'agents');
mkdirSync(out, { recursive: true });
await ensureAgents((line) => console.log(line));
await bundle(out, Object.fromEntries(Object.entries(bundles).filter(([name]) => ['bridge.cjs', 'hook.cjs'].includes(name))));

const report = readReport();
let failed = 0;
for (const agent of agents.filter(({ short }) => wanted(values.only, short))) {
  const played = await playAgent(agent, report.find((one) => one.agent === agent.name) ?? emptyReport(agent.name, agent.packageName));
  const index = report.findIndex((one) => one.agent === agent.name);
  report.splice(index === -1 ? report.length : index, index === -1 ? 0 : 1, played);
}
if (values.record) writeReport(report);
console.log(failed === 0 ? 'All as recorded.' : `${failed} not as recorded.`);
process.exitCode = failed === 0 ? 0 : 1;

/** Plays what is wanted of an agent; everything else stays as it was known. */
async function playAgent(agent: AgentProgram, known: AgentReport): Promise<AgentReport> {
  const introductions = new Set<string>();
  const next: AgentReport = {
    ...known,
    version: versionOf(agent),
    playedOn: new Date().toISOString().slice(0, 10),
    rows: { ...known.rows },
  };
  console.log(`${agent.name} ${next.version}`);
  for (const row of rowIds.filter((name) => wanted(values.row, name))) {
    for (const way of ways.filter((name) => wanted(values.way, name))) {
      const { result, seconds, introductions: names } = await playRow(agent, row, way, out);
      for (const name of names) introductions.add(name);
      const before = known.rows[row][way];
      const isNews = !values.record && !isDeepStrictEqual(before, result);
      if (result.kind === 'fails' || isNews) failed += 1;
      console.log(
        `  ${row}, ${way}: ${words(result)} (${seconds.toFixed(1)} s)${isNews ? `; recorded: ${before ? words(before) : 'nothing'}` : ''}`,
      );
      next.rows[row] = { ...next.rows[row], [way]: result };
    }
  }
  return { ...next, introductions: introductions.size === 0 ? known.introductions : [...introductions] };
}

function words(result: Result): string {
  return result.kind === 'works' ? 'works' : `${result.kind === 'no' ? 'no' : 'FAILS'}: ${result.reason}`;
}

function versionOf({ packageName }: AgentProgram): string {
  return (JSON.parse(readFileSync(program(packageName, 'package.json'), 'utf8')) as { version: string }).version;
}
