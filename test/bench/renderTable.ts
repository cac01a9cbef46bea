import type { JudgedCase, JudgedRow } from './judge.ts';

const headings = ['scenario', 'what', 'floor', 'coalesced', 'better-sse', 'hub', 'hub : floor', '(from … to)', 'bar', 'met'];
/** The first two columns are words; figures stand to the right. */
const words = new Set([0, 1, 8, 9]);

/** The table as it is printed. */
export function renderTable(cases: readonly JudgedCase[]): string {
  const lines = [headings];
  for (const { scenario, label, rows, broken } of cases) {
    lines.push([`${scenario}: ${label}`, ...(broken === undefined ? [] : [`BROKEN: ${broken}`])]);
    for (const row of rows) lines.push(cells(row));
  }
  const isHeading = (line: readonly string[]): boolean => line.length < headings.length;
  const widths = headings.map((_, column) =>
    Math.max(...lines.filter((line) => !isHeading(line)).map((line) => line[column]?.length ?? 0)),
  );
  return lines
    .map((line) => {
      if (isHeading(line)) return line.join('  ');
      return line
        .map((cell, column) => (words.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  ');
    })
    .map((line) => line.trimEnd())
    .join('\n');
}

function cells({ label, unit, medians, ratio, bar, met }: JudgedRow): string[] {
  const spread = ratio === undefined ? '' : `(${round(ratio.min)} … ${round(ratio.max)})`;
  return [
    '',
    unit === '' ? label : `${label}, ${unit}`,
    round(medians.floor),
    round(medians.coalesced),
    round(medians['better-sse']),
    round(medians.agentrq),
    round(ratio?.median),
    spread,
    bar ?? '',
    met === undefined ? '' : met ? 'yes' : 'NO',
  ];
}

/** Three digits are more than a busy machine can promise. */
function round(value: number | undefined): string {
  if (value === undefined) return '';
  if (Number.isNaN(value)) return '?';
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));
}
