import { withMatrix } from '../agents/readmeMatrix.ts';
import type { AgentReport } from '../agents/report.ts';
import { rowIds } from '../agents/rows/rowIds.ts';
import { ways } from '../agents/ways.ts';

/** What the report of the real agents is held against. */
export interface AgentReportSources {
  report: readonly AgentReport[];
  /** The version of each package that is asked for, and of each that the lock file has. */
  wanted: Readonly<Record<string, string>>;
  locked: Readonly<Record<string, string>>;
  readme: string;
}

/** Where the report of the real agents, the lock file and the README say different things: a sentence each. */
export function checkAgentReport({ report, wanted, locked, readme }: AgentReportSources): string[] {
  return [
    ...Object.keys(wanted).flatMap((name) =>
      report.some((one) => one.package === name) ? [] : [`${name} is installed and not in the report`],
    ),
    ...report.flatMap((one) => [
      ...(wanted[one.package] === locked[one.package] ? [] : [`package.json and the lock file differ in ${one.package}`]),
      ...(locked[one.package] === one.version
        ? []
        : [`${one.agent} was played as ${one.version}, and the lock file has ${locked[one.package]}: play it again, with --record`]),
      ...checkRows(one),
    ]),
    ...(withMatrix(readme, report) === readme ? [] : ['the README’s table is not what the report says: npm run agents -- --readme']),
  ];
}

function checkRows({ agent, rows }: AgentReport): string[] {
  return rowIds.flatMap((row) =>
    ways.flatMap((way) => {
      const result = rows[row][way];
      if (result === undefined) return [`${agent}: ${row}, ${way} was not played`];
      return result.kind === 'fails' ? [`${agent}: ${row}, ${way} fails`] : [];
    }),
  );
}
