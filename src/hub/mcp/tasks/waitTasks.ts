import type { Agents } from '../../service/agents.ts';
import type { Caller } from '../../service/caller.ts';
import type { ServiceContext } from '../../service/context.ts';
import type { Inbox } from '../../service/deliveries.ts';
import { isEmpty, readReplies, type WaitTarget } from '../../service/waiting.ts';
import { beginWait, endWait } from '../../service/waits.ts';
import type { StoredWait } from '../../storage/tables/waits.ts';
import { type CallTask, isOver, type TaskSource } from './callTask.ts';
import { taskOf, waitsFor } from './requestTasks.ts';
import { toldInbox } from './told.ts';

// `waitForReply` as a task. Cancelling it ends the wait, and nothing else: the question stays with the user.

const prefix = 'wait-';

/** A call that waits for `target`, of which there is nothing yet, goes on as a task. */
export function beginWaitTask(context: ServiceContext, caller: Caller, target: WaitTarget): CallTask {
  const { id, createdAt, updatedAt: lastUpdatedAt } = beginWait(context, caller, target);
  const route = target.kind === 'request' ? context.store.requests.route(target.requestId) : undefined;
  // The answer comes by the task, and not with the next result as well.
  if (target.kind === 'request' && route?.source === 'tool')
    context.store.requests.setRoute(target.requestId, { ...route, source: 'task' });
  context.taskPolls.begun(target.kind === 'request' ? target.requestId : id, caller.connectionId);
  return { taskId: prefix + id, status: 'working', statusMessage, createdAt, lastUpdatedAt };
}

const statusMessage = 'Waiting for the user.';

export function createWaitTasks(context: ServiceContext, agents: Agents): TaskSource {
  const { store, taskPolls } = context;
  function waitOf({ agent }: Caller, taskId: string): StoredWait | undefined {
    const wait = taskId.startsWith(prefix) ? store.waits.get(taskId.slice(prefix.length)) : undefined;
    return wait?.agentId === agent.id ? wait : undefined;
  }
  return {
    find(caller, taskId) {
      const wait = waitOf(caller, taskId);
      return wait === undefined ? undefined : viewOf(context, caller, wait);
    },
    polled(caller, task, intervalMs) {
      const wait = waitOf(caller, task.taskId);
      if (wait === undefined) return;
      const { target } = wait;
      // The agent that waits may have been started anew meanwhile.
      if (wait.connectionId !== caller.connectionId && wait.status === 'open') {
        context.transact(() => store.waits.put({ ...wait, connectionId: caller.connectionId }));
      }
      if (target.kind === 'request') {
        taskPolls.noted(
          target.requestId,
          caller.connectionId,
          intervalMs,
          isOver(task) ? undefined : () => waitsFor(agents, caller, target.requestId),
        );
      } else {
        if (isOver(task)) endWait(context, wait, readReplies(context, caller, target));
        taskPolls.noted(wait.id, caller.connectionId, intervalMs, isOver(task) ? undefined : () => agents.present(caller));
      }
    },
    cancel(caller, task) {
      const wait = waitOf(caller, task.taskId);
      if (wait === undefined || isOver(task)) return;
      endWait(context, wait, undefined);
      taskPolls.noted(wait.target.kind === 'request' ? wait.target.requestId : wait.id, caller.connectionId, 0);
    },
  };
}

/** A wait as a task. What it waits for decides; once that has come it stays so. `undefined`: what it waits for has been deleted. */
function viewOf(context: ServiceContext, caller: Caller, wait: StoredWait): CallTask | undefined {
  const { store } = context;
  const { id, target, status, createdAt, updatedAt: lastUpdatedAt } = wait;
  const task = { taskId: prefix + id, createdAt, lastUpdatedAt };
  if (status === 'cancelled') return { ...task, status };
  if (target.kind === 'request') {
    const request = store.requests.get(target.requestId);
    if (request === undefined) return undefined;
    return { ...taskOf(context, request, task.taskId), createdAt };
  }
  if (target.kind === 'task' && store.tasks.get(target.taskId) === undefined) return undefined;
  const inbox = status === 'ended' ? cameOf(context, wait) : readReplies(context, caller, target);
  if (status === 'open' && isEmpty(inbox)) return { ...task, status: 'working', statusMessage };
  return {
    ...task,
    status: 'completed',
    details: { result: toldInbox(inbox) },
    payload: {
      requestIds: inbox.answers.filter((answer) => answer.status === 'answered').map((answer) => answer.id),
      messageIds: inbox.messages.filter(({ delivery }) => delivery !== 'delivered').map((message) => message.id),
    },
  };
}

function cameOf({ store }: ServiceContext, { came = { requestIds: [], messageIds: [] } }: StoredWait): Inbox {
  return {
    answers: came.requestIds.flatMap((id) => store.requests.get(id) ?? []),
    messages: came.messageIds.flatMap((id) => store.messages.get(id) ?? []),
  };
}
