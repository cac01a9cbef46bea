import { HubError } from '../../protocol/hubErrors.ts';
import type { Task, TaskStatus } from '../../protocol/model.ts';
import type { ServiceContext } from './context.ts';
import { findTask } from './lookup.ts';
import { holderOf, noteMove } from './moveNotes.ts';
import { setTaskStatus } from './setTaskStatus.ts';
import { settleNeed } from './taskNeeds.ts';

/**
 * The user moves a task: the thread notes it, and the agent that has it is told. A status that it has already changes nothing.
 * @throws HubError `task_not_found`, or `not_supported` for a schedule
 */
export function moveTaskAsUser(context: ServiceContext, workspaceId: string, taskId: string, status: TaskStatus): Task {
  const task = findTask(context.store, workspaceId, taskId);
  if (task.status === status) return task;
  refuseSchedule(status === 'cron' ? status : task.status);
  return context.transact(() => {
    const holder = holderOf(context, task);
    const moved = setTaskStatus(context, task, status);
    const isTold = settleNeed(context, moved);
    if (!isTold) noteMove(context, task, { kind: 'status', from: task.status, to: status }, holder);
    return findTask(context.store, workspaceId, taskId);
  });
}

function refuseSchedule(status: TaskStatus): void {
  if (status !== 'cron') return;
  throw new HubError('not_supported', 'This hub has no schedules yet, so no task is scheduled by its status. Choose another status.');
}
