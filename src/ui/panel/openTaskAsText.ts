import type { Command, CommandDeps } from '../shell/command.ts';
import { pickTask } from '../shell/pickTask.ts';
import { targetOf } from '../tree/commandTarget.ts';

/** Opens a task and its thread as text; without a row, the one whose panel is in front. */
export function openTaskAsText(deps: CommandDeps): Command {
  const { board, pages, prompts, l10n } = deps;
  return async (argument) => {
    const { taskId } = targetOf(argument);
    const task =
      taskId === undefined
        ? (pages.readingTask() ?? (await pickTask(board.board, l10n.t('Which task do you want to read?'), deps)))
        : board.board.tasks.get(taskId);
    if (task !== undefined) await pages.openAsText(task);
    else if (taskId !== undefined) await prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
  };
}
