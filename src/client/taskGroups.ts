import type { Task, TaskStatus } from '../protocol/model.ts';
import type { Board } from './board.ts';
import { requestsByNeed } from './needs.ts';

/** Every status with its tasks. */
export type TaskGroups = Readonly<Record<TaskStatus, readonly Task[]>>;

/** The tasks of each status: those with an open request first, in the order of `requestsByNeed`. */
export function taskGroups(board: Board): TaskGroups {
  const groups: Record<TaskStatus, Task[]> = { notstarted: [], ongoing: [], blocked: [], completed: [], rejected: [], cron: [] };
  for (const task of board.tasks.values()) groups[task.status].push(task);
  const compare = needFirst(board);
  for (const tasks of Object.values(groups)) tasks.sort(compare);
  return groups;
}

/**
 * Compares tasks: first those with an open request, in the order of `requestsByNeed`; then by the last message, or by the last change if
 * there is none; newest first.
 */
export function needFirst(board: Board): (left: Task, right: Task) => number {
  const ranks = new Map<string, number>();
  for (const { taskId } of requestsByNeed(board)) if (taskId !== undefined && !ranks.has(taskId)) ranks.set(taskId, ranks.size);
  return (left, right) =>
    (ranks.get(left.id) ?? ranks.size) - (ranks.get(right.id) ?? ranks.size) ||
    newestFirst(left.lastMessageAt ?? left.updatedAt, right.lastMessageAt ?? right.updatedAt) ||
    newestFirst(left.id, right.id);
}

/** Ids and times of the hub sort as text. */
function newestFirst(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
