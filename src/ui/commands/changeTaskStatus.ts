import { taskTitle } from '../boardNames.ts';
import { pickTask } from '../pickTask.ts';
import { statusOrder, statusWord } from '../statusWords.ts';
import type { Command, CommandDeps } from './command.ts';
import { targetOf } from './command.ts';

/** Moves a task to another status. */
export function changeTaskStatus(deps: CommandDeps): Command {
  const { board, api, prompts, l10n } = deps;
  return async (argument) => {
    const { taskId } = targetOf(argument);
    const task =
      taskId === undefined ? await pickTask(board.board, l10n.t('Which task do you want to move?'), deps) : board.board.tasks.get(taskId);
    if (task === undefined) return;
    const items = statusOrder
      .filter((status) => status !== 'cron' && status !== task.status)
      .map((status) => ({ label: statusWord(status, l10n), value: status }));
    const result = await prompts.pickOne(items, {
      title: l10n.t('Status of “{0}”', taskTitle(task, l10n)),
      placeholder: l10n.t('It is {0} now. What is it from now on?', statusWord(task.status, l10n)),
    });
    if (result.kind !== 'picked') return;
    await api.call('changeTaskStatus', { workspaceId: task.workspaceId, taskId: task.id, value: result.value });
  };
}
