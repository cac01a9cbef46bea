import { formatCursor } from '../../protocol/cursor.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import { type Actor, type Agent, type Task, type TaskStatus, taskStatusSchema } from '../../protocol/model.ts';
import type { Thread } from '../../protocol/operations.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { findTask, findWorkspace } from './lookup.ts';

/** What a new task is made of. */
export interface TaskDraft {
  workspaceId: string;
  title: string;
  body: string;
  assignee: Actor;
  createdBy: Actor;
  /** The agent that made it. */
  agentId?: string | undefined;
  /** The same key makes the task once, however often it comes. */
  key?: string | undefined;
}

export function createTask({ store, transact, clock, newId }: ServiceContext, draft: TaskDraft): Task {
  const { workspaceId, title, body, assignee, createdBy, agentId, key } = draft;
  findWorkspace(store, workspaceId);
  const known = key === undefined ? undefined : store.tasks.byKey(workspaceId, key);
  if (known !== undefined) return known;
  const now = timestamp(clock);
  return transact((changes) => {
    const task = changes.createTask({
      id: newId(),
      workspaceId,
      createdAt: now,
      updatedAt: now,
      createdBy,
      assignee,
      status: 'notstarted',
      title,
      body,
      sortOrder: clock.now() / 1000,
      ...(agentId !== undefined && { agentId }),
    });
    if (key !== undefined) store.tasks.setKey(task.id, key);
    return task;
  });
}

/** Moves a task. A status that it has already changes nothing. */
export function changeTaskStatus(context: ServiceContext, workspaceId: string, taskId: string, status: TaskStatus): Task {
  const task = findTask(context.store, workspaceId, taskId);
  if (task.status === status) return task;
  return context.transact((changes) => changes.updateTask({ ...task, status, updatedAt: timestamp(context.clock) }));
}

/** The same for an agent: the task is its own from now on, and the thread notes the move. */
export function moveTaskAsAgent(context: ServiceContext, agent: Agent, taskId: string, status: string): Task {
  const parsed = taskStatusSchema.safeParse(status);
  if (!parsed.success || parsed.data === 'cron') {
    throw new HubError('invalid_input', `“${status}” is not a status. Use notstarted, ongoing, blocked, completed or rejected.`);
  }
  return context.transact(() => {
    const task = takeTask(context, agent, taskId);
    if (task.status === parsed.data) return task;
    const moved = changeTaskStatus(context, agent.workspaceId, task.id, parsed.data);
    noteStatus(context, agent, moved);
    return findTask(context.store, agent.workspaceId, moved.id);
  });
}

/** Binds a task to the agent that works on it, so that the person's messages go there. */
export function takeTask({ store, transact, clock }: ServiceContext, agent: Agent, taskId: string): Task {
  const task = findTask(store, agent.workspaceId, taskId);
  if (task.agentId === agent.id) return task;
  return transact((changes) => changes.updateTask({ ...task, agentId: agent.id, updatedAt: timestamp(clock) }));
}

/** The same, unless another agent works on it: asking about a task, or waiting for it, takes it from nobody. */
export function takeFreeTask(context: ServiceContext, agent: Agent, taskId: string): Task {
  const task = findTask(context.store, agent.workspaceId, taskId);
  return task.agentId === undefined ? takeTask(context, agent, taskId) : task;
}

/** AgentRQ's note of a move, an ordinary message of the agent. */
export function noteStatus({ transact, clock, newId }: ServiceContext, agent: Agent, task: Task): void {
  transact((changes) =>
    changes.createMessage({
      id: newId(),
      workspaceId: task.workspaceId,
      taskId: task.id,
      createdAt: timestamp(clock),
      sender: 'agent',
      kind: 'status',
      text: `Status updated to: ${task.status}`,
      agentId: agent.id,
    }),
  );
}

/** The task with its whole thread, and the place in the log that it was read at. */
export function readThread({ store, log }: ServiceContext, workspaceId: string, taskId: string): Thread {
  const task = findTask(store, workspaceId, taskId);
  return {
    cursor: formatCursor({ epoch: log.epoch, number: log.head }),
    task,
    messages: store.messages.ofTask(task.id),
    requests: store.requests.ofTask(task.id),
  };
}

/** Newest first. `statuses` is a list separated by commas; empty means all. */
export function listTasks(
  { store }: ServiceContext,
  { workspaceId, status, limit, offset }: { workspaceId: string; status?: string | undefined; limit: number; offset: number },
): Task[] {
  findWorkspace(store, workspaceId);
  const statuses = (status ?? '')
    .split(',')
    .filter((part) => part !== '')
    .map((part) => {
      const parsed = taskStatusSchema.safeParse(part.trim());
      if (parsed.success) return parsed.data;
      throw new HubError('invalid_input', `“${part}” is not a status of a task.`);
    });
  return store.tasks.page(workspaceId, statuses, limit, offset);
}

export function deleteTask({ store, transact }: ServiceContext, workspaceId: string, taskId: string): Task {
  const task = findTask(store, workspaceId, taskId);
  transact((changes) => changes.deleteTask(task));
  return task;
}
