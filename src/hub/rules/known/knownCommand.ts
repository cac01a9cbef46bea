import type { RunFolder } from '../place/place.ts';
import type { Word } from '../word.ts';

// What a table says of one command. Whatever isn't said is asked.

/**
 * A command that does nothing but read in the workspace, as long as its words are those below.
 *
 * The options are written one after the other, exactly as the command takes them: `-x` has no value; `-x=KIND` has one, in the same word
 * or in the next; `-x[=KIND]` has one in the same word or none; `-x:KIND` has one in the next word only; `-x[:KIND]` is like `-x=KIND`, but
 * has none as the last word; `--x=KIND`, `--x[=KIND]` likewise, with an equals sign in the same word.
 */
export interface KnownCommand {
  /** Its first words. */
  name: string;
  /** Where the options were read. */
  manual: string;
  /** The systems for which that is the manual. */
  on: readonly NodeJS.Platform[];
  options: string;
  /** Short options may share a dash: `-la`. */
  clusters?: boolean;
  /** `-5` is an option. */
  dashNumber?: boolean;
  operands: Operands;
  /** A last look at what was read. */
  accepts?: (read: ReadWords, place: RunFolder) => boolean;
}

/**
 * What a command takes besides options: `paths` into the workspace; a `pattern` before them, unless one of the options named brings it;
 * `files`, no folders; `texts` that are no paths; `anyWords`, also such as look like options; `names` of letters, digits, `.`, `_`, `+`
 * and `-`; or what `expression` says to all words.
 */
export type Operands =
  | { kind: 'none' | 'texts' | 'names' | 'anyWords' }
  | { kind: 'expression'; accepts: (words: readonly Word[], place: RunFolder) => boolean }
  | { kind: 'paths' | 'files'; atMost?: number }
  | { kind: 'pattern'; orOption: readonly string[] };

/** The options and operands of a command line. */
export interface ReadWords {
  options: readonly { name: string; value?: string }[];
  operands: readonly Word[];
}

export const linux: readonly NodeJS.Platform[] = ['linux'];
export const unix: readonly NodeJS.Platform[] = ['linux', 'darwin'];
