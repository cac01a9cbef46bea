import type { Task, TaskStatus } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import { clearStop } from './clearStop.ts';
import type { ServiceContext } from './context.ts';
import { isAwaited } from './moveNotes.ts';

/**
 * Gives a task a status, for the user or for an agent, and tells no agent. A stop of it ends. A task that goes back into the queue is
 * given out like a new one.
 */
export function setTaskStatus({ store, transact, clock }: ServiceContext, task: Task, status: TaskStatus): Task {
  if (task.status === status) return task;
  return transact((changes) => {
    store.tasks.endLease(task.id);
    clearStop({ store, transact }, task.id);
    if (status === 'notstarted' && !isAwaited(task)) store.tasks.setConnection(task.id, undefined);
    const { stop: _, ...rest } = task;
    return changes.updateTask({ ...rest, status, updatedAt: timestamp(clock) });
  });
}
