import { formatCursor } from '../../protocol/cursor.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import { type Actor, type Place, type Task, taskStatusSchema } from '../../protocol/model.ts';
import type { ParsedOperationInput, Thread } from '../../protocol/operations.ts';
import { timestamp } from '../../util/clock.ts';
import { useAttachments } from './attachments.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { findTask, findWorkspace } from './lookup.ts';
import { isAwaited } from './moveNotes.ts';
import { takeStep } from './requestState.ts';
import { setTaskStatus } from './setTaskStatus.ts';
import { askForTask } from './taskNeeds.ts';

/** The fields of a new task. */
export interface TaskDraft {
  workspaceId: string;
  title: string;
  body: string;
  assignee: Actor;
  createdBy: Actor;
  place?: Place | undefined;
  attachmentIds?: string[] | undefined;
  /** The agent that makes it. */
  caller?: Caller | undefined;
  /** The agent that the user means it for. */
  agentId?: string | undefined;
  /** Idempotency key: the same key creates the task once. */
  key?: string | undefined;
}

export function createTask(context: ServiceContext, draft: TaskDraft): Task {
  const { store, transact, clock, newId } = context;
  const { workspaceId, title, body, assignee, createdBy, place, caller, key } = draft;
  findWorkspace(store, workspaceId);
  const known = key === undefined ? undefined : store.tasks.byKey(workspaceId, key);
  if (known !== undefined) return known;
  const agentId = caller?.agent.id ?? draft.agentId;
  if (agentId !== undefined && store.agents.get(agentId)?.workspaceId !== workspaceId)
    throw new HubError('invalid_input', 'There is no such agent in this workspace.');
  const now = timestamp(clock);
  return transact((changes) => {
    const id = newId();
    const attachments = useAttachments(context, workspaceId, id, draft.attachmentIds);
    const task = changes.createTask({
      id,
      workspaceId,
      createdAt: now,
      updatedAt: now,
      createdBy,
      assignee,
      status: 'notstarted',
      title,
      body,
      sortOrder: clock.now() / 1000,
      ...(place !== undefined && { place }),
      ...(attachments.length > 0 && { attachments }),
      ...(agentId !== undefined && { agentId }),
      ...(draft.agentId !== undefined && { meantFor: draft.agentId }),
    });
    if (caller !== undefined) store.tasks.setConnection(task.id, caller.connectionId);
    if (key !== undefined) store.tasks.setKey(task.id, key);
    if (isAwaited(task)) askForTask(context, task, caller?.connectionId);
    return task;
  });
}

/** An agent moves a task: the task is its own from now on, and the thread notes the move. What it asked there is moot when it is done. */
export function moveTaskAsAgent(context: ServiceContext, caller: Caller, taskId: string, status: string): Task {
  const parsed = taskStatusSchema.safeParse(status);
  if (!parsed.success || parsed.data === 'cron') {
    throw new HubError('invalid_input', `“${status}” is not a status. Use notstarted, ongoing, blocked, completed or rejected.`);
  }
  return context.transact(() => {
    const { workspaceId } = caller.agent;
    const task = takeTask(context, caller, taskId);
    if (task.status === parsed.data) return task;
    const moved = setTaskStatus(context, task, parsed.data);
    noteStatus(context, caller, moved);
    if (moved.status === 'completed' || moved.status === 'rejected') withdrawRequests(context, caller, moved.id);
    return findTask(context.store, workspaceId, moved.id);
  });
}

/** Binds a task to the agent that works on it, so that the user's messages go there. */
export function takeTask({ store, transact, clock }: ServiceContext, { agent, connectionId }: Caller, taskId: string): Task {
  const task = findTask(store, agent.workspaceId, taskId);
  if (task.agentId === agent.id && store.tasks.connectionOf(task.id) === connectionId) return task;
  return transact((changes) => {
    const before = store.tasks.connectionOf(task.id);
    // Another session has it now; which hooks are that one's, they say themselves.
    if (before !== undefined && before !== connectionId) store.tasks.setHook(task.id, undefined);
    store.tasks.setConnection(task.id, connectionId);
    if (task.agentId === agent.id) return task;
    return changes.updateTask({ ...task, agentId: agent.id, updatedAt: timestamp(clock) });
  });
}

