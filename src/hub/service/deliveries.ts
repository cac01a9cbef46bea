import type { Message, Request } from '../../protocol/model.ts';
import type { DeliveryRow } from '../storage/tables/deliveries.ts';
import type { Changes } from '../storage/writer.ts';
import { type Caller, isHook, isSession, sessionIdOf } from './caller.ts';
import { isGateway } from './channelClients.ts';
import type { ServiceContext } from './context.ts';
import { takeStep } from './requestState.ts';

// Tracks how far the user's answers and messages have come. What is written over a connection is under way there. Once it was written
// completely, a later call over the same connection proves that it arrived. Until then other connections are given it as well.
// Some ways back carry a verdict and no text. The note of such a verdict is delivered separately, like an answer.

/** What an agent has to be given of the user's answers and messages. */
export interface Inbox {
  /** Requests with their answers. */
  answers: Request[];
  messages: Message[];
}

/** What one response delivers to the agent. */
export interface Delivery {
  caller: Caller;
  /** Requests with all that the user has said to them. */
  requestIds: string[];
  /** Requests of which it carries the verdict alone: the note is left. */
  verdictIds?: string[] | undefined;
  messageIds: string[];
}

/** What this connection has not been given yet, oldest first. */
export function unread(context: ServiceContext, caller: Caller): Inbox {
  const { store, connections } = context;
  const { agent, connectionId } = caller;
  const given = new Set(
    store.deliveries
      .ofAgent(agent.id)
      .filter((row) => counts(row) && connections.isSameEnd(agent.id, row.connectionId, connectionId))
      .map(({ itemId }) => itemId),
  );
  /** Another session that is still there has asked, or works on it. */
  const isOthers = (owner: string | undefined): boolean =>
    owner !== undefined &&
    owner !== connectionId &&
    isSession(owner) &&
    (isSession(connectionId) || connections.isOfOthers(agent.id, owner, connectionId)) &&
    connections.isOpen(agent.id, owner);
  return {
    answers: store.requests.forAgent(agent.workspaceId, agent.id, 'answered').filter(({ id }) => {
      if (given.has(id)) return false;
      const route = store.requests.route(id);
      if (isOthers(route?.connectionId)) return false;
      // A verdict goes back the way it was asked for: over the channel, or to the hook that waits. Its note may go anywhere.
      if (store.requests.isVerdictIn(id)) return true;
      // Its client polls for it: it would be told twice.
      if (route?.source === 'task') return !context.taskPolls.isFollowed(id);
      if (route?.source === 'channel') return isGone(context, agent.id, route.connectionId);
      return !(route?.source === 'hook' && route.connectionId !== connectionId && connections.isOpen(agent.id, route.connectionId));
    }),
    messages: store.messages.forAgent(agent.id).filter(({ id, taskId }) => {
      const meantFor = store.messages.recipient(id);
      return !given.has(id) && !isOthers(meantFor === undefined ? store.tasks.connectionOf(taskId) : meantFor.connectionId);
    }),
  };
}

/** The session has ended for good, so what it has not been given by now reaches the agent over another one. */
function isGone({ store, connections }: ServiceContext, agentId: string, connectionId: string): boolean {
  const id = sessionIdOf(connectionId);
  return id !== undefined && !connections.isOpen(agentId, connectionId) && store.sessions.get(id) === undefined;
}

/** Records that `delivery` is being written. */
export function markFlying({ store, transact }: ServiceContext, delivery: Delivery): void {
  if (isEmpty(delivery)) return;
  transact((changes) => {
    for (const row of rowsOf(delivery, 'flying')) store.deliveries.put(row);
    for (const id of [...delivery.requestIds, ...(delivery.verdictIds ?? [])]) store.requests.take(id);
    for (const id of delivery.messageIds) showOffered(changes, store.messages.get(id));
  });
}

/** Records that it was written completely. */
export function markSent({ store, transact }: ServiceContext, delivery: Delivery): void {
  if (isEmpty(delivery)) return;
  transact((changes) => {
    for (const row of rowsOf(delivery, 'sent')) {
      if (!isOut(store.deliveries, row)) continue;
      store.deliveries.put(row);
      if (row.kind === 'message') showOffered(changes, store.messages.get(row.itemId));
      else if (row.kind === 'request') showHandedOver(changes, store.requests.get(row.itemId));
    }
  });
}

/**
 * Records that it could not be written, so it is undelivered again. `refetchable`: the agent can still fetch this response, in which case
 * `markSent` follows; until then it counts as unread.
 */
export function markLost({ store, transact }: ServiceContext, delivery: Delivery, refetchable = false): void {
  if (isEmpty(delivery)) return;
  transact((changes) => {
    for (const row of rowsOf(delivery, 'broken')) {
      if (!isOut(store.deliveries, row)) continue;
      if (refetchable) store.deliveries.put(row);
      else store.deliveries.delete(row);
    }
    for (const id of delivery.messageIds) requeue(store.deliveries, changes, store.messages.get(id));
  });
}

/** Records a push to an agent that may not show it, or doesn't work on the task: no proof of delivery, but it isn't pushed there again. */
export function markPushed({ store, transact }: ServiceContext, caller: Caller, messageId: string): void {
  transact(() => {
    for (const row of rowsOf({ caller, requestIds: [], messageIds: [messageId] }, 'pushed')) store.deliveries.put(row);
  });
}

/**
 * A call has come: what was written whole to the same end has arrived. `asksAgain` is what this very call is about: an
 * agent that asks for an answer once more has perhaps not seen it.
 */
