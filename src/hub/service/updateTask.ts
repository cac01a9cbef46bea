import { HubError } from '../../protocol/hubErrors.ts';
import type { Task } from '../../protocol/model.ts';
import type { ParsedOperationInput } from '../../protocol/operations.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { findTask } from './lookup.ts';

/**
 * The person changes a task. What it has already changes nothing; a new place in the queue changes nothing else. An agent that works
 * on a task keeps it, archived or not, and what is written in it still arrives.
 * @throws HubError `task_not_found`, or `invalid_input` if nothing is given
 */
export function updateTask(
  { store, transact, clock }: ServiceContext,
  { workspaceId, taskId, archived, ...given }: ParsedOperationInput<'updateTask'>,
): Task {
  const task = findTask(store, workspaceId, taskId);
  const { title = task.title, body = task.body, assignee = task.assignee, sortOrder = task.sortOrder } = given;
  if (archived === undefined && Object.values(given).every((value) => value === undefined)) {
    throw new HubError('invalid_input', 'Say what is to be changed: title, body, sortOrder, archived or assignee.');
  }
  const isArchived = task.archivedAt !== undefined;
  const isPutAway = archived !== undefined && archived !== isArchived;
  const isHandedOn = assignee !== task.assignee;
  const isNews = isPutAway || isHandedOn || title !== task.title || body !== task.body;
  if (!isNews && sortOrder === task.sortOrder) return task;

  const now = timestamp(clock);
  const { archivedAt: _, ...rest } = task;
  const archivedAt = isPutAway ? (archived ? now : undefined) : task.archivedAt;
  return transact((changes) => {
    if (task.status === 'notstarted' && (isPutAway || isHandedOn)) {
      // Whoever had it in hand has not begun: it is given out like a new one.
      store.tasks.release(task.id);
      store.tasks.setVia(task.id, undefined);
    }
    return changes.updateTask({
      ...rest,
      title,
      body,
      assignee,
      sortOrder,
      updatedAt: isNews ? now : task.updatedAt,
      ...(archivedAt !== undefined && { archivedAt }),
    });
  });
}
