import type { Command, CommandDeps } from './command.ts';
import { targetOf } from './command.ts';

/** Asks for the answer to the request of a row. */
export function answerRequest({ answers }: CommandDeps): Command {
  return async (argument) => {
    const { requestId } = targetOf(argument);
    if (requestId !== undefined) await answers.ask(requestId);
  };
}
