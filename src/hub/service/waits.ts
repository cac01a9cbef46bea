import { timestamp } from '../../util/clock.ts';
import type { StoredWait } from '../storage/tables/waits.ts';
import { type Caller, isSession } from './caller.ts';
import type { ServiceContext } from './context.ts';
import type { Inbox } from './deliveries.ts';
import type { WaitTarget } from './waiting.ts';

// Calls of `waitForReply` that go on as tasks. A question has its own row to go on in; what waits for words has one here.

/** Those of an agent that are kept; the oldest make room, whatever became of them. */
const keptPerAgent = 200;

/** The wait of this very session for the same thing; there is none where nothing tells two sessions apart. */
export function openWait({ store }: ServiceContext, { agent, connectionId }: Caller, target: WaitTarget): StoredWait | undefined {
  return isSession(connectionId) ? store.waits.open(agent.id, connectionId, target) : undefined;
}

/** Begins to wait. The session that waits for the same thing already goes on with that. */
export function beginWait(context: ServiceContext, caller: Caller, target: WaitTarget): StoredWait {
  const { store, transact, clock, newId } = context;
  const { agent, connectionId } = caller;
  const known = openWait(context, caller, target);
  if (known !== undefined) return known;
  const now = timestamp(clock);
  const wait: StoredWait = {
    id: newId(),
    workspaceId: agent.workspaceId,
    agentId: agent.id,
    connectionId,
    target,
    status: 'open',
    createdAt: now,
    updatedAt: now,
  };
  transact(() => {
    store.waits.put(wait);
    for (const { id } of store.waits.beyond(agent.id, keptPerAgent)) store.waits.delete(id);
  });
  return wait;
}

/** Something has come; `undefined`: nobody waits any more. One that is over stays as it is. */
export function endWait({ store, transact, clock }: ServiceContext, wait: StoredWait, inbox: Inbox | undefined): StoredWait {
  if (wait.status !== 'open') return wait;
  const { answers = [], messages = [] } = inbox ?? {};
  const came = { requestIds: answers.map(({ id }) => id), messageIds: messages.map(({ id }) => id) };
  const ended: StoredWait = {
    ...wait,
    status: inbox === undefined ? 'cancelled' : 'ended',
    updatedAt: timestamp(clock),
    ...(inbox !== undefined && { came }),
  };
  transact(() => store.waits.put(ended));
  return ended;
}
