import { table, withPart } from '../../scripts/docs/markedPart.ts';
import { capabilities, type Row, rows } from '../hub/agentMatrix/matrix.ts';
import type { AgentReport } from './report.ts';
import type { RowId } from './rows/rowIds.ts';
import { ways } from './ways.ts';

// The README's table of agents is made of what the real programs were seen to do.

/** What each column that real agents play stands for. The others are what `test/hub/agentMatrix` says. */
const played: { readonly [column: string]: readonly RowId[] } = {
  tasks: ['tasks'],
  question: ['question', 'later answer'],
  permission: ['permission'],
  'unread messages': ['unread message'],
  'stop hook': ['stop hook'],
  unasked: ['pre-approval'],
  'still asks': ['still asks'],
  'hub restarts': ['restarted hub'],
  stopped: ['stopped'],
};
const channel = capabilities.find((capability) => !(capability in played));
const columns = [...Object.keys(played), channel ?? ''];

/** The README with the table that the report says. @throws Error if it has no place for it */
export function withMatrix(readme: string, report: readonly AgentReport[]): string {
  return withPart(readme, 'agent matrix', matrix(report), 'npm run agents -- --readme');
}

/** The table, and what it was played with. */
function matrix(report: readonly AgentReport[]): string {
  const heading = (column: string): string => column.charAt(0).toUpperCase() + column.slice(1);
  const lines = rows.map((row) => [row.agent, ...columns.map((column) => cellOf(row, column, report))]);
  const days = report.map(({ playedOn }) => playedOn).toSorted();
  const programs = report.map(({ agent, version }) => `${agent} ${version}`).join(', ');
  return [table(['Agent', ...columns.map(heading)], lines), '', `Played until ${days.at(-1) ?? ''}: ${programs}.`].join('\n');
}

function cellOf({ agent, cells }: Row, column: string, report: readonly AgentReport[]): string {
  const known: string | undefined = column in cells ? cells[column as keyof typeof cells] : undefined;
  const one = report.find((each) => each.agent === agent);
  const ids = played[column];
  if (one === undefined || ids === undefined) return known ?? 'not tried';
  const kinds = ids.flatMap((id) => ways.map((way) => one.rows[id][way]?.kind));
  if (!kinds.includes('works')) return 'no';
  // A limit that no run can see has its note below the table.
  if (known?.startsWith('with a limit') === true) return known;
  return kinds.every((kind) => kind === 'works') ? 'works' : 'in part';
}
