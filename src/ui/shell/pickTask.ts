import type { Board } from '../../client/board.ts';
import { taskGroups } from '../../client/taskGroups.ts';
import type { Task } from '../../protocol/model.ts';
import { joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { statusOrder, statusText } from '../text/statusText.ts';
import type { Prompts } from './prompts.ts';

/**
 * Lets the user pick a task, by status and then the newest need. `undefined` if they cancel, or if there is no task (then it tells them).
 */
export async function pickTask(
  board: Board,
  placeholder: string,
  { prompts, l10n }: { prompts: Prompts; l10n: L10n },
): Promise<Task | undefined> {
  const groups = taskGroups(board);
  const tasks = statusOrder.flatMap((status) => groups[status]);
  if (tasks.length === 0) {
    await prompts.toast('info', l10n.t('No tasks yet. Create one with “AgentRQ: New Task for an Agent…”.'));
    return undefined;
  }
  const items = tasks.map((task) => ({
    label: taskTitle(task, l10n),
    description: joinParts([statusText(task.status, l10n), workspaceHint(board, task.workspaceId)]),
    value: task,
  }));
  const result = await prompts.pickOne(items, { title: 'AgentRQ', placeholder });
  return result.kind === 'picked' ? result.value : undefined;
}
