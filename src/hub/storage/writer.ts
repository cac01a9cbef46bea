import type { DatabaseSync } from 'node:sqlite';
import type { HubEvent } from '../../protocol/events.ts';
import { HubError } from '../../protocol/hubErrors.ts';
import type { Agent, Message, Request, Rule, Task, Workspace } from '../../protocol/model.ts';
import { type Clock, timestamp } from '../../util/clock.ts';
import { describeError } from '../../util/errors.ts';
import type { EventLog, LoggedEvent } from '../log/eventLog.ts';
import { type SqliteTrouble, sqliteTrouble } from './sqliteTrouble.ts';
import type { Store } from './store.ts';

/** Every change there is. Each writes the row and appends the event that tells of it. */
export interface Changes {
  saveWorkspace(workspace: Workspace): Workspace;
  createTask(task: Task): Task;
  updateTask(task: Task): Task;
  deleteTask(task: Task): void;
  createMessage(message: Message): Message;
  updateMessage(message: Message): Message;
  deleteMessage(message: Message): void;
  createRequest(request: Request): Request;
  updateRequest(request: Request): Request;
  saveAgent(agent: Agent): Agent;
  createRule(rule: Rule): Rule;
  deleteRule(rule: Rule): Rule;
}

/**
 * Runs `work` in one transaction, and publishes its events after the commit: of what is updated more than once, the last update alone.
 * Throws what `work` throws, with nothing changed.
 */
export type Transact = <T>(work: (changes: Changes) => T) => T;

const storageSentences: Readonly<Record<SqliteTrouble, string>> = {
  damaged: "The hub's database is damaged, so nothing was changed. The hub starts again with what can be read of it; try again then.",
  locked: "Another program holds the hub's database, so nothing was changed. Close that program and try again.",
  unlockable:
    "The file system of the hub's folder can't lock files, so nothing was changed. Set agentrq.hub.home to a folder on a disk of this machine.",
  disk: "The hub couldn't write to its disk, so nothing was changed. Make room and try again.",
  other: "The hub's database refused the change, so nothing was changed. Look at the hub's log.",
};

/** The single writer. */
export function createWriter(deps: {
  database: DatabaseSync;
  store: Store;
  log: EventLog;
  clock: Clock;
  /** The database turned out to be damaged. */
  onDamage?: (what: string) => void;
  /** SQLite refused a change for a reason that no sentence names. */
  onRefused?: (what: string) => void;
}): Transact {
  const { database, store, log, clock } = deps;
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  let pending: { workspaceId: string; event: HubEvent }[] | undefined;

  function record(workspaceId: string, event: HubEvent): void {
    if (pending === undefined) throw new Error('a change outside a transaction');
    // An event carries the whole thing, so of two updates in one transaction the second says it all.
    if (event.type.endsWith('.updated')) {
      const earlier = pending.findIndex((other) => other.event.type === event.type && other.event.payload.id === event.payload.id);
      if (earlier >= 0) pending.splice(earlier, 1);
    }
    pending.push({ workspaceId, event });
  }

  function save<T extends { workspaceId: string }>(table: { put(item: T): void }, item: T, event: HubEvent): T {
    table.put(item);
    record(item.workspaceId, event);
    return item;
  }

  const changes: Changes = {
    saveWorkspace(workspace) {
      store.workspaces.put(workspace);
      record(workspace.id, { type: 'workspace.updated', payload: workspace });
      return workspace;
    },
    createTask: (task) => save(store.tasks, task, { type: 'task.created', payload: task }),
    updateTask: (task) => save(store.tasks, task, { type: 'task.updated', payload: task }),
    deleteTask({ id, workspaceId }) {
      store.tasks.delete(id);
      record(workspaceId, { type: 'task.deleted', payload: { id, workspaceId } });
    },
    createMessage(message) {
      // A message moves its task in the list; a note of what the user did to the task does not. Readers of `message.created` apply the
      // same rule, so no other event is needed.
      if (message.move === undefined) store.tasks.setLastMessage(message.taskId, message.createdAt);
      return save(store.messages, message, { type: 'message.created', payload: message });
    },
    updateMessage: (message) => save(store.messages, message, { type: 'message.updated', payload: message }),
    deleteMessage({ id, workspaceId, taskId }) {
      store.messages.delete(id);
      record(workspaceId, { type: 'message.deleted', payload: { id, workspaceId, taskId } });
    },
    createRequest: (request) => save(store.requests, request, { type: 'request.created', payload: request }),
    updateRequest: (request) => save(store.requests, request, { type: 'request.updated', payload: request }),
    saveAgent: (agent) => save(store.agents, agent, { type: 'agent.updated', payload: agent }),
    createRule: (rule) => save(store.rules, rule, { type: 'rule.created', payload: rule }),
    deleteRule(rule) {
      store.rules.delete(rule.id);
      record(rule.workspaceId, { type: 'rule.deleted', payload: rule });
      return rule;
    },
  };

  return (work) => {
    if (pending !== undefined) return work(changes);
    pending = [];
    let result: ReturnType<typeof work>;
    let events: LoggedEvent[];
    try {
      begin.run();
      result = work(changes);
      events = pending.map(({ workspaceId, event }) => log.append(workspaceId, event, timestamp(clock)));
      commit.run();
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      const trouble = sqliteTrouble(error);
      if (trouble === 'damaged') deps.onDamage?.(describeError(error));
      if (trouble === 'other') deps.onRefused?.(describeError(error));
      throw trouble === undefined ? error : new HubError('storage_failed', storageSentences[trouble], { cause: error });
    } finally {
      pending = undefined;
    }
    if (events.length > 0) log.publish(events);
    return result;
  };
}
