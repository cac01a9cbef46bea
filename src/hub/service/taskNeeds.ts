import type { Request, Task, TaskStatus } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import { answerRequest } from './answers.ts';
import type { ServiceContext } from './context.ts';
import { isAwaited } from './moveNotes.ts';
import { openRequest } from './openRequest.ts';
import { takeStep } from './requestState.ts';
import { retractAnswer } from './retractAnswer.ts';

// A task that an agent has made for the user is a request of that agent: it stands in Needs You, and the answer to it reaches the agent as
// surely as that to a question. Whatever the user does with the task answers the request, or takes it off the board.

/** Puts a task that an agent has made for the user before them. `connectionId`: the connection that made it. */
export function askForTask(context: ServiceContext, { id, workspaceId, agentId, title }: Task, connectionId: string | undefined): Request {
  const route = connectionId === undefined ? undefined : { connectionId, source: 'tool' as const };
  return openRequest(context, { workspaceId, taskId: id, agentId, kind: 'task', question: title }, { route });
}

/** The request that stands for a task, as long as the user has not answered it. */
export function openNeed({ store }: Pick<ServiceContext, 'store'>, taskId: string): Request | undefined {
  return store.requests.openOfTask(taskId).find(({ kind }) => kind === 'task');
}

/** The task has another title, and so has what stands for it. */
export function renameNeed(context: ServiceContext, { id, title }: Task): void {
  const need = openNeed(context, id);
  if (need === undefined) return;
  context.transact((changes) => changes.updateRequest({ ...need, question: title, updatedAt: timestamp(context.clock) }));
}

const decisionOf: { readonly [S in TaskStatus]?: 'done' | 'reject' } = { completed: 'done', rejected: 'reject' };

/**
 * The user has moved a task, put it away or handed it on. Done and rejected are answers to the request that stands for it; back among
 * what is to be done, it needs them again. Returns whether its agent learns of the move by that.
 */
export function settleNeed(context: ServiceContext, task: Task): boolean {
  const { store } = context;
  const open = openNeed(context, task.id);
  if (isNeed(task)) {
    if (open !== undefined) return false;
    const last = store.requests.ofTask(task.id).findLast(({ kind }) => kind === 'task');
    if (last?.status === 'answered' && !store.requests.isTaken(last.id)) {
      retractAnswer(context, task.workspaceId, last.id);
      return true;
    }
    askForTask(context, task, store.tasks.connectionOf(task.id));
    return false;
  }
  if (open === undefined) return false;
  const decision = task.archivedAt === undefined && task.assignee === 'human' ? decisionOf[task.status] : undefined;
  if (decision === undefined) {
    takeStep(context, open, 'withdraw');
    return false;
  }
  answerRequest(context, task.workspaceId, open.id, { decision });
  return true;
}

function isNeed(task: Task): boolean {
  return isAwaited(task) && task.status === 'notstarted' && task.archivedAt === undefined;
}
