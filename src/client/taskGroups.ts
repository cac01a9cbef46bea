import type { Task, TaskStatus } from '../protocol/model.ts';
import type { Board } from './board.ts';
import { openRequests } from './needs.ts';

/** Every status with its tasks. */
export type TaskGroups = Readonly<Record<TaskStatus, readonly Task[]>>;

/** The tasks of each status: those with the newest open request first. */
export function taskGroups(board: Board): TaskGroups {
  const groups: Record<TaskStatus, Task[]> = { notstarted: [], ongoing: [], blocked: [], completed: [], rejected: [], cron: [] };
  for (const task of board.tasks.values()) groups[task.status].push(task);
  const compare = newestNeedFirst(board);
  for (const tasks of Object.values(groups)) tasks.sort(compare);
  return groups;
}

/**
 * Compares tasks: first those with an open request, by the newest one; then by the last message, or by the last change if there is none;
 * newest first.
 */
export function newestNeedFirst(board: Board): (left: Task, right: Task) => number {
  const needs = new Map<string, string>();
  for (const { id, taskId } of openRequests(board)) if (taskId !== undefined) needs.set(taskId, id);
  return (left, right) =>
    newestFirst(needs.get(left.id) ?? '', needs.get(right.id) ?? '') ||
    newestFirst(left.lastMessageAt ?? left.updatedAt, right.lastMessageAt ?? right.updatedAt) ||
    newestFirst(left.id, right.id);
}

/** Ids and times of the hub sort as text. */
function newestFirst(a: string, b: string): number {
  return a > b ? -1 : a < b ? 1 : 0;
}
