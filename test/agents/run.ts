import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describeError } from '../../src/util/errors.ts';
import type { TestCounts } from '../support/testCounts.ts';
import { type AgentProgram, program } from './agents/agentProgram.ts';
import { agents } from './agents/agents.ts';
import { ensureAgent } from './ensureAgent.ts';
import { playRow } from './playRow.ts';
import { withMatrix } from './readmeMatrix.ts';
import { chosen, readOptions } from './readOptions.ts';
import { type AgentReport, emptyReport, type Result, readReport, writeReport } from './report.ts';
import { rowIds } from './rows/rowIds.ts';
import { ways } from './ways.ts';

// npm run agents: real agents with scripted models, connected by what Connect writes, play the rows of the README's table. Ends with 1
// if something fails, or went otherwise than `agents.json` says; `--record` writes there, and into the README's table, how it went.
// `--readme` plays nothing, and brings that table up to date.

const shorts = agents.map(({ short }) => short);
const usage = `Usage: npm run agents -- [--only NAME,…] [--row NAME,…] [--way NAME,…] [--record | --readme]
       npm run agents -- wake | cost [--help]

  --only NAME,…  the agents that play: ${shorts.join(', ')}
  --row NAME,…   the rows that they play: ${rowIds.join(', ')}
  --way NAME,…   how they are connected: ${ways.join(', ')}
  --record       writes how it went into test/agents/agents.json, and into the README's table
  --readme       plays nothing, and makes that table of what was recorded
  --help         print this
`;

const values = readOptions(usage, {
  only: { type: 'string' },
  row: { type: 'string' },
  way: { type: 'string' },
  record: { type: 'boolean', default: false },
  readme: { type: 'boolean', default: false },
});
const wantedAgents = chosen('only', values.only, shorts, usage);
const wantedRows = chosen('row', values.row, rowIds, usage);
const wantedWays = chosen('way', values.way, ways, usage);
const out = join(import.meta.dirname, '..', '..', 'out', 'agents');
mkdirSync(out, { recursive: true });

const counts: TestCounts = { passed: 0, failed: 0, failures: [] };
for (const agent of values.readme ? [] : agents.filter(({ short }) => wantedAgents.includes(short))) {
  if (!(await isInstalled(agent))) continue;
  const isIt = (one: AgentReport): boolean => one.agent === agent.name;
  const played = await playAgent(agent, readReport().find(isIt) ?? emptyReport(agent.name, agent.packageName));
  // Agent by agent, and what is there by then: a run that is stopped, or another one, loses nothing.
  const report = readReport();
  const known = report.some(isIt) ? report : [...report, played];
  if (values.record) writeReport(known.map((one) => (isIt(one) ? played : one)));
}
if (values.record || values.readme) {
  const readme = join(import.meta.dirname, '..', '..', 'README.md');
  writeFileSync(readme, withMatrix(readFileSync(readme, 'utf8'), readReport()));
}
console.log(counts.failed === 0 ? 'All as recorded.' : `${counts.failed} not as recorded.`);
const countsPath = process.env['AGENTRQ_TEST_COUNTS'];
if (countsPath !== undefined) writeFileSync(countsPath, JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

/** Whether the agent is here, also if it had to be installed. Why not is said. */
async function isInstalled({ packageName }: AgentProgram): Promise<boolean> {
  try {
    await ensureAgent(packageName, (line) => console.log(line));
    return true;
  } catch (error) {
    console.log(describeError(error));
    counts.failed += 1;
    counts.failures.push(describeError(error));
    return false;
  }
}

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
  for (const row of wantedRows) {
    for (const way of wantedWays) {
      const { result, seconds, introductions: names } = await playRow(agent, row, way, out);
      for (const name of names) introductions.add(name);
      const before = known.rows[row][way];
      const isNews = !values.record && !isDeepStrictEqual(before, result);
      const how = `${row}, ${way}: ${words(result)} (${seconds.toFixed(1)} s)${isNews ? `; recorded: ${before ? words(before) : 'nothing'}` : ''}`;
      console.log(`  ${how}`);
      const failed = result.kind === 'fails' || isNews;
      counts[failed ? 'failed' : 'passed'] += 1;
      if (failed) counts.failures.push(`${agent.name} ${how}`);
      next.rows[row] = { ...next.rows[row], [way]: result };
    }
  }
  return { ...next, introductions: introductions.size === 0 ? known.introductions : [...introductions] };
}

function words(result: Result): string {
  return result.kind === 'works' ? 'works' : `${result.kind === 'no' ? 'no' : 'FAILS'}: ${result.reason}`;
}

function versionOf({ packageName }: AgentProgram): string {
  return (JSON.parse(readFileSync(program(packageName, packageName, 'package.json'), 'utf8')) as { version: string }).version;
}
