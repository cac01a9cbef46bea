import { visibleText } from './visibleText.ts';

/** The editor stops to draw a line at some length; this is far below. */
const pieceLength = 400;
/** Blank pieces that are drawn; where there are more, one line says so. */
const blanksShown = 3;

/**
 * All of `text`, line by line with its number, nothing hidden. A line that is too long goes on below, without a number. A long stretch
 * of blanks becomes what `blanks` says of its characters, so that nothing can hide behind it.
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

/** `line` in pieces, none of which ends inside a character. At least one. */
function cut(line: string): string[] {
  return line.match(new RegExp(`[^]{1,${pieceLength}}(?![\\uDC00-\\uDFFF])`, 'g')) ?? [''];
}
