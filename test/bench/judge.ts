import { allSystems, type Bar, faults, type Row, type System } from './bench.ts';
import type { Measured } from './runCases.ts';
import { median } from './stats.ts';

/** A line of the table, with what was found. */
export interface JudgedRow {
  label: string;
  unit: string;
  medians: Partial<Record<System, number>>;
  /** The hub's figure against the floor's of the same run. */
  ratio?: { median: number; min: number; max: number };
  bar?: string;
  met?: boolean;
}

/** A case, judged. */
export interface JudgedCase {
  scenario: string;
  label: string;
  rows: JudgedRow[];
  /** Events that didn't come once and in order, over all runs and systems: a sentence each. */
  faults: string[];
  broken?: string;
  /** Everything that was measured. */
  runs: Measured['figures'];
}

/** Medians, ratios within each run, and whether the bars were met. */
export function judge({ subject, figures, broken }: Measured): JudgedCase {
  const { scenario, label } = subject;
  const wrong = allSystems.flatMap((system) =>
    (figures[system] ?? []).flatMap((found, run) =>
      faults
        .filter((fault) => (found[fault] ?? 0) > 0)
        .map((fault) => `${scenario}, ${label}: ${system} had ${found[fault]} events ${fault} in run ${run + 1}`),
    ),
  );
  return {
    scenario,
    label,
    rows: subject.rows.map((row) => judgeRow(row, figures)),
    faults: wrong,
    ...(broken !== undefined && { broken }),
    runs: figures,
  };
}

function judgeRow({ figure, label, unit, bar }: Row, figures: Measured['figures']): JudgedRow {
  const valuesOf = (system: System): number[] => (figures[system] ?? []).map((found) => found[figure] ?? Number.NaN);
  const medians = Object.fromEntries(
    allSystems.filter((system) => (figures[system] ?? []).length > 0).map((system) => [system, median(valuesOf(system))]),
  );
  const floor = valuesOf('floor');
  const ratios = valuesOf('agentrq')
    .map((value, run) => value / (floor[run] ?? Number.NaN))
    .filter((ratio) => Number.isFinite(ratio));
  const ratio = ratios.length === 0 ? undefined : { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
  const judged: JudgedRow = { label, unit, medians, ...(ratio !== undefined && { ratio }) };
  if (bar === undefined) return judged;
  const value = bar.of === 'ratio' ? ratio?.median : medians['agentrq'];
  return { ...judged, bar: barText(bar, unit), met: value !== undefined && isMet(bar, value) };
}

function isMet({ atLeast = -Infinity, atMost = Infinity }: Bar, value: number): boolean {
  return value >= atLeast && value <= atMost;
}

function barText({ of, atLeast, atMost }: Bar, unit: string): string {
  const limit = atLeast === undefined ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return of === 'ratio' ? `${limit} × floor` : `${limit} ${unit}`.trim();
}
