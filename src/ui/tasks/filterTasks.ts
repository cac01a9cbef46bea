import type { Board } from '../../client/board.ts';
import type { Task } from '../../protocol/model.ts';
import { agentName, workspaceName } from '../text/displayNames.ts';
import type { L10n } from '../text/l10n.ts';
import type { TaskView } from './taskView.ts';

/** The tasks that match the filter, unordered. */
export function filterTasks(board: Board, needed: ReadonlySet<string | undefined>, view: TaskView, l10n: L10n): Task[] {
  const words = view.words.toLowerCase().split(/\s+/).filter(Boolean);
  const names = new Map<string, string>();
  const nameOf = (id: string, make: () => string): string => {
    const known = names.get(id) ?? make().toLowerCase();
    names.set(id, known);
    return known;
  };
  const holdsWords = (task: Task): boolean => {
    const title = task.title.toLowerCase();
    const { agentId, workspaceId } = task;
    const agent = agentId === undefined ? '' : nameOf(agentId, () => agentName(board.agents.get(agentId), l10n));
    const workspace = nameOf(workspaceId, () => workspaceName(board, workspaceId));
    return words.every((word) => title.includes(word) || agent.includes(word) || workspace.includes(word));
  };
  const shown: Task[] = [];
  for (const task of board.tasks.values()) {
    if (view.needsOnly && !needed.has(task.id)) continue;
    if (words.length === 0 || holdsWords(task)) shown.push(task);
  }
  return shown;
}
