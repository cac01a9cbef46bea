import { visibleLine, visibleText } from './visibleText.ts';

// Text of agents inside a Markdown page. The page is read as source, but also stays text in a preview: nothing in it becomes an
// image, a link or HTML.

/** One line, for a heading or a list. */
export function literalLine(text: string): string {
  return visibleLine(text).replace(/[\\`<>&[\]*~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}

/**
 * Any text, indented: quiet to read, and an indented code block to Markdown, in which nothing means anything. It must not follow a list,
 * which would take it in.
 */
export function literalBlock(text: string): string {
  return visibleText(text)
    .replace(/^\n+|\s+$/g, '')
    .replace(/^(?=.)/gm, '    ');
}
