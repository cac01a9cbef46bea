/**
 * The document with this text between the marks of the part.
 * @param command what makes the part, as its first mark names it
 * @throws Error if it has no such part
 */
export function withPart(document: string, name: string, text: string, command = 'npm run docs'): string {
  const begin = `<!-- ${name}: ${command} -->`;
  const end = `<!-- /${name} -->`;
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from) throw new Error(`the document has no place for ${name}: ${begin} … ${end}`);
  return `${document.slice(0, from)}${begin}\n\n${text}\n\n${document.slice(to)}`;
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
