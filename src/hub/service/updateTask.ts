import { HubError } from '../../protocol/hubErrors.ts';
import { isFinished } from '../../protocol/isFinished.ts';
import type { Task } from '../../protocol/model.ts';
import type { ParsedOperationInput } from '../../protocol/operations.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { findTask } from './lookup.ts';
import { holderOf, isAwaited, noteMove } from './moveNotes.ts';
import { renameNeed, settleNeed } from './taskNeeds.ts';

/**
 * The user changes a task. What it has already changes nothing; a new place in the queue changes nothing else. An agent that works
 * on a task keeps it, archived or not, and is told of all but its place; what is written in it still arrives.
 * @throws HubError `task_not_found`, or `invalid_input` if nothing is given
 */
export function updateTask(context: ServiceContext, { workspaceId, taskId, archived, ...given }: ParsedOperationInput<'updateTask'>): Task {
  const { store, transact, clock } = context;
  const task = findTask(store, workspaceId, taskId);
  const { title = task.title, body = task.body, assignee = task.assignee, sortOrder = task.sortOrder } = given;
  const meantFor = given.meantFor === undefined ? task.meantFor : (given.meantFor ?? undefined);
  if (archived === undefined && Object.values(given).every((value) => value === undefined)) {
    throw new HubError('invalid_input', 'Say what is to be changed: title, body, sortOrder, archived, assignee or meantFor.');
  }
  const isArchived = task.archivedAt !== undefined;
  const isPutAway = archived !== undefined && archived !== isArchived;
  const isHandedOn = assignee !== task.assignee;
  const isReworded = title !== task.title || body !== task.body;
  const isMeantAnew = meantFor !== task.meantFor;
  const isNews = isPutAway || isHandedOn || isReworded || isMeantAnew;
  if (meantFor !== undefined && store.agents.get(meantFor)?.workspaceId !== workspaceId)
    throw new HubError('invalid_input', 'There is no such agent in this workspace.');
  if (!isNews && sortOrder === task.sortOrder) return task;

  const now = timestamp(clock);
  const { archivedAt: _, meantFor: _before, agentId, ...rest } = task;
  /** The agent that gets the messages of the user. */
  const reader = isMeantAnew ? (meantFor ?? agentId) : agentId;
  const hasOtherAgent = isMeantAnew && meantFor !== undefined && meantFor !== agentId && !isFinished(task);
  const archivedAt = isPutAway ? (archived ? now : undefined) : task.archivedAt;
  return transact((changes) => {
    const holder = holderOf(context, task);
    const hasNotBegun = task.status === 'notstarted' && (isPutAway || isHandedOn || isMeantAnew);
    // The agent that was given it has not begun, so it is given out like a new task.
    if (hasNotBegun) store.tasks.endLease(task.id);
    if ((hasNotBegun || hasOtherAgent || (isHandedOn && assignee === 'human')) && !isAwaited({ ...task, assignee }))
      store.tasks.setConnection(task.id, undefined);
    const changed = changes.updateTask({
      ...rest,
      // It is given out again: to the agent that it is meant for now.
      ...(hasOtherAgent && { status: 'notstarted' }),
      ...(meantFor !== undefined && { meantFor }),
      ...(reader !== undefined && { agentId: reader }),
      title,
      body,
      assignee,
      sortOrder,
      updatedAt: isNews ? now : task.updatedAt,
      ...(archivedAt !== undefined && { archivedAt }),
    });
    if (isPutAway || isHandedOn) settleNeed(context, changed);
    else if (title !== task.title) renameNeed(context, changed);
    if (isReworded) noteMove(context, task, { kind: 'edit' }, holder);
    if (hasOtherAgent) noteMove(context, task, { kind: 'assign', to: 'agent', agentId: meantFor }, holder);
    else if (isHandedOn) noteMove(context, task, { kind: 'assign', to: assignee }, holder);
    if (isPutAway) noteMove(context, task, { kind: 'archive', archived }, holder);
    return findTask(store, workspaceId, taskId);
  });
}
