import { targetOf } from '../targetOf.ts';
import type { Command, CommandDeps } from './command.ts';

/** Takes back the answer to the request of a row, or the last one. */
export function takeBackAnswer({ answers }: CommandDeps): Command {
  return async (argument) => answers.takeBack(targetOf(argument).requestId);
}
