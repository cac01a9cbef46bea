/** A text to look for: a string is to be contained, a regular expression to match. */
export type Pattern = string | RegExp;

/** Whether a text is what was looked for. */
export function matches(pattern: Pattern, text: string): boolean {
  return typeof pattern === 'string' ? text.includes(pattern) : text.search(pattern) >= 0;
}

/** A text for an attribute selector. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}
