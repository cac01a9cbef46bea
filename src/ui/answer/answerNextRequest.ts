import type { Command, CommandDeps } from '../shell/command.ts';

/** Asks for the answer to one request after the other, until none waits. */
export function answerNextRequest({ answers }: CommandDeps): Command {
  return async () => answers.next();
}
