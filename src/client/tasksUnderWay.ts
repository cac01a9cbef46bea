import type { Task } from '../protocol/model.ts';
import type { Board } from './board.ts';

/** The ongoing task of each agent that changed last. */
export function tasksUnderWay(board: Board): ReadonlyMap<string, Task> {
  const newest = new Map<string, Task>();
  for (const task of board.tasks.values()) {
    if (task.status !== 'ongoing' || task.agentId === undefined) continue;
    const known = newest.get(task.agentId);
    if (known === undefined || known.updatedAt < task.updatedAt) newest.set(task.agentId, task);
  }
  return newest;
}
