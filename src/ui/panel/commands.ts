import type { UiContext } from '../shell/context.ts';
import { pickTask } from '../shell/pickTask.ts';
import type { Command } from '../shell/registerCommands.ts';
import { targetOf } from '../tree/commandTarget.ts';
import type { Pages, TaskKey } from './api.ts';

type Deps = Pick<UiContext, 'board' | 'prompts' | 'l10n'> & { pages: Pages };

/** Opens the panel of a task. */
export function openTask(deps: Deps): Command {
  const { pages, l10n } = deps;
  return async (argument) => {
    const task = await chosenTask(argument, l10n.t('Which task do you want to read?'), deps);
    if (task !== undefined) await pages.openTask(task);
  };
}

/** Opens a task and its thread as text; without a row, that of the active panel. */
export function openTaskAsText(deps: Deps): Command {
  const { pages, l10n } = deps;
  return async (argument) => {
    const task = await chosenTask(argument, l10n.t('Which task do you want to read?'), deps, pages.readingTask());
    if (task !== undefined) await pages.openAsText(task);
  };
}

/** Lets the user attach files or the selection to their next message in a task: that of the row, or of the active panel. */
export function attachToTask(deps: Deps): Command {
  const { pages, l10n } = deps;
  return async (argument) => {
    const task = await chosenTask(argument, l10n.t('Attach to which task?'), deps, pages.readingTask());
    if (task !== undefined) await pages.attach(task);
  };
}

/** The task of a row; without a row `reading`, else one that the user picks. The user is told if that of the row is gone. */
async function chosenTask(argument: unknown, question: string, deps: Deps, reading?: TaskKey): Promise<TaskKey | undefined> {
  const { board, prompts, l10n } = deps;
  const { taskId } = targetOf(argument);
  if (taskId === undefined) return reading ?? (await pickTask(board.board, question, deps));
  const task = board.board.tasks.get(taskId);
  if (task === undefined) await prompts.toast('info', l10n.t('This task no longer exists. Nothing was changed.'));
  return task;
}
