import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { agentsFolder } from './ensureAgent.ts';
import { type RowId, rowIds } from './rows/rowIds.ts';
import { type Way, ways } from './ways.ts';

const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('works') }),
  z.object({ kind: z.literal('no'), reason: z.string() }),
  z.object({ kind: z.literal('fails'), reason: z.string() }),
]);

/** What a play has shown: it goes, it can't go, or it should and doesn't. */
export type Result = z.infer<typeof outcomeSchema>;

/** By way; a row that is new has none. */
const resultsSchema = z
  .object(Object.fromEntries(ways.map((way) => [way, outcomeSchema.optional()])) as Record<Way, z.ZodOptional<typeof outcomeSchema>>)
  .default({});

const agentReportSchema = z.object({
  agent: z.string(),
  package: z.string(),
  version: z.string(),
  /** The day on which it was played last: RFC 3339, UTC. */
  playedOn: z.string(),
  /** The names and versions by which it introduces itself over MCP. */
  introductions: z.array(z.string()),
  rows: z.object(Object.fromEntries(rowIds.map((row) => [row, resultsSchema])) as Record<RowId, typeof resultsSchema>),
});

/** What one real agent was seen to do, row by row and way by way. */
export type AgentReport = z.infer<typeof agentReportSchema>;

const reportPath = join(agentsFolder, 'agents.json');

/** What was recorded last; nothing if nothing was. */
export function readReport(): AgentReport[] {
  return z.object({ agents: z.array(agentReportSchema) }).parse(JSON.parse(readFileSync(reportPath, 'utf8'))).agents;
}

export function writeReport(agents: readonly AgentReport[]): void {
  writeFileSync(reportPath, `${JSON.stringify({ agents }, null, 2)}\n`);
}

/** An agent of which nothing is known yet. */
export function emptyReport(agent: string, packageName: string): AgentReport {
  const rows = Object.fromEntries(rowIds.map((row) => [row, {}])) as AgentReport['rows'];
  return { agent, package: packageName, version: '', playedOn: '', introductions: [], rows };
}
