// Errors of two kinds: those meant for the user (`UserError`), and everything else, which is a bug.

import { inEnglish, type Sentence } from './sentence.ts';

/** An error whose message is ready to be shown: a sentence that says what happened and what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** Never changes. */
  readonly code: string | undefined;

  /** The message, as it can be put into the user's language. */
  readonly sentence: Sentence;

  constructor(sentence: Sentence, { code, ...options }: ErrorOptions & { code?: string } = {}) {
    super(inEnglish(sentence), options);
    this.code = code;
    this.sentence = sentence;
  }
}

/** One line for a log or a toast: the messages of `error` and of its causes, outermost first. */
export function describeError(error: unknown): string {
  const messages: string[] = [];
  for (let current = error; current !== undefined; current = current instanceof Error ? current.cause : undefined) {
    // oxlint-disable-next-line typescript/no-base-to-string -- anything can be thrown; there is no better word for it.
    messages.push(current instanceof Error ? current.message : String(current));
  }
  return messages.join(': ');
}

/** For what helps where it can: a failure counts as nothing. */
export function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** Ends a switch over a union: a member that was forgotten no longer compiles, and one from outside throws. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
