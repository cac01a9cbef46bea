import type { Task } from '../../protocol/model.ts';

/** An agent has made this task for the user, and waits for it: it has the task also while it has nothing to do in it. */
export function isAwaited({ assignee, createdBy }: Pick<Task, 'assignee' | 'createdBy'>): boolean {
  return assignee === 'human' && createdBy === 'agent';
}
