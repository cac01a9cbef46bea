/** Parses JSON Lines: an object for each line that is not empty, or the number of the first line that is not a JSON object. */
export function readLines(text: string): { values: readonly object[] } | { badLine: number } {
  const values: object[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    const value = parse(line);
    if (value === undefined) return { badLine: index + 1 };
    values.push(value);
  }
  return { values };
}

function parse(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
