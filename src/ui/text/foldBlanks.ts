/** How many blank lines in a row are shown before they are replaced by a summary. */
const blanksShown = 3;

/**
 * Replaces each long stretch of blank lines by one that says so, so that nothing can hide behind it. Blank lines that are not `alike`
 * belong to two stretches.
 */
export function foldBlanks<L>(
  lines: readonly L[],
  isBlank: (line: L) => boolean,
  summary: (blanks: readonly L[]) => L,
  alike: (left: L, right: L) => boolean = () => true,
): L[] {
  const kept: L[] = [];
  let blanks: L[] = [];
  const flush = (): void => {
    kept.push(...(blanks.length > blanksShown ? [summary(blanks)] : blanks));
    blanks = [];
  };
  for (const line of lines) {
    if (isBlank(line)) {
      const last = blanks.at(-1);
      if (last !== undefined && !alike(last, line)) flush();
      blanks.push(line);
      continue;
    }
    flush();
    kept.push(line);
  }
  flush();
  return kept;
}
