import type { UiContext } from '../shell/context.ts';
import { pickTask } from '../shell/pickTask.ts';
import type { Command } from '../shell/registerCommands.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { Pages } from './api.ts';

type Deps = Pick<UiContext, 'board' | 'prompts' | 'l10n'> & { pages: Pages };

/** Opens the panel of a task. */
export function openTask(deps: Deps): Command {
  const { board, pages, prompts, l10n } = deps;
  return async (argument) => {
    const { taskId } = targetOf(argument);
    const task =
      taskId === undefined ? await pickTask(board.board, l10n.t('Which task do you want to read?'), deps) : board.board.tasks.get(taskId);
    if (task !== undefined) await pages.openTask(task);
    else if (taskId !== undefined) await prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
  };
}

/** Opens a task and its thread as text; without a row, that of the active panel. */
export function openTaskAsText(deps: Deps): Command {
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

/** Lets the user attach files or the selection to their next message in a task: that of the row, or of the active panel. */
export function attachToTask(deps: Deps): Command {
  const { board, pages, l10n } = deps;
  return async (argument) => {
    const { taskId } = targetOf(argument);
    const known = taskId === undefined ? pages.readingTask() : board.board.tasks.get(taskId);
    const task = known ?? (await pickTask(board.board, l10n.t('Attach to which task?'), deps));
    if (task !== undefined) await pages.attach(task);
  };
}
