import { visibleLine, visibleText } from './visibleText.ts';

// Escapes text of agents in a Markdown page. The page is read as source, but in a preview too nothing becomes an image, a link or HTML.

/** Escapes text as one line, for a heading or list. */
export function escapeLine(text: string): string {
  return visibleLine(text).replace(/[\\`<>&[\]*~|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}

/** Text as an indented code block, in which Markdown has no meaning. It must not follow a list, which would include it. */
export function escapeBlock(text: string): string {
  return visibleText(text)
    .replace(/^\n+|\s+$/g, '')
    .replace(/^(?=.)/gm, '    ');
}

/** Text as one line that can be nothing but text, whatever stands around it: an entity is never a mark of Markdown. */
export function inertLine(text: string): string {
  return visibleLine(text).replace(/[^\p{L}\p{N} ]/gu, (character) => `&#${character.codePointAt(0)};`);
}
