/** Where in a file something is, as the agent saw it: lines counted from 1. */
export interface Anchor {
  line: number;
  /** What stood there, from the beginning of that line on. */
  snippet?: string | undefined;
}

/** A line, counted from 1; `found` is false if what the agent saw there has changed or is gone. */
export interface Anchored {
  line: number;
  found: boolean;
}

/**
 * Where the anchor is in the text as it is now: at its line if the snippet stands there, else where the snippet is nearest to that.
 * Indents don't count. If the snippet is nowhere, the line is kept as far as there is one.
 */
export function anchor(lines: readonly string[], { line, snippet = '' }: Anchor): Anchored {
  const inside = Math.min(Math.max(1, line), Math.max(1, lines.length));
  const wanted = snippet.split(/\r\n|\r|\n/).map((each) => each.trim());
  const skipped = wanted.findIndex((each) => each !== '');
  if (skipped === -1) return { line: inside, found: inside === line };
  // Empty lines around it say nothing.
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
