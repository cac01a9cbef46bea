import { defaultRangeExtractor, type Range } from '@tanstack/virtual-core';

/** The rows that are in the document: those on the screen, some around them, and the one at `held`, wherever it is; -1: none. */
export function rangeWith(range: Range, held: number): number[] {
  const indexes = defaultRangeExtractor(range);
  const [first = 0, last = -1] = [indexes[0], indexes.at(-1)];
  if (held >= 0 && held < first) indexes.unshift(held);
  else if (held > last) indexes.push(held);
  return indexes;
}
