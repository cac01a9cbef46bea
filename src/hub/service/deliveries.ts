import type { Agent, Delivery, Message } from '../../protocol/model.ts';
import { timestamp } from '../../util/clock.ts';
import type { ServiceContext } from './context.ts';
import { advanceRequest } from './requestState.ts';

// How far the person's words have come. What goes out with a result is `offered`; a later call of that agent proves that the
// result arrived; a result that could not be sent is taken back and goes out again.

/** What one call carried to the agent. */
export interface Offer {
  messageIds: string[];
  requestIds: string[];
}

/** The person's messages that this agent has not been given yet, oldest first. */
export function unreadMessages({ store }: ServiceContext, agent: Agent): Message[] {
  return store.messages.forAgent(agent.id, 'queued');
}

/** Notes that `offer` goes out with a result that is being sent. */
export function markOffered(context: ServiceContext, offer: Offer): void {
  move(context, offer, 'queued', 'offered');
}

/** The result that carried `offer` never left: it all waits again. */
export function takeBackOffer(context: ServiceContext, offer: Offer): void {
  move(context, offer, 'offered', 'queued');
}

function move({ store, transact }: ServiceContext, { messageIds, requestIds }: Offer, from: Delivery, to: Delivery): void {
  if (messageIds.length === 0 && requestIds.length === 0) return;
  transact((changes) => {
    for (const id of requestIds) store.requests.setOffered(id, to === 'offered');
    for (const id of messageIds) {
      const message = store.messages.get(id);
      if (message?.delivery === from) changes.updateMessage({ ...message, delivery: to });
    }
  });
}

/**
 * A call of `agent` has come: what went out with earlier results has arrived. `asksAgain` is the request that this very call is
 * about: an agent that asks for an answer once more has perhaps not seen it.
 */
export function proveDeliveries(context: ServiceContext, agent: Agent, asksAgain: string | undefined): void {
  const { store, transact, clock } = context;
  const messages = store.messages.forAgent(agent.id, 'offered');
  const requests = store.requests.offered(agent.workspaceId, agent.id).filter(({ id }) => id !== asksAgain);
  if (messages.length === 0 && requests.length === 0) return;
  const now = timestamp(clock);
  transact((changes) => {
    for (const message of messages) changes.updateMessage({ ...message, delivery: 'delivered' });
    for (const request of requests) {
      const status = advanceRequest(request.status, 'deliver');
      if (status === undefined) continue;
      changes.updateRequest({ ...request, status, updatedAt: now });
      const carried = request.taskId === undefined ? [] : store.messages.ofAnswer(request.taskId, request.id);
      for (const message of carried) changes.updateMessage({ ...message, delivery: 'delivered' });
    }
  });
}
