import type { Command, CommandDeps } from '../shell/command.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Takes back the answer to the request of a row, or the last one. */
export function takeBackAnswer({ answers }: CommandDeps): Command {
  return async (argument) => answers.takeBack(targetOf(argument).requestId);
}
