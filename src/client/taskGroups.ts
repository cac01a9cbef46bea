import type { Task, TaskStatus } from '../protocol/model.ts';
import type { Board } from './board.ts';
import { openRequests } from './needs.ts';

/** Every status with its tasks. */
export type TaskGroups = Readonly<Record<TaskStatus, readonly Task[]>>;

/**
 * The tasks of each status, newest need first: those with an open request, by their newest one; then by their last message, or
 * by their last change where nobody has written; newest first.
 */
export function taskGroups(board: Board): TaskGroups {
  const newestNeed = new Map<string, string>();
  for (const { id, taskId } of openRequests(board)) if (taskId !== undefined) newestNeed.set(taskId, id);

  const groups: Record<TaskStatus, Task[]> = { notstarted: [], ongoing: [], blocked: [], completed: [], rejected: [], cron: [] };
  for (const task of board.tasks.values()) groups[task.status].push(task);
  for (const tasks of Object.values(groups)) {
    tasks.sort(
      (a, b) =>
        newestFirst(newestNeed.get(a.id) ?? '', newestNeed.get(b.id) ?? '') ||
        newestFirst(a.lastMessageAt ?? a.updatedAt, b.lastMessageAt ?? b.updatedAt) ||
        newestFirst(a.id, b.id),
    );
  }
  return groups;
}

/** Ids and times of the hub sort as text. */
function newestFirst(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
