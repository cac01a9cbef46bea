import { foldBlanks } from './foldBlanks.ts';
import { visibleText } from './visibleText.ts';

/** The length at which a line is broken, far below the length at which the editor stops rendering. */
const pieceLength = 400;
/**
 * All of `text` with line numbers. A long line is broken, and its continuation has no number. A long stretch of blanks is replaced by
 * `blanks(characters)`, so that nothing can hide behind it.
 */
export function numberedLines(text: string, blanks: (characters: number) => string): string {
  const lines = visibleText(text).split('\n');
  const width = String(lines.length).length;
  const pieces = lines.flatMap((line, index) =>
    cut(line).map((piece, part) => {
      const number = part === 0 ? String(index + 1).padStart(width) : ' '.repeat(width);
      const characters = piece.length + (part === 0 && index > 0 ? 1 : 0);
      return { drawn: `${number} │ ${piece}`, isBlank: piece.trim() === '', characters };
    }),
  );
  const folded = foldBlanks(
    pieces,
    ({ isBlank }) => isBlank,
    (blank) => {
      const characters = blank.reduce((sum, piece) => sum + piece.characters, 0);
      return { drawn: `${' '.repeat(width)} ⋯ ${blanks(characters)}`, isBlank: true, characters };
    },
  );
  return folded.map(({ drawn }) => drawn).join('\n');
}

/** Breaks a line into pieces, at least one, not within a character. */
function cut(line: string): string[] {
  return line.match(new RegExp(`[^]{1,${pieceLength}}(?![\\uDC00-\\uDFFF])`, 'g')) ?? [''];
}
