// Words of a command line, read and written.

/** Stands before a character that the shell acts on. No command has it: NUL can't be in an argument. */
export const live = '\0';

/**
 * A word as the program gets it, with `live` before each unquoted `*`, `?`, `[`, `{` and leading `~`, and before the `=` of an
 * assignment that stands before a command. So `'*'` and `*` are different words.
 */
export type Word = string;

/** In a rule: any characters; as the last word of a rule: any words. */
export const anything: Word = `${live}*`;

/** Says that the shell may make several words of this one, or others than it shows. */
export function isOpen(word: Word): boolean {
  return ['*', '?', '[', '{'].some((char) => word.includes(live + char));
}

export function isAssignment(word: Word): boolean {
  return word.includes(`${live}=`);
}

/** The words as text that reads back as the same words. */
export function formatWords(words: readonly Word[]): string {
  const program = words.findIndex((word) => !isAssignment(word));
  return words.map((word, index) => formatWord(word, index === program)).join(' ');
}

function formatWord(word: Word, isProgram: boolean): string {
  const [plain = '', ...acting] = word.split(live);
  if (word === '') return "''";
  const quoted = isProgram && (reserved.has(plain) || plain.includes('='));
  return (quoted ? quote(plain) : quoteIfNeeded(plain)) + acting.map(formatActing).join('');
}

/** A tilde is one only with its slash, so that isn't quoted either. */
function formatActing(text: string): string {
  const bare = text.startsWith('~/') ? 2 : 1;
  return text.slice(0, bare) + quoteIfNeeded(text.slice(bare));
}

function quoteIfNeeded(text: string): string {
  return /^[\w@%+=:,./-]*$/.test(text) ? text : quote(text);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Where a program is expected, these are none without quotes. The others have characters that need quotes anyway. */
const reserved = new Set('if then elif else fi for while until do done case esac in select function time coproc'.split(' '));
