import fc from 'fast-check';

/** What a person or an agent may write for a word, and the word that the program gets. */
export interface WrittenWord {
  source: string;
  word: string;
}

const letters = Array.from('abzAZ09_é漢');

function texts(alphabet: readonly string[], constraints: fc.StringConstraints = {}): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 6, ...constraints });
}

const quotable = [...letters, ...Array.from(' ;|&<>()*?[]{}~#=\n\t')];

const bare = texts([...letters, ...Array.from('@%+:,./^-')], { minLength: 1 }).map((word) => ({ source: word, word }));
const single = texts([...quotable, ...Array.from('$`"\\!')]).map((word) => ({ source: `'${word}'`, word }));
const double = fc
  .array(
    fc.oneof(
      fc.constantFrom(...quotable, "'").map((word) => ({ source: word, word })),
      fc.constantFrom('"', '\\').map((word) => ({ source: `\\${word}`, word })),
      fc.constantFrom('a', 'b', 'x').map((char) => ({ source: `\\${char}`, word: `\\${char}` })),
    ),
    { maxLength: 6 },
  )
  .map((pieces) => ({ source: `"${join(pieces).source}"`, word: join(pieces).word }));
const escaped = fc.constantFrom(...Array.from('ab ;|&<>()*?[]{}~#=\'"$`\\!')).map((word) => ({ source: `\\${word}`, word }));

function join(pieces: readonly WrittenWord[]): WrittenWord {
  return { source: pieces.map(({ source }) => source).join(''), word: pieces.map(({ word }) => word).join('') };
}

/** Words without expansions, in every way of quoting, also within one word. Harmless to bash as arguments of `printf`. */
export const writtenWords = fc.array(fc.oneof(bare, single, double, escaped), { minLength: 1, maxLength: 4 }).map(join);

/** What makes bash do more than run the words of one plain command, wherever it stands outside of quotes. */
export const metacharacters = [
  ['$x', '${x}', '$(rm x)', '$((1))', '`rm x`', '<(rm x)', '>(rm x)', "$'x'", '$"x"'],
  ['>x', '>>x', '2>x', '<x', '<<x', '<<<x', '&>x', '>&2', '>|x', '<>x'],
  ['&', '& rm x', '; rm x', '| rm x', '|& git x', '|| rm x', '&& rm x', ';;'],
  ['\n', '\nrm x', '\r', '\\\n', '\t', '\0', '\v', '\f', '\x1b[D', '\u0085', '\u00a0', '\u2003', '\u2028', '\u200b', '\ufeff'],
  ['(rm x)', '(', ')', '#', ' # x', "'", '"', '!x', '\ud800'],
].flat();

const words = [
  ['git', 'rm', 'if', 'then', 'fi', 'do', 'time', 'x', 'a=b', ' ', '  ', '{', '}', '[', ']', '*', '?', '~', '\\', '"a b"', "'c'"],
  ['{"command":"', '"}', '[[', '((', 'case x in', 'esac', 'function', 'coproc', '!', '=', '😀', '\udc00'],
].flat();

/** Texts that look like shell, whole or broken. */
export const shellish = fc.array(fc.constantFrom(...metacharacters, ...words), { maxLength: 40 }).map((pieces) => pieces.join(''));
