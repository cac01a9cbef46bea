import type { AgentReport } from '../agents/report.ts';
import { type RowId, rowIds } from '../agents/rows/rowIds.ts';
import { ways } from '../agents/ways.ts';

/** The columns of the README's table that real agents play, and the rows of the report that each stands for. */
const columns: { readonly [column: string]: readonly RowId[] } = {
  Tasks: ['tasks'],
  Question: ['question', 'later answer'],
  Permission: ['permission'],
  'Unread messages': ['unread message'],
  'Stop hook': ['stop hook'],
};

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
      ...checkTable(one, readme),
    ]),
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

function checkTable({ agent, version, rows }: AgentReport, readme: string): string[] {
  const problems = readme.includes(`${agent} ${version}`) ? [] : [`the README doesn’t say that ${agent} ${version} was played`];
  const table = tableOf(readme);
  const line = table.find((cells) => cells[0] === agent);
  if (line === undefined) return [...problems, `the README’s table has no ${agent}`];
  for (const [column, ids] of Object.entries(columns)) {
    const cell = line[table[0]?.indexOf(column) ?? -1] ?? '';
    const kinds = ids.flatMap((row) => ways.map((way) => rows[row][way]?.kind));
    const fits =
      cell === 'works' ? kinds.every((kind) => kind === 'works') : cell === 'no' ? !kinds.includes('works') : kinds.includes('works');
    if (!fits) problems.push(`the README says “${cell}” of ${agent}: ${column}, and the report says ${kinds.join(', ')}`);
  }
  return problems;
}

function tableOf(readme: string): string[][] {
  const [, after = ''] = readme.split('<!-- agent matrix -->');
  const lines = after.trim().split('\n\n')[0]?.split('\n') ?? [];
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}
