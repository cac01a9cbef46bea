import type { Board } from '../../client/board.ts';
import { taskGroups } from '../../client/taskGroups.ts';
import type { Task } from '../../protocol/model.ts';
import { joinParts, taskTitle, workspaceHint } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import { statusOrder, statusWord } from '../text/statusText.ts';
import type { Prompts } from './prompts.ts';

/** Lets the person pick one of the tasks, the newest need first in each status; `undefined` if they don't, or if there is none (then it says so). */
export async function pickTask(
  board: Board,
  placeholder: string,
  { prompts, l10n }: { prompts: Prompts; l10n: L10n },
): Promise<Task | undefined> {
  const groups = taskGroups(board);
  const tasks = statusOrder.flatMap((status) => groups[status]);
  if (tasks.length === 0) {
    await prompts.toast('info', l10n.t('There is no task yet. Make one with “AgentRQ: New Task for an Agent…”.'));
    return undefined;
  }
  const items = tasks.map((task) => ({
    label: taskTitle(task, l10n),
    description: joinParts([statusWord(task.status, l10n), workspaceHint(board, task.workspaceId)]),
    value: task,
  }));
  const result = await prompts.pickOne(items, { title: 'AgentRQ', placeholder });
  return result.kind === 'picked' ? result.value : undefined;
}