/** The same, unless another agent works on it: asking about a task, or waiting for it, takes it from nobody. */
export function takeFreeTask(context: ServiceContext, caller: Caller, taskId: string): Task {
  const task = findTask(context.store, caller.agent.workspaceId, taskId);
  return task.agentId === undefined ? takeTask(context, caller, taskId) : task;
}

/** The task that a call without a task id is about: the agent's only ongoing one, preferably of this session. */
export function soleOngoingTask({ store }: ServiceContext, { agent, connectionId }: Caller): string | undefined {
  const ongoing = store.tasks.ongoingOfAgent(agent.id);
  const own = ongoing.filter(({ id }) => store.tasks.connectionOf(id) === connectionId);
  if (own.length === 1) return own[0]?.id;
  return ongoing.length === 1 ? ongoing[0]?.id : undefined;
}

function withdrawRequests(context: ServiceContext, { agent }: Caller, taskId: string): void {
  const { store, transact } = context;
  transact(() => {
    for (const request of store.requests.openOfTask(taskId)) {
      // Of a task that somebody else has done, nothing is left for the user to do either.
      if (request.agentId === agent.id || request.kind === 'task') takeStep(context, request, 'withdraw');
    }
  });
}

/** AgentRQ's note of a move. */
export function noteStatus(context: ServiceContext, caller: Caller, task: Task): void {
  noteAsAgent(context, caller, task, `Status updated to: ${task.status}`);
}

/** A note in the thread of a task, an ordinary message of the agent. */
export function noteAsAgent({ transact, clock, newId }: ServiceContext, { agent }: Caller, task: Task, text: string): void {
  transact((changes) =>
    changes.createMessage({
      id: newId(),
      workspaceId: task.workspaceId,
      taskId: task.id,
      createdAt: timestamp(clock),
      sender: 'agent',
      kind: 'status',
      text,
      agentId: agent.id,
    }),
  );
}

/** The task with its complete thread, and the cursor at which it was read. */
export function readThread({ store, log }: ServiceContext, workspaceId: string, taskId: string): Thread {
  const task = findTask(store, workspaceId, taskId);
  return {
    cursor: formatCursor({ epoch: log.epoch, number: log.head }),
    task,
    messages: store.messages.ofTask(task.id),
    requests: store.requests.ofTask(task.id),
  };
}

/** Newest first. `status` is a list separated by commas; empty means all. */
export function listTasks(
  { store }: ServiceContext,
  { workspaceId, status, filter, archived, limit, offset }: ParsedOperationInput<'listTasks'>,
): Task[] {
  findWorkspace(store, workspaceId);
  if (filter === 'pending_approval') return store.tasks.withOpenPermission(workspaceId, limit, offset);
  const statuses = (status ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const parsed = taskStatusSchema.safeParse(part.trim());
      if (parsed.success) return parsed.data;
      throw new HubError('invalid_input', `“${part}” is not a status of a task.`);
    });
  return store.tasks.page({ workspaceId, statuses, archived: archived === 'only', limit, offset });
}

/** Marks a task as seen by the user. Doesn't change `updatedAt`. */
export function markSeen({ store, transact, clock }: ServiceContext, workspaceId: string, taskId: string): Task {
  const task = findTask(store, workspaceId, taskId);
  return transact((changes) => changes.updateTask({ ...task, seenAt: timestamp(clock) }));
}

export function deleteTask({ store, transact }: ServiceContext, workspaceId: string, taskId: string): Task {
  const task = findTask(store, workspaceId, taskId);
  transact((changes) => changes.deleteTask(task));
  return task;
}
