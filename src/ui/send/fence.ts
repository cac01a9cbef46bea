/** `text` as a fenced block of Markdown: the fence is longer than any run of backticks in it, so nothing in it ends the block. */
export function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  // A language with anything odd in it would be read as something else.
  return `${marks}${/^[\w+#.-]*$/.test(language) ? language : ''}\n${text.replace(/\n$/, '')}\n${marks}`;
}
