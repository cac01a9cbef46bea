import type { Command, CommandDeps } from '../shell/command.ts';
import { pickTask } from '../shell/pickTask.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Opens the page of a task. */
export function openTask(deps: CommandDeps): Command {
  const { board, pages, prompts, l10n } = deps;
  return async (argument) => {
    const { taskId } = targetOf(argument);
    const task =
      taskId === undefined ? await pickTask(board.board, l10n.t('Which task do you want to read?'), deps) : board.board.tasks.get(taskId);
    if (task !== undefined) await pages.openTask(task);
    else if (taskId !== undefined) await prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
  };
}
