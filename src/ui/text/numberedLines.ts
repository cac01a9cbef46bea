import { visibleText } from './visibleText.ts';

/** The length at which a line is broken, far below the length at which the editor stops rendering. */
const pieceLength = 400;
/** How many blank pieces are shown before they are replaced by a summary. */
const blanksShown = 3;

/**
 * All of `text` with line numbers. A long line is broken, and its continuation has no number. A long stretch of blanks is replaced by
 * `blanks(characters)`, so that nothing can hide behind it.
 */
export function numberedLines(text: string, blanks: (characters: number) => string): string {
  const lines = visibleText(text).split('\n');
  const width = String(lines.length).length;
  const drawn: string[] = [];
  let blank: { text: string; characters: number }[] = [];
  const flush = (): void => {
    const characters = blank.reduce((sum, piece) => sum + piece.characters, 0);
    if (blank.length > blanksShown) drawn.push(`${' '.repeat(width)} ⋯ ${blanks(characters)}`);
    else drawn.push(...blank.map((piece) => piece.text));
    blank = [];
  };
  for (const [index, line] of lines.entries()) {
    for (const [part, piece] of cut(line).entries()) {
      const number = part === 0 ? String(index + 1).padStart(width) : ' '.repeat(width);
      const shown = `${number} │ ${piece}`;
      if (piece.trim() === '') {
        blank.push({ text: shown, characters: piece.length + (part === 0 && index > 0 ? 1 : 0) });
        continue;
      }
      flush();
      drawn.push(shown);
    }
  }
  flush();
  return drawn.join('\n');
}

/** Breaks a line into pieces, at least one, not within a character. */
function cut(line: string): string[] {
  return line.match(new RegExp(`[^]{1,${pieceLength}}(?![\\uDC00-\\uDFFF])`, 'g')) ?? [''];
}
