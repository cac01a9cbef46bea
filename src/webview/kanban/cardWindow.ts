/** Columns with no more cards than this are drawn whole. */
export const drawnWhole = 200;

const margin = 12;

/** Which cards of a long column are drawn: `from` inclusive, `to` exclusive. */
export interface CardWindow {
  from: number;
  to: number;
}

/**
 * The cards that can be seen, some above and below them; of a short column all.
 * @param scrolled how far the column is scrolled, in pixels
 * @param height of what can be seen, in pixels
 * @param each height of a card with the gap to the next one, in pixels; 0 until one has been drawn
 */
export function cardWindow(count: number, { scrolled, height, each }: { scrolled: number; height: number; each: number }): CardWindow {
  if (count <= drawnWhole) return { from: 0, to: count };
  if (each <= 0) return { from: 0, to: margin };
  const from = Math.max(0, Math.min(count - 1, Math.floor(scrolled / each)) - margin);
  const to = Math.min(count, Math.ceil((scrolled + height) / each) + margin);
  return { from, to: Math.max(to, from) };
}
