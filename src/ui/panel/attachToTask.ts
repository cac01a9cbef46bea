import type { Command, CommandDeps } from '../shell/command.ts';
import { pickTask } from '../shell/pickTask.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Lets the person choose files, or what is selected, for their next message in a task: that of the row, or whose panel is in front. */
export function attachToTask(deps: CommandDeps): Command {
  const { board, pages, l10n } = deps;
  return async (argument) => {
    const { taskId } = targetOf(argument);
    const known = taskId === undefined ? pages.readingTask() : board.board.tasks.get(taskId);
    const task = known ?? (await pickTask(board.board, l10n.t('To which task do you want to attach something?'), deps));
    if (task !== undefined) await pages.attach(task);
  };
}
