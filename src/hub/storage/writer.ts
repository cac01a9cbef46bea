import type { DatabaseSync } from 'node:sqlite';
import type { HubEvent } from '../../protocol/events.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import type { Agent, Message, Request, Task, Workspace } from '../../protocol/model.ts';
import { type Clock, timestamp } from '../../util/clock.ts';
import type { EventLog, LoggedEvent } from '../log/eventLog.ts';
import type { Store } from './store.ts';

/** Every change there is. Each writes the row and appends the event that tells of it. */
export interface Changes {
  saveWorkspace(workspace: Workspace): Workspace;
  createTask(task: Task): Task;
  updateTask(task: Task): Task;
  deleteTask(task: Task): void;
  createMessage(message: Message): Message;
  updateMessage(message: Message): Message;
  createRequest(request: Request): Request;
  updateRequest(request: Request): Request;
  saveAgent(agent: Agent): Agent;
}

/** Runs `work` in one transaction, and publishes its events after the commit. Throws what `work` throws, with nothing changed. */
export type Transact = <T>(work: (changes: Changes) => T) => T;

/** The single writer. */
export function createWriter(deps: { database: DatabaseSync; store: Store; log: EventLog; clock: Clock }): Transact {
  const { database, store, log, clock } = deps;
  let pending: LoggedEvent[] | undefined;

  function record(workspaceId: string, event: HubEvent): void {
    if (pending === undefined) throw new Error('a change outside a transaction');
    pending.push(log.append(workspaceId, event, timestamp(clock)));
  }

  const changes: Changes = {
    saveWorkspace(workspace) {
      store.workspaces.put(workspace);
      record(workspace.id, { type: 'workspace.updated', payload: workspace });
      return workspace;
    },
    createTask(task) {
      store.tasks.put(task);
      record(task.workspaceId, { type: 'task.created', payload: task });
      return task;
    },
    updateTask(task) {
      store.tasks.put(task);
      record(task.workspaceId, { type: 'task.updated', payload: task });
      return task;
    },
    deleteTask({ id, workspaceId }) {
      store.tasks.delete(id);
      record(workspaceId, { type: 'task.deleted', payload: { id, workspaceId } });
    },
    createMessage(message) {
      store.messages.put(message);
      // A message moves its task in the list; whoever reads `message.created` does the same, so it needs no event of its own.
      const task = store.tasks.get(message.taskId);
      if (task !== undefined) store.tasks.put({ ...task, lastMessageAt: message.createdAt });
      record(message.workspaceId, { type: 'message.created', payload: message });
      return message;
    },
    updateMessage(message) {
      store.messages.put(message);
      record(message.workspaceId, { type: 'message.updated', payload: message });
      return message;
    },
    createRequest(request) {
      store.requests.put(request);
      record(request.workspaceId, { type: 'request.created', payload: request });
      return request;
    },
    updateRequest(request) {
      store.requests.put(request);
      record(request.workspaceId, { type: 'request.updated', payload: request });
      return request;
    },
    saveAgent(agent) {
      store.agents.put(agent);
      record(agent.workspaceId, { type: 'agent.updated', payload: agent });
      return agent;
    },
  };

  return (work) => {
    if (pending !== undefined) return work(changes);
    pending = [];
    let result: ReturnType<typeof work>;
    let events: LoggedEvent[];
    try {
      database.exec('BEGIN IMMEDIATE');
      result = work(changes);
      database.exec('COMMIT');
      events = pending;
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw isStorageFailure(error)
        ? new HubError('storage_failed', "The hub couldn't write to its disk, so nothing was changed. Make room and try again.", {
            cause: error,
          })
        : error;
    } finally {
      pending = undefined;
    }
    if (events.length > 0) log.publish(events);
    return result;
  };
}

function isStorageFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}
