/** A location in a file when the agent saw it; lines start at 1. */
export interface Anchor {
  line: number;
  /** The text at that time, from the beginning of the line. */
  snippet?: string | undefined;
}

/** A line, starting at 1. `found`: the text that the agent saw is there. */
export interface Anchored {
  line: number;
  found: boolean;
}

/**
 * Finds the anchor in the present text: at its line if the snippet is there, else at the nearest line where it is. Indentation is ignored.
 * If the snippet is not found, the line is kept within the file.
 */
export function anchor(lines: readonly string[], { line, snippet = '' }: Anchor): Anchored {
  const inside = Math.min(Math.max(1, line), Math.max(1, lines.length));
  const wanted = snippet.split(/\r\n|\r|\n/).map((each) => each.trim());
  const skipped = wanted.findIndex((each) => each !== '');
  if (skipped === -1) return { line: inside, found: inside === line };
  // Empty lines around the snippet are ignored.
  const core = wanted.slice(skipped, wanted.findLastIndex((each) => each !== '') + 1);
  const present = lines.map((each) => each.trim());
  const standsAt = (index: number): boolean => core.every((each, offset) => present[index + offset] === each);
  const start = line - 1 + skipped;
  for (let distance = 0; distance <= Math.max(start, lines.length); distance += 1) {
    for (const index of [start - distance, start + distance]) {
      if (index >= 0 && standsAt(index)) return { line: Math.max(1, index + 1 - skipped), found: true };
    }
  }
  return { line: inside, found: false };
}
