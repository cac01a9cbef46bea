import { UserError } from '../../util/errors.ts';
import { type Sentence, translatable } from '../../util/sentence.ts';

/**
 * Why an agent's config file was left alone.
 * - `unreadable`: it doesn't parse, isn't text, or isn't a file
 * - `unfit`: it parses, but what has to hold our entry is something else
 * - `taken`: an entry of that name is there, and it isn't ours
 * - `git`: a token would come into a file that git tracks, or would track
 * - `changed`: somebody wrote to it between the plan and now; make a new plan
 * - `not-writable`: writing failed, or the file is read-only
 * - `unknown`: there is no such connection, or what was asked for is not possible
 */
export type ConfigErrorCode = 'unreadable' | 'unfit' | 'taken' | 'git' | 'changed' | 'not-writable' | 'unknown';

/** Says in a sentence why nothing was changed, and what to do next. */
export class ConfigError extends UserError {
  override readonly code: ConfigErrorCode;
  /** The file that the user should look at. */
  readonly file: string | undefined;

  constructor(code: ConfigErrorCode, sentence: Sentence, options: ErrorOptions & { file?: string } = {}) {
    super(sentence, options);
    this.code = code;
    this.file = options.file;
  }
}

/** Runs what reads a text level by level. @throws ConfigError `unfit` if it has more levels than that takes */
export function withinStack<T>(file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const sentence = translatable(
      '{0} has more lists and objects in one another than AgentRQ can read. Look at it there, then try again.',
      file,
    );
    throw new ConfigError('unfit', sentence, { cause: error, file });
  }
}
