import type { Request } from '../../../protocol/model.ts';
import type { Agents } from '../../service/agents.ts';
import type { Caller } from '../../service/caller.ts';
import type { ServiceContext } from '../../service/context.ts';
import { takeStep } from '../../service/requestState.ts';
import { isSettled } from '../../service/waiting.ts';
import type { ToolResult } from '../tools/toolCall.ts';
import { type CallTask, isOver, type TaskSource } from './callTask.ts';
import { toldAnswer } from './told.ts';

// `askHuman` and `requestReview` as tasks. The task is the request: its id follows from the request's, and its state from the row, so it
// lives over restarts of hub and agent for as long as there is something to ask about.

const prefix = 'ask-';

/** The call that has made, or found, this request goes on as a task. */
export function beginRequestTask(context: ServiceContext, { connectionId }: Caller, request: Request): CallTask {
  context.store.requests.setRoute(request.id, { connectionId, source: 'task' });
  context.taskPolls.begun(request.id, connectionId);
  return taskOf(context, request, prefix + request.id);
}

/** The agent has these answers as the result of a call, so it needs no other way to them. */
export function noteToldPlainly({ store }: ServiceContext, { requestIds = [] }: ToolResult): void {
  for (const id of requestIds) {
    const route = store.requests.route(id);
    if (route?.source === 'task') store.requests.setRoute(id, { ...route, source: 'tool' });
  }
}

export function createRequestTasks(context: ServiceContext, agents: Agents): TaskSource {
  const { store, transact, taskPolls } = context;
  const requestIdOf = ({ taskId }: CallTask): string => taskId.slice(prefix.length);
  return {
    find({ agent }, taskId) {
      const request = taskId.startsWith(prefix) ? store.requests.get(taskId.slice(prefix.length)) : undefined;
      if (request?.agentId !== agent.id || (request.kind !== 'question' && request.kind !== 'review')) return undefined;
      return taskOf(context, request, taskId);
    },
    polled(caller, task, intervalMs) {
      const id = requestIdOf(task);
      const route = store.requests.route(id);
      // The agent that asked may have been started anew meanwhile.
      if (route?.source === 'task' && route.connectionId !== caller.connectionId)
        store.requests.setRoute(id, { ...route, connectionId: caller.connectionId });
      taskPolls.noted(id, caller.connectionId, intervalMs, isOver(task) ? undefined : () => waitsFor(agents, caller, id));
    },
    cancel({ connectionId }, task) {
      if (isOver(task)) return;
      const id = requestIdOf(task);
      const request = store.requests.get(id);
      if (request === undefined) return;
      transact(() => {
        takeStep(context, request, 'withdraw');
        store.requests.cancel(id);
      });
      taskPolls.noted(id, connectionId, 0);
    },
  };
}

/** A request as a task; also for those that wait for the request of another call. */
export function taskOf({ store }: ServiceContext, request: Request, taskId: string): CallTask {
  const { id, status, question, createdAt, updatedAt: lastUpdatedAt } = request;
  const task = { taskId, createdAt, lastUpdatedAt };
  if (!isSettled(request)) return { ...task, status: 'working', statusMessage: `Waiting for the user: ${shorten(question)}` };
  if (status === 'withdrawn' && store.requests.isCancelled(id)) return { ...task, status: 'cancelled' };
  return {
    ...task,
    status: 'completed',
    details: { result: toldAnswer(request) },
    ...(status === 'answered' && { payload: { requestIds: [id], messageIds: [] } }),
  };
}

/** As long as its client polls, the agent is there and waits for this. */
export function waitsFor(agents: Agents, caller: Caller, requestId: string): () => void {
  const leave = agents.present(caller);
  const end = agents.waiting(caller.agent.id, requestId);
  return () => {
    end();
    leave();
  };
}

const shownLength = 200;

function shorten(text: string): string {
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
