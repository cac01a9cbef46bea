import { type Disturbance, disturbances, type RoundPlan, resumeMs } from './planRounds.ts';
import type { Round } from './playRound.ts';

/** What went otherwise than it has to in a round, a sentence each. */
export function faultsOf({ plan, said, happened, told, waits }: Round): string[] {
  // What was said was said of the program that was killed then; how long another one takes to start is its own.
  const isOther = plan.disturbance === 'agent killed' && plan.atMs >= 0 && happened === 'later';
  return [
    ...(happened === 'nothing' ? ['it was not woken'] : []),
    ...(told === 1 ? [] : [`it was told ${told} times`]),
    ...(said === 'now' && happened !== 'now' && !isOther ? [`it was said to be woken now, and ${happened} happened`] : []),
    ...(waits !== undefined && waits.processes + waits.rows !== 1 ? [`${waits.processes} processes and ${waits.rows} calls wait`] : []),
  ];
}

/** The rounds in which an agent that was there was woken at once, and how many of them were said to be so before. */
export function foretold(rounds: readonly Round[]): { woken: number; said: number } {
  const woken = rounds.filter(({ plan, happened }) => happened === 'now' && wasThere(plan));
  return { woken: woken.length, said: woken.filter(({ said }) => said === 'now').length };
}

/** Its program ran when the user wrote, or had been started again for long enough. */
function wasThere({ disturbance, atMs }: RoundPlan): boolean {
  if (disturbance === 'agent away') return false;
  return disturbance !== 'agent killed' || atMs >= 0 || atMs < -resumeMs;
}

/** A table of what happened beside the user's word, with times in milliseconds. */
export function tableOf(rounds: readonly Round[]): string {
  const kinds: (Disturbance | 'all')[] = [...disturbances.filter((kind) => rounds.some(({ plan }) => plan.disturbance === kind)), 'all'];
  const rows = kinds.map((kind) => {
    const some = rounds.filter(({ plan }) => kind === 'all' || plan.disturbance === kind);
    const times = some.flatMap(({ wokenMs }) => wokenMs ?? []).toSorted((a, b) => a - b);
    return [
      kind,
      some.length,
      times.length,
      some.filter(({ told }) => told === 1).length,
      counted(some.map(({ said }) => said ?? 'nothing')),
      counted(some.map(({ happened }) => happened)),
      part(times, 0.5),
      part(times, 0.95),
      part(times, 1),
    ].map(String);
  });
  const all = [['what happens', 'rounds', 'woken', 'told once', 'said before', 'happened', 'p50', 'p95', 'max'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd()).join('\n');
}

function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${word} ${count}`).join(', ');
}

/** The value below which this part of them lies; by the nearest rank. */
function part(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
