import { isFinished } from '../../protocol/isFinished.ts';
import type { Task, TaskStatus } from '../../protocol/model.ts';
import type { TaskGroup } from './arrangeTasks.ts';
import type { TaskChange } from './changeTasks.ts';
import { placeTasks } from './placeTasks.ts';

/** The changes that set the status of `tasks`; none for those that have it. */
export function toStatus(tasks: readonly Task[], status: TaskStatus): TaskChange[] {
  return tasks.filter((task) => task.status !== status).map((task) => ({ task, to: { status } }));
}

/** The changes that move `tasks` before the task `before` of `group`, or to its end, and set its status. */
export function toPlace(group: TaskGroup, tasks: readonly Task[], before: string | undefined): TaskChange[] {
  const { status } = group;
  const queue = group.tasks.filter((task) => !isFinished(task));
  const ids = tasks.map(({ id }) => id);
  // Finished tasks have no queue.
  const queued = status === undefined || !isFinished({ status });
  const target = before !== undefined && ids.includes(before) ? nextOf(group, ids, before) : before;
  const orders = queued ? placeTasks(queue, ids, target) : new Map<string, number>();
  const known = new Map([...group.tasks, ...tasks].map((task) => [task.id, task]));
  const changes = new Map<string, TaskChange>();
  for (const task of tasks) if (status !== undefined && task.status !== status) changes.set(task.id, { task, to: { status } });
  for (const [id, sortOrder] of orders) {
    const task = known.get(id);
    if (task !== undefined && task.sortOrder !== sortOrder) changes.set(id, { task, to: { ...changes.get(id)?.to, sortOrder } });
  }
  return [...changes.values()];
}

/** The changes that move `tasks` one row up (-1) or down (1) in their group, as a block; none at its end. */
export function byOne(group: TaskGroup, tasks: readonly Task[], direction: -1 | 1): TaskChange[] {
  const queue = group.tasks.filter((task) => !isFinished(task));
  const moved = queue.filter(({ id }) => tasks.some((task) => task.id === id));
  const rest = queue.filter((task) => !moved.includes(task));
  const [first] = moved;
  const last = moved.at(-1);
  if (first === undefined || last === undefined) return [];
  const above = rest.filter((task) => queue.indexOf(task) < queue.indexOf(direction === -1 ? first : last)).length;
  const at = direction === -1 ? above - 1 : above + 1;
  if (at < 0 || at > rest.length) return [];
  return toPlace(group, moved, rest[at]?.id);
}

/** The first task from `before` on that is not moved itself. */
function nextOf(group: TaskGroup, moved: readonly string[], before: string): string | undefined {
  const at = group.tasks.findIndex(({ id }) => id === before);
  return group.tasks.slice(at).find(({ id }) => !moved.includes(id))?.id;
}
