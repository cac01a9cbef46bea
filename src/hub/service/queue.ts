import { leaseMs } from '../../protocol/limits.ts';
import type { Agent, Task } from '../../protocol/model.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { findTask } from './lookup.ts';
import { noteAsAgent, takeTask } from './tasks.ts';

/** A task that the user means for one agent is kept for it until it has been gone for this long. */
const keptMs = 60 * 60_000;

/** The next task of the queue that this agent may have over this connection. */
export function nextTask(
  context: Pick<ServiceContext, 'store' | 'clock' | 'presence'>,
  agent: Agent,
  connectionId: string,
): Task | undefined {
  const { store, clock, presence } = context;
  const { id, workspaceId } = agent;
  const now = clock.now();
  const absent = store.agents
    .ofWorkspace(workspaceId)
    .map(presence.of)
    .filter((other) => !other.connected && now - Date.parse(other.lastHeardAt) >= keptMs);
  const agentIds = [id, ...absent.map((other) => other.id)];
  return store.tasks.next({ workspaceId, connectionId, agentIds, now });
}

/**
 * Leases the next task of the queue to this caller, so that nobody else gets it meanwhile. A session that asks again gets the same task. In
 * the newer era, where sessions can't be told apart, each call gets another one.
 */
export function leaseNextTask(context: ServiceContext, caller: Caller): Task | undefined {
  const { store, transact, clock, newId } = context;
  const owner = caller.connectionId === 'agent' ? `call:${newId()}` : caller.connectionId;
  const task = nextTask(context, caller.agent, owner);
  if (task === undefined) return undefined;
  return transact(() => {
    store.tasks.lease(task.id, owner, clock.now() + leaseMs);
    return takeFromQueue(context, caller, task);
  });
}

/** Binds a task of the queue to the agent that is given it. If the user meant it for another one, the thread says why it has it. */
export function takeFromQueue(context: ServiceContext, caller: Caller, task: Task): Task {
  const { store, transact } = context;
  const { meantFor, ...rest } = task;
  return transact((changes) => {
    if (meantFor !== undefined && meantFor !== caller.agent.id) {
      changes.updateTask(rest);
      const gone = store.agents.get(meantFor)?.name ?? 'The agent that it was meant for';
      noteAsAgent(context, caller, task, `${gone} has been gone for an hour, so another agent was given this task.`);
    }
    takeTask(context, caller, task.id);
    return findTask(store, task.workspaceId, task.id);
  });
}

/** Ends a lease whose result never reached its caller. */
export function endLease({ store, transact }: ServiceContext, taskId: string): void {
  transact(() => store.tasks.endLease(taskId));
}
