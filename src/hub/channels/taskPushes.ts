import { leaseMs } from '../../protocol/limits.ts';
import type { Task } from '../../protocol/model.ts';
import type { ServiceContext } from '../service/context.ts';
import { endLease, nextTask, takeFromQueue } from '../service/queue.ts';
import type { Listener, Listeners } from './listeners.ts';
import { type Push, pushOfTask } from './push.ts';

/** Gives tasks of the queue to a gateway that listens. It fetches the next one itself when it has ended one. */
export interface TaskPushes {
  /** The user has put this task into the queue: it is pushed if it is the next one, and nothing is being worked on. */
  push(task: Task): Promise<void>;
  /** The next task of the queue, for a gateway that has nothing to do. */
  pushNext(workspaceId: string): Promise<void>;
}

/** An agent that makes a task for itself begins it before that. */
const agentsOwnMs = 60_000;

export function createTaskPushes(deps: {
  context: ServiceContext;
  listeners: Listeners;
  write: (sessionId: string, push: Push) => Promise<boolean>;
}): TaskPushes {
  const { context, listeners, write } = deps;
  const { store, transact, clock } = context;
  const underWay = new Set<string>();

  /** Whether any agent works on a task: the agent that a gateway runs has a session and a name of its own. */
  function isBusy(workspaceId: string): boolean {
    return store.tasks.page({ workspaceId, statuses: ['ongoing'], limit: 50, offset: 0 }).some(({ assignee }) => assignee === 'agent');
  }

  /** The next task, unless this gateway was given it before. */
  function next({ caller: { agent, connectionId } }: Listener): Task | undefined {
    const task = nextTask(context, agent, connectionId);
    return task === undefined || underWay.has(task.id) || store.tasks.connectionOf(task.id) === connectionId ? undefined : task;
  }

  async function hand({ session, caller }: Listener, task: Task): Promise<void> {
    underWay.add(task.id);
    try {
      transact(() => store.tasks.lease(task.id, caller.connectionId, clock.now() + leaseMs));
      if (await write(session.id, pushOfTask(task))) takeFromQueue(context, caller, task);
      else endLease(context, task.id);
    } finally {
      underWay.delete(task.id);
    }
  }

  return {
    async push({ id, workspaceId }) {
      const gateway = listeners.gateway(workspaceId);
      const task = gateway === undefined || isBusy(workspaceId) ? undefined : next(gateway);
      if (gateway !== undefined && task?.id === id) await hand(gateway, task);
    },
    async pushNext(workspaceId) {
      const gateway = listeners.gateway(workspaceId);
      const task = gateway === undefined || isBusy(workspaceId) ? undefined : next(gateway);
      if (gateway === undefined || task === undefined) return;
      if (task.createdBy === 'agent' && clock.now() - Date.parse(task.createdAt) < agentsOwnMs) return;
      await hand(gateway, task);
    },
  };
}
