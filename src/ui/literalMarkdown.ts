import { visibleLine, visibleText } from './visibleText.ts';

// Text of agents inside a Markdown page. The page is read as source, but also stays text in a preview: nothing in it becomes an
// image, a link or HTML.

/** One line, for a heading or a list. */
export function literalLine(text: string): string {
  return visibleLine(text).replace(/[\\`<>&[\]]/g, '\\$&');
}

/** Any text, in a fence that is longer than every run of tildes in it. */
export function literalBlock(text: string): string {
  const content = visibleText(text).replace(/\n+$/, '');
  const longest = Math.max(2, ...(content.match(/~+/g) ?? []).map((run) => run.length));
  const fence = '~'.repeat(longest + 1);
  return `${fence}text\n${content}\n${fence}`;
}
