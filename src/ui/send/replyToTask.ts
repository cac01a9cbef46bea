import type { Command, CommandDeps } from '../shell/command.ts';
import { pickTask } from '../shell/pickTask.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Writes a message to the agent of a task. */
export function replyToTask(deps: CommandDeps): Command {
  const { board, replies, l10n } = deps;
  return async (argument) => {
    const taskId = targetOf(argument).taskId ?? (await pickTask(board.board, l10n.t('Which task do you want to reply to?'), deps))?.id;
    if (taskId !== undefined) await replies.ask(taskId);
  };
}