export function proveDeliveries(context: ServiceContext, { agent, connectionId }: Caller, asksAgain?: string | readonly string[]): void {
  const { store, transact, connections } = context;
  const asked = new Set([asksAgain ?? []].flat());
  const arrived = store.deliveries
    .ofAgent(agent.id)
    .filter((row) => row.state === 'sent' && !asked.has(row.itemId) && connections.isSameEnd(agent.id, row.connectionId, connectionId));
  if (arrived.length === 0) return;
  transact((changes) => {
    for (const row of arrived) {
      const { itemId, kind } = row;
      const request = kind === 'message' ? undefined : store.requests.get(itemId);
      if (kind === 'verdict') {
        if (request !== undefined) proveVerdict(context, request);
        continue;
      }
      store.deliveries.forget(itemId);
      if (kind === 'message') {
        deliver(changes, store.messages.get(itemId));
        // Words alone stop nobody: a refused tool does, and a gateway that was told to cancel.
        if (isHook(row.connectionId) || isGateway(agent.name)) noteStopped(store, changes, itemId);
      } else if (request !== undefined) deliverAnswer(context, request);
    }
  });
}

/** The agent has gone on with what it was told: it has written something, in this task or (without one) anywhere. */
export function markActed(context: ServiceContext, { agent }: Caller, taskId: string | undefined): void {
  const acted = context.store.requests
    .forAgent(agent.workspaceId, agent.id, 'delivered')
    .filter((request) => request.taskId === undefined || request.taskId === taskId);
  if (acted.length === 0) return;
  context.transact(() => {
    for (const request of acted) takeStep(context, request, 'act');
  });
}

/** At a start: what was being written when the hub stopped never arrived. */
export function recoverDeliveries({ store, transact }: ServiceContext): void {
  const unsent = store.deliveries.unsent();
  if (unsent.length === 0) return;
  transact((changes) => {
    store.deliveries.forgetUnsent();
    for (const { itemId, kind } of unsent) if (kind === 'message') requeue(store.deliveries, changes, store.messages.get(itemId));
  });
}

/** The verdict has arrived. What the user said along with it is left, unless that is nothing. */
export function proveVerdict(context: ServiceContext, request: Request): Request {
  const { store, transact } = context;
  return transact((changes) => {
    if (request.answer?.note === undefined) {
      store.deliveries.forget(request.id);
      return deliverAnswer(context, request);
    }
    for (const row of store.deliveries.ofItem(request.id)) if (row.kind === 'verdict') store.deliveries.delete(row);
    if (request.status !== 'answered') return request;
    store.requests.noteVerdictIn(request.id);
    return changes.updateRequest(request);
  });
}

/** The answer has arrived, and with it the message that gave it. */
function deliverAnswer(context: ServiceContext, request: Request): Request {
  const { store, transact } = context;
  return transact((changes) => {
    const delivered = takeStep(context, request, 'deliver');
    if (delivered === undefined) return request;
    const carried = request.taskId === undefined ? [] : store.messages.ofAnswer(request.taskId, request.id);
    for (const message of carried) deliver(changes, message);
    return delivered;
  });
}

type Deliveries = ServiceContext['store']['deliveries'];

/** It is out; again, if it was lost and has been fetched after all. */
function showOffered(changes: Changes, message: Message | undefined): void {
  if (message?.delivery === 'queued') changes.updateMessage({ ...message, delivery: 'offered' });
}

function showHandedOver(changes: Changes, request: Request | undefined): void {
  if (request?.status === 'answered' && request.handedOver !== true) changes.updateRequest({ ...request, handedOver: true });
}

/** The delivery is still under way: no later call has proven that it arrived. */
function isOut(deliveries: Deliveries, { itemId, agentId, connectionId }: DeliveryRow): boolean {
  return deliveries.ofItem(itemId).some((row) => row.connectionId === connectionId && row.agentId === agentId);
}

function deliver(changes: Changes, message: Message | undefined): void {
  if (message !== undefined && message.delivery !== 'delivered') changes.updateMessage({ ...message, delivery: 'delivered' });
}

function noteStopped(store: ServiceContext['store'], changes: Changes, messageId: string): void {
  const message = store.messages.get(messageId);
  const task = message?.move?.kind === 'stop' ? store.tasks.get(message.taskId) : undefined;
  if (task?.stop?.messageId === messageId) changes.updateTask({ ...task, stop: { ...task.stop, state: 'stopped' } });
}

function requeue(deliveries: Deliveries, changes: Changes, message: Message | undefined): void {
  if (message?.delivery !== 'offered') return;
  if (!deliveries.ofItem(message.id).some(counts)) changes.updateMessage({ ...message, delivery: 'queued' });
}

/** It is being written, or was written completely. */
function counts({ state }: DeliveryRow): boolean {
  return state === 'flying' || state === 'sent';
}

function rowsOf({ caller, requestIds, verdictIds = [], messageIds }: Delivery, state: DeliveryRow['state']): DeliveryRow[] {
  const { agent, connectionId } = caller;
  const common = { workspaceId: agent.workspaceId, agentId: agent.id, connectionId, state };
  return [
    ...requestIds.map((itemId) => ({ ...common, itemId, kind: 'request' as const })),
    ...verdictIds.map((itemId) => ({ ...common, itemId, kind: 'verdict' as const })),
    ...messageIds.map((itemId) => ({ ...common, itemId, kind: 'message' as const })),
  ];
}

function isEmpty({ requestIds, verdictIds = [], messageIds }: Delivery): boolean {
  return requestIds.length === 0 && verdictIds.length === 0 && messageIds.length === 0;
}
