import type { Row } from '../../protocol/toPanelPage.ts';

/** What the page has to be told to get from `before` to `after`. */
export function rowsBetween(before: readonly Row[], after: readonly Row[]): { rows: Row[]; removed: string[] } {
  const shown = new Map(before.map((row) => [row.id, row]));
  const rows = after.filter((row) => !isSame(shown.get(row.id), row));
  const kept = new Set(after.map(({ id }) => id));
  return { rows, removed: before.flatMap(({ id }) => (kept.has(id) ? [] : [id])) };
}

function isSame(shown: Row | undefined, row: Row): boolean {
  // Rows are data, made by one function, so their members stand in one order.
  return shown === row || (shown !== undefined && JSON.stringify(shown) === JSON.stringify(row));
}
